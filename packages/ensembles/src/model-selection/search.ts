import { createRandom, InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import type { NumericVector } from '../data/targets.js';
import type { CrossValidateOptions, FoldContext } from './cross-validate.js';
import { type Estimator, type GroupedFitOptions, isClassifier } from './estimator.js';
import { outcomeOf, prepare, runModels, scoreFold } from './evaluate.js';
import type { SplitWarning } from './groups.js';
import { type ScoreSummary, summariseAll } from './score-summary.js';
import type { Candidate } from './search-space.js';
import { type Scorer, scorersOf } from './scoring/scorers.js';

/** Options of `gridSearch` and `randomSearch`. */
export interface SearchOptions
  extends
    Omit<CrossValidateOptions, 'returnModels' | 'returnPredictions' | 'trainScores'>,
    LongTaskOptions {
  /** Name of the score that decides; default the first one. */
  rankBy?: string | undefined;
  /** Whether a model with the best parameters is fitted to all rows in the end; default true. */
  refit?: boolean | undefined;
}

/** A set of parameters and how well it did. */
export interface SearchCandidate<Parameters> {
  parameters: Parameters;
  /** Scores of the rows held back, by name; all candidates are judged on the same folds. */
  scores: Record<string, ScoreSummary>;
  /** 1 for the best mean of the deciding score; equal means share a rank, and NaN comes last. */
  rank: number;
}

/** What a search finds. */
export interface SearchResult<Parameters> {
  /** All candidates, in the order in which they were made. */
  candidates: SearchCandidate<Parameters>[];
  /** The first candidate of rank 1. */
  best: SearchCandidate<Parameters>;
  /** A model with the best parameters, fitted to all rows, unless `refit` is false. */
  bestModel?: Estimator;
  /** What a study should know of the splits; `onWarning` was told the same. */
  warnings: SplitWarning[];
}

export const searchOptionNames = [
  'groups',
  'splits',
  'shuffle',
  'seed',
  'onWarning',
  'scoring',
  'sampleWeight',
  'weightScores',
  'rankBy',
  'refit',
  'workers',
  'signal',
  'onProgress',
] as const satisfies (keyof SearchOptions)[];

/** Try every candidate on the same folds; progress counts fits. */
export async function tryCandidates<Parameters extends Candidate>(
  makeModel: (parameters: Parameters, context: FoldContext) => Estimator,
  candidates: readonly Parameters[],
  x: FeatureInput,
  y: NumericVector,
  options: SearchOptions,
): Promise<SearchResult<Parameters>> {
  const random = createRandom(options.seed ?? 0).split('model');
  const make = (parameters: Parameters, fold: number): Estimator => {
    if (typeof makeModel !== 'function') {
      throw new InvalidArgumentError(
        'makeModel',
        makeModel,
        'a function that returns an estimator',
      );
    }
    const model = makeModel({ ...parameters }, { fold, seed: random.split(fold).uint32() });
    if (typeof model?.fit !== 'function' || typeof model.predict !== 'function') {
      throw new InvalidArgumentError('makeModel', model, 'a function that returns an estimator');
    }
    return model;
  };
  const first = make(candidates[0], 0);
  const prepared = prepare(x, y, first, options);
  const scorers = scorersOf(options.scoring ?? (isClassifier(first) ? 'accuracy' : 'r2'));
  const deciding = decidingScorer(scorers, options.rankBy);
  const folds = prepared.folds.length;
  const models = candidates.flatMap((parameters) =>
    prepared.folds.map((_, fold) => make(parameters, fold)),
  );
  const { signal, onProgress, workers, weightScores = false, refit = true } = options;
  const total = models.length + Number(refit);
  const answers = await runModels(models, prepared, {
    withTrain: false,
    withModels: false,
    signal,
    onProgress: onProgress && (({ done }) => onProgress({ done, total })),
    workers,
  });
  const scores = answers.map((answer, i) => {
    const outcome = outcomeOf(prepared, i % folds, 'test', answer, weightScores);
    return scoreFold(scorers, outcome, i % folds, prepared.warn);
  });
  const names = scorers.map(({ name }) => name);
  const tried = candidates.map((parameters, i) => ({
    parameters,
    scores: summariseAll(names, scores.slice(i * folds, (i + 1) * folds)),
  }));
  const ranks = ranksOf(
    tried.map((candidate) => candidate.scores[deciding.name].mean),
    deciding.greaterIsBetter,
  );
  const ranked = tried.map((candidate, i) => ({ ...candidate, rank: ranks[i] }));
  const best = ranked[ranks.indexOf(1)];
  const result: SearchResult<Parameters> = {
    candidates: ranked,
    best,
    warnings: prepared.warnings,
  };
  if (refit) {
    const model = make(best.parameters, folds);
    const fitOptions: GroupedFitOptions = {};
    if (signal) fitOptions.signal = signal;
    if (prepared.data.weights) fitOptions.sampleWeight = prepared.data.weights;
    if (options.groups && model.takesGroups) fitOptions.groups = options.groups;
    await model.fit(prepared.data.x, prepared.data.y, fitOptions);
    result.bestModel = model;
    onProgress?.({ done: total, total });
  }
  return result;
}

function decidingScorer(scorers: readonly Scorer[], rankBy: string | undefined): Scorer {
  const deciding = rankBy === undefined ? scorers[0] : scorers.find(({ name }) => name === rankBy);
  if (!deciding) {
    const names = scorers.map(({ name }) => name).join(', ');
    throw new InvalidArgumentError(
      'rankBy',
      rankBy,
      `one of the scores that are computed: ${names}`,
    );
  }
  return deciding;
}

/** 1 for the best; one more than the number of better ones for every other. */
function ranksOf(means: readonly number[], greaterIsBetter: boolean): number[] {
  const goodness = means.map((mean) => {
    if (Number.isNaN(mean)) return -Infinity;
    return greaterIsBetter ? mean : -mean;
  });
  return goodness.map((own) => 1 + goodness.filter((other) => other > own).length);
}
