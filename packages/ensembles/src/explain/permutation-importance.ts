import { InvalidArgumentError, type LongTaskOptions, throwIfAborted } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { anySeed, checkNames, wholeFrom1 } from '../data/parameters.js';
import { denseMatrix } from '../data/take.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import type { GroupVector } from '../model-selection/groups.js';
import { scorerOf, type Scoring } from '../model-selection/scoring/scorers.js';
import { blocksOf } from './blocks.js';
import { checkPredicts, type FittedModel, predictsLabels } from './fitted-model.js';
import {
  type Permutations,
  permutedScores,
  plainScore,
  type ScoredRows,
} from './permute-columns.js';
import type { WithoutWorkers, WithWorkers } from './shap-options.js';

/** What {@link permutationImportance} takes beside model and data. */
export interface PermutationImportanceOptions extends Pick<
  LongTaskOptions,
  'signal' | 'onProgress'
> {
  /** Permutations of each feature, an integer ≥ 1; default 5. */
  repeats?: number | undefined;
  /** Seed of the permutations, an integer; default 0. A feature's permutations depend on the seed, its column and the repeat only. */
  seed?: number | undefined;
  /** How predictions are judged; default `'accuracy'` for classifiers and `'r2'` for regressors. */
  scoring?: Scoring | undefined;
  /** One weight ≥ 0 per row for the score; default all 1. */
  sampleWeight?: NumericVector | undefined;
  /**
   * One label (patient) per row: whole groups then exchange their values with groups of as many rows, each keeping
   * the order of its rows. Right where rows of a patient are alike, since exchanging single rows would also measure
   * how alike they are. Default: every row for itself.
   */
  groups?: GroupVector | undefined;
}

/** What {@link permutationImportance} gives. */
export interface PermutationImportance {
  /** How much worse each permutation made the score, [features, repeats]. */
  importances: NdArray<Float64Array>;
  /** Mean over the repeats, one per feature. */
  mean: Float64Array;
  /** Standard deviation over the repeats (divisor: their number), one per feature. */
  sd: Float64Array;
  /** Score of the data as they are. */
  score: number;
  /** Name of the score. */
  scoring: string;
}

/**
 * How much worse a fitted model predicts when one feature's values are shuffled among the rows: scikit-learn's
 * `permutation_importance`. Give it rows that the model was not fitted to.
 *
 * A score that is a loss counts by its increase, any other by its decrease, so that greater is always more important.
 * Features that say the same share their importance or lose it: the model reads one from the other.
 * Breiman 2001, doi:10.1023/A:1010933404324; Fisher, Rudin and Dominici 2019, arXiv:1801.01489.
 *
 * With `workers` the features are divided among threads and the result is a promise; the numbers are the same. That needs
 * an estimator of this package and a score given by name: any other model or score is asked on the calling thread.
 *
 * @param x rows × features, as the model takes them
 * @param y one label or outcome per row
 * @throws InvalidArgumentError or InvalidDataError when model, data or options cannot be meant
 *
 * @example
 * ```ts
 * import { permutationImportance, XGBClassifier } from '@steatosis/ensembles';
 *
 * const x = Array.from({ length: 60 }, (_, i) => [i % 7, i % 5, i % 2]);
 * const y = x.map(([first]) => Number(first > 3));
 * const model = new XGBClassifier({ nEstimators: 10 }).fit(x, y);
 * const { mean, score } = permutationImportance(model, x, y, { repeats: 10, seed: 1 });
 * console.log(score, mean[0] > 0.3, mean[1], mean[2]); // 1 true 0 0
 * ```
 */
export function permutationImportance(
  model: FittedModel,
  x: FeatureInput,
  y: NumericVector,
  options: PermutationImportanceOptions & WithWorkers,
): Promise<PermutationImportance>;
export function permutationImportance(
  model: FittedModel,
  x: FeatureInput,
  y: NumericVector,
  options?: PermutationImportanceOptions & WithoutWorkers,
): PermutationImportance;
export function permutationImportance(
  model: FittedModel,
  x: FeatureInput,
  y: NumericVector,
  options: PermutationImportanceOptions & (WithWorkers | WithoutWorkers) = {},
): PermutationImportance | Promise<PermutationImportance> {
  const { scored, permutations } = checked(model, x, y, options);
  const { workers } = options;
  throwIfAborted(options.signal);
  const score = plainScore(scored);
  if (workers === undefined) {
    const scores = permutedScores(scored, permutations, [0, scored.x.columns], options);
    return summarised(scored, permutations, score, scores);
  }
  return onWorkers(scored, permutations, score, { ...options, workers });
}

/** The workers' code is loaded by those who ask for it. */
async function onWorkers(
  scored: ScoredRows,
  permutations: Permutations,
  score: number,
  options: PermutationImportanceOptions & WithWorkers,
): Promise<PermutationImportance> {
  const { permuteOnWorkers } = await import('./permute-on-workers.js');
  const scores = await permuteOnWorkers(scored, permutations, options);
  return summarised(scored, permutations, score, scores);
}

function checked(
  model: FittedModel,
  x: FeatureInput,
  y: NumericVector,
  options: PermutationImportanceOptions,
): { scored: ScoredRows; permutations: Permutations } {
  const names = ['repeats', 'seed', 'scoring', 'sampleWeight', 'groups'];
  const running = ['workers', 'signal', 'onProgress'];
  checkNames('permutationImportance', options, [...names, ...running], []);
  checkPredicts(model);
  const { repeats = 5, seed = 0, scoring } = options;
  if (!wholeFrom1.test(repeats)) {
    throw new InvalidArgumentError('repeats', repeats, wholeFrom1.expected);
  }
  if (!anySeed.test(seed)) throw new InvalidArgumentError('seed', seed, anySeed.expected);
  const matrix = denseMatrix(x);
  return {
    scored: {
      model,
      x: matrix,
      y: outcomes(y, matrix.rows),
      weights: caseWeights(options.sampleWeight, matrix.rows),
      scorer: scorerOf(scoring ?? (predictsLabels(model) ? 'accuracy' : 'r2')),
    },
    permutations: { blocks: blocksOf(options.groups, matrix.rows), seed, repeats },
  };
}

function summarised(
  { x: { columns }, scorer }: ScoredRows,
  { repeats }: Permutations,
  score: number,
  scores: Float64Array,
): PermutationImportance {
  const importances = scores.map((other) =>
    scorer.greaterIsBetter ? score - other : other - score,
  );
  const mean = new Float64Array(columns);
  const sd = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const own = importances.subarray(column * repeats, (column + 1) * repeats);
    mean[column] = own.reduce((sum, value) => sum + value, 0) / repeats;
    const squares = own.reduce((sum, value) => sum + (value - mean[column]) ** 2, 0);
    sd[column] = Math.sqrt(squares / repeats);
  }
  return {
    importances: ndarray(importances, [columns, repeats]),
    mean,
    sd,
    score,
    scoring: scorer.name,
  };
}
