import { InvalidArgumentError, type LongTaskOptions, throwIfAborted } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { DenseMatrix, FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { denseMatrix } from '../data/take.js';
import { caseWeights, type NumericVector } from '../data/targets.js';
import { featureGrid, givenGrid } from './feature-grid.js';
import {
  checkPredicts,
  type FittedModel,
  inRows,
  type Outputs,
  predictsLabels,
} from './fitted-model.js';

/** Method of the model whose results are averaged. */
export type PartialDependenceResponse =
  'predict' | 'predictProba' | 'decisionFunction' | 'predictMargin';

/** What {@link partialDependence} takes beside model, rows and features. */
export interface PartialDependenceOptions extends Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /**
   * Values at which the model is asked: `'quantile'`, the default, takes all distinct values of a feature if there are
   * fewer than `resolution`, otherwise evenly spaced ones between two of its quantiles; or a list of values for each
   * feature.
   */
  grid?: 'quantile' | readonly ArrayLike<number>[] | undefined;
  /** The two quantiles, 0 … 1, the first one less; default [0.05, 0.95]. Ignored for a given grid. */
  percentiles?: readonly [number, number] | undefined;
  /** Most values per feature, an integer ≥ 2; default 100. Ignored for a given grid. */
  resolution?: number | undefined;
  /** Features whose distinct values are all taken; default none. Ignored for a given grid. */
  categorical?: readonly number[] | undefined;
  /** The mean over the rows (default), the curve of each row, or both. */
  kind?: 'average' | 'individual' | 'both' | undefined;
  /** Which results are averaged; default `'predictProba'` for classifiers, otherwise `'predict'`. */
  response?: PartialDependenceResponse | undefined;
  /** One weight ≥ 0 per row for the mean; default all 1. */
  sampleWeight?: NumericVector | undefined;
}

/** What {@link partialDependence} gives. */
export interface PartialDependence {
  /** Values of each feature, ascending unless given. */
  grid: Float64Array[];
  /** Mean over the rows, [values] or [values of the first, values of the second]; outputs first if there are several. */
  average?: NdArray<Float64Array>;
  /** Each row's own curve, [rows, values…]; outputs first if there are several. */
  individual?: NdArray<Float64Array>;
}

/** Most numbers that curves of single rows may take: 2 GiB. */
const MOST_NUMBERS = 2 ** 28;

/**
 * What a model predicts on average if one or two features have given values in all rows: scikit-learn's
 * `partial_dependence` with `method='brute'`. With `kind: 'individual'` the curve of every row (ICE).
 *
 * For two classes it is of the second one. Where features hang together the table is asked about rows that cannot be;
 * curves are then to be read with care. Friedman 2001, doi:10.1214/aos/1013203451, section 8.2; Goldstein et al. 2015,
 * arXiv:1309.6392.
 *
 * @param x rows × features, as the model takes them; the model is asked about all of them at every point of the grid
 * @param features column of one feature, or columns of one or two
 * @throws InvalidArgumentError or InvalidDataError when model, data or options cannot be meant
 *
 * @example
 * ```ts
 * import { partialDependence, XGBRegressor } from '@steatosis/ensembles';
 *
 * const x = [[1, 0], [2, 0], [1, 5], [2, 5]];
 * const model = new XGBRegressor({ nEstimators: 1, learningRate: 1, lambda: 0 });
 * model.fit(x, [0, 2, 1, 3]);
 * const { grid, average } = partialDependence(model, x, 0);
 * console.log(grid[0], average?.data); // Float64Array(2) [ 1, 2 ] Float64Array(2) [ 0.5, 2.5 ]
 * ```
 */
export function partialDependence(
  model: FittedModel,
  x: FeatureInput,
  features: number | readonly number[],
  options: PartialDependenceOptions = {},
): PartialDependence {
  const { signal, onProgress, kind = 'average' } = options;
  checkOptions(options);
  checkPredicts(model);
  const { data, rows, columns } = denseMatrix(x);
  const chosen = checkedFeatures(features, columns);
  const grid = gridOf(options, { data, rows, columns }, chosen);
  const weights = caseWeights(options.sampleWeight, rows);
  const ask = asking(model, options.response);

  const table = { data: data.slice(), rows, columns };
  const points = grid.reduce((product, { length }) => product * length, 1);
  let average: Float64Array | undefined;
  let individual: Float64Array | undefined;
  let outputs = 1;
  for (let point = 0; point < points; point++) {
    throwIfAborted(signal);
    let rest = point;
    for (let f = chosen.length - 1; f >= 0; f--) {
      const value = grid[f][rest % grid[f].length];
      rest = Math.floor(rest / grid[f].length);
      for (let at = chosen[f]; at < data.length; at += columns) table.data[at] = value;
    }
    const answer = ask(table);
    outputs = answer.columns;
    if (kind !== 'individual') average ??= new Float64Array(outputs * points);
    if (kind !== 'average') individual ??= reserve(outputs, rows, points);
    for (let k = 0; k < outputs; k++) {
      let sum = 0;
      let total = 0;
      for (let row = 0; row < rows; row++) {
        const value = answer.values[row * outputs + k];
        const weight = weights ? weights[row] : 1;
        sum += weight * value;
        total += weight;
        if (individual) individual[(k * rows + row) * points + point] = value;
      }
      if (average) average[k * points + point] = sum / total;
    }
    onProgress?.({ done: point + 1, total: points, message: 'points of the grid' });
  }
  const lengths = grid.map(({ length }) => length);
  const outer = outputs > 1 ? [outputs] : [];
  return {
    grid,
    ...(average && { average: ndarray(average, [...outer, ...lengths]) }),
    ...(individual && { individual: ndarray(individual, [...outer, rows, ...lengths]) }),
  };
}

