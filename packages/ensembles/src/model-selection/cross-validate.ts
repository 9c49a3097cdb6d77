import { createRandom, InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import type { NumericVector } from '../data/targets.js';
import { type Estimator, isClassifier } from './estimator.js';
import { outcomeOf, prepare, type Prepared, runModels, scoreFold } from './evaluate.js';
import type { Fold } from './folds.js';
import type { SplitWarning } from './groups.js';
import { type ScoreSummary, summariseAll } from './score-summary.js';
import type { Outcome } from './scoring/outcome.js';
import { type Scoring, scorersOf } from './scoring/scorers.js';
import type { SplitOptions } from './splitter.js';

/** What a model is made for. */
export interface FoldContext {
  /** Zero-based number of the fold. */
  fold: number;
  /** A seed of the fold's own, drawn from that of the options. */
  seed: number;
}

/** Options of {@link crossValidate}. */
export interface CrossValidateOptions extends SplitOptions, LongTaskOptions {
  /** How predictions are judged, in one or several ways; default `accuracy` of classifiers, `r2` of regressors. */
  scoring?: Scoring | readonly Scoring[] | undefined;
  /** One weight ≥ 0 per row for fitting; default all 1. */
  sampleWeight?: NumericVector | undefined;
  /** Whether the weights count in the scores too; default false, ignored without weights. */
  weightScores?: boolean | undefined;
  /** Whether the training rows are scored as well, to see how far a model overfits; default false. */
  trainScores?: boolean | undefined;
  /** Whether the fitted models are returned; default false. */
  returnModels?: boolean | undefined;
  /** Whether what was predicted of the rows held back is returned; default false. */
  returnPredictions?: boolean | undefined;
  /**
   * Worker threads that fit folds side by side, 0 … 256; default 0, on the calling thread. The result is the same.
   * Models of this package travel to workers; others, and those with functions among their parameters, are fitted on
   * the calling thread.
   */
  workers?: number | undefined;
}

/** One fold of a cross-validation. */
export interface FoldResult extends Fold {
  /** The scores of the test rows by name. */
  scores: Record<string, number>;
  /** The scores of the training rows by name, if asked for. */
  trainScores?: Record<string, number>;
  /** The model fitted to the training rows, if asked for. */
  model?: Estimator;
  /** What was predicted of the test rows, in their order, if asked for. */
  predictions?: Float64Array;
  /** Probabilities of the test rows, [rows, classes], if asked for and the model has them. */
  probabilities?: NdArray<Float64Array>;
}

/** What {@link crossValidate} finds. */
export interface CrossValidation {
  /** Scores of the rows held back, by name. */
  scores: Record<string, ScoreSummary>;
  /** Scores of the training rows by name, if asked for. */
  trainScores?: Record<string, ScoreSummary>;
  /** The labels, ascending: columns of the probabilities. Empty for a regressor. */
  classes: readonly number[];
  /** Each fold, in the order of the splitter. */
  folds: FoldResult[];
  /** Label or outcome predicted of each row by the model that had not seen it; if asked for and every row is tested once. */
  predictions?: Float64Array;
  /** Probabilities in the same way, [rows, classes]. */
  probabilities?: NdArray<Float64Array>;
  /** What a study should know of the splits; `onWarning` was told the same. */
  warnings: SplitWarning[];
}

/**
 * Fit a model to all rows but those of one fold, judge it on these, and so on for every fold.
 *
 * Give `groups` where rows belong together, such as several regions or augmented copies of one patient: no group is then
 * trained on and tested at once. Without them rows count as independent, which nothing here can check. Whatever is
 * learned from data belongs into the model: put scaling and selection of features into a `Pipeline`.
 *
 * @param makeModel makes an unfitted estimator for each fold, which it is fitted to by itself
 * @param x features, rows × columns
 * @param y one label or outcome per row
 * @throws InvalidArgumentError for options that cannot be meant
 * @throws InvalidDataError when data cannot be learned from
 * @throws AbortedError when `signal` fires; progress counts folds
 * @example
 * ```ts
 * import { crossValidate, Pipeline, StandardScaler, XGBClassifier } from '@steatosis/ensembles';
 *
 * const groups = Array.from({ length: 40 }, (_, row) => row >> 1); // two regions of each patient
 * const x = groups.map((patient, row) => [(patient * 7) % 20, row % 3]);
 * const y = x.map(([a]) => Number(a > 9));
 * const makeModel = () =>
 *   new Pipeline([
 *     ['scale', new StandardScaler()],
 *     ['model', new XGBClassifier({ nEstimators: 10, maxDepth: 2 })],
 *   ]);
 * const { scores } = await crossValidate(makeModel, x, y, { groups, splits: 4, scoring: 'roc_auc' });
 * console.log(scores['roc_auc']?.mean.toFixed(2)); // 0.94
 * ```
 */
export async function crossValidate(
  makeModel: (context: FoldContext) => Estimator,
  x: FeatureInput,
  y: NumericVector,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  checkNames('crossValidate', options, optionNames, []);
  const random = createRandom(options.seed ?? 0);
  const make = (fold: number): Estimator => {
    if (typeof makeModel !== 'function') {
      throw new InvalidArgumentError(
        'makeModel',
        makeModel,
        'a function that returns an estimator',
      );
    }
    const model = makeModel({ fold, seed: random.split('model').split(fold).uint32() });
    if (typeof model?.fit !== 'function' || typeof model.predict !== 'function') {
      throw new InvalidArgumentError('makeModel', model, 'a function that returns an estimator');
    }
    return model;
  };
  const first = make(0);
  const prepared = prepare(x, y, first, options);
  const { folds, classes, warn } = prepared;
  const scorers = scorersOf(options.scoring ?? (isClassifier(first) ? 'accuracy' : 'r2'));
  const models = folds.map((_, fold) => (fold === 0 ? first : make(fold)));
  if (new Set(models).size < models.length) {
    throw new InvalidArgumentError(
      'makeModel',
      'one model for several folds',
      'a new one each time',
    );
  }
  const { signal, onProgress, workers, weightScores = false, trainScores = false } = options;
  const answers = await runModels(models, prepared, {
    withTrain: trainScores,
    withModels: options.returnModels ?? false,
    signal,
    onProgress,
    workers,
  });
  const names = scorers.map(({ name }) => name);
  const results: FoldResult[] = [];
  const tested: number[][] = [];
  const trained: number[][] = [];
  answers.forEach((answer, fold) => {
    const outcome = outcomeOf(prepared, fold, 'test', answer, weightScores);
    tested.push(scoreFold(scorers, outcome, fold, warn));
    const result: FoldResult = { ...folds[fold], scores: byName(names, tested[fold]) };
    if (trainScores) {
      const seen = outcomeOf(prepared, fold, 'train', answer, weightScores);
      trained.push(scoreFold(scorers, seen, fold, warn));
      result.trainScores = byName(names, trained[fold]);
    }
    if (answer.model) result.model = answer.model;
    if (options.returnPredictions) Object.assign(result, predictionsOf(outcome));
    results.push(result);
  });
  return {
    scores: summariseAll(names, tested),
    ...(trainScores ? { trainScores: summariseAll(names, trained) } : {}),
    classes,
    folds: results,
    ...(options.returnPredictions ? outOfFold(prepared, results) : {}),
    warnings: prepared.warnings,
  };
}

const optionNames = [
  'groups',
  'splits',
  'shuffle',
  'seed',
  'onWarning',
  'scoring',
  'sampleWeight',
  'weightScores',
  'trainScores',
  'returnModels',
  'returnPredictions',
  'workers',
  'signal',
  'onProgress',
] as const satisfies (keyof CrossValidateOptions)[];

type Predictions = Pick<FoldResult, 'predictions' | 'probabilities'>;

function predictionsOf({ predictions, probabilities, classes }: Outcome): Predictions {
  if (!probabilities) return { predictions };
  const shape = [predictions.length, classes.length];
  return { predictions, probabilities: ndarray(probabilities, shape) };
}

/** The folds' predictions in the order of the rows; nothing unless every row is tested once. */
function outOfFold({ data, classes }: Prepared, folds: readonly FoldResult[]): Predictions {
  const { rows } = data.x;
  const times = new Int32Array(rows);
  for (const { test } of folds) for (const row of test) times[row]++;
  if (times.some((count) => count !== 1)) return {};
  const predictions = new Float64Array(rows);
  const probabilities = new Float64Array(rows * classes.length);
  const k = classes.length;
  for (const fold of folds) {
    fold.test.forEach((row, i) => {
      predictions[row] = fold.predictions![i];
      if (!fold.probabilities) return;
      probabilities.set(fold.probabilities.data.subarray(i * k, (i + 1) * k), row * k);
    });
  }
  return folds.every((fold) => fold.probabilities)
    ? { predictions, probabilities: ndarray(probabilities, [rows, k]) }
    : { predictions };
}

function byName(names: readonly string[], scores: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, i) => [name, scores[i]]));
}
