import { createRandom, InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import { throwIfAborted } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { DenseMatrix, FeatureInput } from '../data/matrix.js';
import { anySeed, checkNames, wholeFrom1 } from '../data/parameters.js';
import { denseMatrix } from '../data/take.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import type { GroupVector } from '../model-selection/groups.js';
import type { Outcome } from '../model-selection/scoring/outcome.js';
import { scorerOf, type Scoring } from '../model-selection/scoring/scorers.js';
import { blocksOf, shuffled } from './blocks.js';
import { checkPredicts, type FittedModel, inRows, predictsLabels } from './fitted-model.js';

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
  options: PermutationImportanceOptions = {},
): PermutationImportance {
  const owner = 'permutationImportance';
  const names = ['repeats', 'seed', 'scoring', 'sampleWeight', 'groups', 'signal', 'onProgress'];
  checkNames(owner, options, names, []);
  checkPredicts(model);
  const { repeats = 5, seed = 0, signal, onProgress } = options;
  if (!wholeFrom1.test(repeats)) {
    throw new InvalidArgumentError('repeats', repeats, wholeFrom1.expected);
  }
  if (!anySeed.test(seed)) throw new InvalidArgumentError('seed', seed, anySeed.expected);
  const { data, rows, columns } = denseMatrix(x);
  const truth = outcomes(y, rows);
  const weights = caseWeights(options.sampleWeight, rows);
  const scorer = scorerOf(options.scoring ?? (predictsLabels(model) ? 'accuracy' : 'r2'));
  const blocks = blocksOf(options.groups, rows);
  throwIfAborted(signal);

  const table = { data: data.slice(), rows, columns };
  const scoreNow = () => scorer.score(lazyOutcome(model, table, truth, weights));
  const score = scoreNow();
  const sign = scorer.greaterIsBetter ? 1 : -1;
  const random = createRandom(seed).split(owner);
  const importances = new Float64Array(columns * repeats);
  const mean = new Float64Array(columns);
  const sd = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const ofFeature = random.split(column);
    for (let repeat = 0; repeat < repeats; repeat++) {
      throwIfAborted(signal);
      const from = shuffled(blocks, rows, ofFeature.split(repeat));
      for (let row = 0; row < rows; row++) {
        table.data[row * columns + column] = data[from[row] * columns + column];
      }
      importances[column * repeats + repeat] = sign * (score - scoreNow());
    }
    for (let at = column; at < data.length; at += columns) table.data[at] = data[at];
    const own = importances.subarray(column * repeats, (column + 1) * repeats);
    mean[column] = own.reduce((sum, value) => sum + value, 0) / repeats;
    const squares = own.reduce((sum, value) => sum + (value - mean[column]) ** 2, 0);
    sd[column] = Math.sqrt(squares / repeats);
    onProgress?.({ done: column + 1, total: columns, message: 'features permuted' });
  }
  return {
    importances: ndarray(importances, [columns, repeats]),
    mean,
    sd,
    score,
    scoring: scorer.name,
  };
}

/** What a model says of some rows; it is asked for what the score looks at and for nothing else. */
function lazyOutcome(
  model: FittedModel,
  x: DenseMatrix,
  y: Float64Array,
  weights: Float64Array | undefined,
): Outcome {
  const classes = predictsLabels(model) ? (model.classes ?? []) : [];
  const probabilities = () =>
    predictsLabels(model) && model.predictProba
      ? inRows(model.predictProba(x), x.rows).values
      : undefined;
  return {
    y,
    weights,
    classes,
    get predictions() {
      return oneEach(model.predict(x), x.rows);
    },
    get probabilities() {
      return probabilities();
    },
    get decisions() {
      if (classes.length !== 2) return undefined;
      if (hasDecisions(model)) return oneEach(model.decisionFunction!(x), x.rows);
      return probabilities()?.filter((_, i) => i % 2 === 1);
    },
  };
}

/** What a model gives where one value per row is needed. */
function oneEach(given: ArrayLike<number> | NdArray, rows: number): Float64Array {
  const { values, columns } = inRows(given, rows);
  if (columns !== 1) {
    throw new InvalidArgumentError(
      'model',
      `one that gives ${columns} values per row`,
      'a model that predicts one label or outcome per row',
    );
  }
  return values;
}

/** A pipeline has every method, whether its model has it or not. */
function hasDecisions(model: FittedModel): boolean {
  const own = (model as { model?: FittedModel }).model ?? model;
  return typeof own.decisionFunction === 'function';
}