function checkOptions(options: PartialDependenceOptions): void {
  const names = ['grid', 'percentiles', 'resolution', 'categorical', 'kind', 'response'];
  checkNames('partialDependence', options, [...names, 'sampleWeight', 'signal', 'onProgress'], []);
  const { percentiles, resolution, kind } = options;
  if (kind !== undefined && !['average', 'individual', 'both'].includes(kind)) {
    throw new InvalidArgumentError('kind', kind, "'average', 'individual' or 'both'");
  }
  if (percentiles !== undefined) {
    const [from, to] = percentiles;
    if (!(from >= 0 && from < to && to <= 1)) {
      throw new InvalidArgumentError(
        'percentiles',
        percentiles,
        'two numbers 0 ≤ first < second ≤ 1',
      );
    }
  }
  if (resolution !== undefined && !(Number.isInteger(resolution) && resolution >= 2)) {
    throw new InvalidArgumentError('resolution', resolution, 'an integer ≥ 2');
  }
}

function checkedFeatures(features: number | readonly number[], columns: number): readonly number[] {
  const chosen = typeof features === 'number' ? [features] : features;
  const isFeature = (f: number) => Number.isInteger(f) && f >= 0 && f < columns;
  if (
    !Array.isArray(chosen) ||
    chosen.length < 1 ||
    chosen.length > 2 ||
    !chosen.every(isFeature) ||
    chosen[0] === chosen[1]
  ) {
    throw new InvalidArgumentError(
      'features',
      features,
      `a column 0 … ${columns - 1}, or a list of one or two different ones`,
    );
  }
  return chosen as readonly number[];
}

function gridOf(
  options: PartialDependenceOptions,
  x: DenseMatrix,
  features: readonly number[],
): Float64Array[] {
  const { grid = 'quantile', percentiles = [0.05, 0.95], resolution = 100, categorical } = options;
  if (grid === 'quantile') {
    return features.map((feature) => {
      const isCategorical = categorical?.includes(feature) ?? false;
      return featureGrid(x, feature, { percentiles, resolution, isCategorical });
    });
  }
  if (!Array.isArray(grid) || grid.length !== features.length) {
    throw new InvalidArgumentError(
      'grid',
      grid,
      `'quantile' or ${features.length} lists of values, one per feature`,
    );
  }
  return features.map((feature, i) => givenGrid(grid[i] as ArrayLike<number>, feature));
}

/** How the model is asked: one column per output, of two classes the second one only. */
function asking(
  model: FittedModel,
  response: PartialDependenceResponse | undefined,
): (x: DenseMatrix) => Outputs {
  const name = response ?? (predictsLabels(model) ? 'predictProba' : 'predict');
  const known = ['predict', 'predictProba', 'decisionFunction', 'predictMargin'];
  if (!known.includes(name) || typeof model[name] !== 'function') {
    const own = known.filter((method) => method in model);
    throw new InvalidArgumentError('response', name, `a method of the model: ${own.join(', ')}`);
  }
  return (x) => {
    const outputs = inRows(model[name]!(x), x.rows);
    if (name !== 'predictProba' || outputs.columns !== 2) return outputs;
    return { values: outputs.values.filter((_, i) => i % 2 === 1), columns: 1 };
  };
}

function reserve(outputs: number, rows: number, points: number): Float64Array {
  const numbers = outputs * rows * points;
  if (numbers > MOST_NUMBERS) {
    throw new InvalidArgumentError(
      'x',
      `${rows} rows at ${points} points of ${outputs} outputs`,
      `at most ${MOST_NUMBERS} numbers in curves of single rows; take fewer rows or a coarser grid`,
    );
  }
  return new Float64Array(numbers);
}
