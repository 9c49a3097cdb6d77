import { InvalidArgumentError } from '@steatosis/core';
import { checkNames } from '../data/parameters.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { InvalidDataError, NotFittedError } from '../errors.js';
import { poolAdjacentViolators } from './pool-adjacent-violators.js';

/** Parameters of {@link IsotonicRegression}. */
export interface IsotonicRegressionParameters {
  /** Whether the outcome rises with x (default) or falls. */
  increasing?: boolean | undefined;
  /** Least value predicted; default: no limit. */
  yMin?: number | undefined;
  /** Greatest value predicted; default: no limit. */
  yMax?: number | undefined;
  /**
   * What is predicted outside of the range of x that was fitted: `clip` (default) the value at its end, `nan` NaN,
   * which is scikit-learn's default.
   */
  outOfBounds?: 'clip' | 'nan' | undefined;
}

interface CompleteParameters {
  increasing: boolean;
  yMin: number | undefined;
  yMax: number | undefined;
  outOfBounds: 'clip' | 'nan';
}

/** What {@link IsotonicRegression.toJSON} gives. */
export interface SerialisedIsotonic extends StoredHeader {
  model: 'IsotonicRegression';
  parameters: IsotonicRegressionParameters;
  x: number[];
  y: number[];
}

interface Fitted {
  x: Float64Array;
  y: Float64Array;
}

/** x closer to each other than this are one, as in scikit-learn for float64. */
const RESOLUTION = 1e-15;

/**
 * The monotone function with the least (weighted) squared error, straight between the points that it was fitted to:
 * pool-adjacent-violators. Ayer et al. 1955, doi:10.1214/aoms/1177728423.
 *
 * Points of the same x count as one with their mean outcome, as in scikit-learn.
 *
 * @example
 * ```ts
 * import { IsotonicRegression } from '@steatosis/ensembles';
 *
 * const curve = new IsotonicRegression().fit([1, 2, 3, 4], [0, 2, 1, 3]);
 * console.log(curve.predict([0, 1.5, 2, 3.5])); // Float64Array(4) [ 0, 0.75, 1.5, 2.25 ]
 * ```
 */
export class IsotonicRegression {
  readonly parameters: Readonly<CompleteParameters>;
  #fitted: Fitted | undefined;

  /** @throws InvalidArgumentError for parameters that cannot be meant */
  constructor(parameters: IsotonicRegressionParameters = {}) {
    const names = ['increasing', 'yMin', 'yMax', 'outOfBounds'];
    checkNames('IsotonicRegression', parameters, names, []);
    const { increasing = true, yMin, yMax, outOfBounds = 'clip' } = parameters;
    if (typeof increasing !== 'boolean') {
      throw new InvalidArgumentError('increasing', increasing, 'true or false');
    }
    if (outOfBounds !== 'clip' && outOfBounds !== 'nan') {
      throw new InvalidArgumentError('outOfBounds', outOfBounds, "'clip' or 'nan'");
    }
    if (yMin !== undefined && !Number.isFinite(yMin)) {
      throw new InvalidArgumentError('yMin', yMin, 'a finite number');
    }
    if (yMax !== undefined && !(Number.isFinite(yMax) && yMax >= (yMin ?? -Infinity))) {
      throw new InvalidArgumentError('yMax', yMax, 'a finite number, not less than yMin');
    }
    this.parameters = { increasing, yMin, yMax, outOfBounds };
  }

  /**
   * Fit the curve. An earlier fit is forgotten.
   *
   * @param x one finite number per point
   * @param y one outcome per point
   * @throws InvalidDataError when a value is no finite number or a weight is negative
   */
  fit(
    x: NumericVector,
    y: NumericVector,
    options: { sampleWeight?: NumericVector | undefined } = {},
  ): this {
    checkNames('IsotonicRegression.fit', options, ['sampleWeight'], []);
    const points = x.length;
    if (points === 0) throw new InvalidArgumentError('x', x, 'at least one point');
    const merged = mergeTies(
      finiteX(x),
      outcomes(y, points),
      caseWeights(options.sampleWeight, points),
    );
    const { increasing, yMin = -Infinity, yMax = Infinity } = this.parameters;
    const values = poolAdjacentViolators(merged.y, merged.weights, increasing).map((value) =>
      Math.min(Math.max(value, yMin), yMax),
    );
    // Inside of a level stretch no point is needed.
    const isCorner = (_: number, i: number): boolean =>
      i === 0 ||
      i === values.length - 1 ||
      values[i] !== values[i - 1] ||
      values[i] !== values[i + 1];
    this.#fitted = { x: merged.x.filter(isCorner), y: values.filter(isCorner) };
    return this;
  }

  /** The points between which the curve is straight. */
  get thresholds(): { x: Float64Array; y: Float64Array } {
    const { x, y } = this.#get('thresholds');
    return { x: x.slice(), y: y.slice() };
  }

  /** The curve at each value; NaN where the value is NaN. */
  predict(x: NumericVector): Float64Array {
    const fitted = this.#get('predictions');
    const isOutside = (value: number): boolean =>
      value < fitted.x[0] || value > fitted.x[fitted.x.length - 1];
    return Float64Array.from(x, (value) =>
      this.parameters.outOfBounds === 'nan' && isOutside(value)
        ? Number.NaN
        : interpolate(fitted, value),
    );
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedIsotonic {
    const { x, y } = this.#get('toJSON');
    return {
      model: 'IsotonicRegression',
      formatVersion: FORMAT_VERSION,
      parameters: { ...this.parameters },
      x: [...x],
      y: [...y],
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): IsotonicRegression {
    const document = openStored('IsotonicRegression', json);
    const parameters = document.get('parameters').record();
    const model = withStoredParameters(() => new IsotonicRegression(parameters));
    const points = document.get('x').items().length;
    const x = document.get('x').doubles(points);
    if (points === 0 || x.some((value, i) => i > 0 && value <= x[i - 1])) {
      document.get('x').fail('at least one number is expected, all in ascending order');
    }
    model.#fitted = { x, y: document.get('y').doubles(points) };
    return model;
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('IsotonicRegression', wanted);
    return this.#fitted;
  }
}

/** Points in ascending order of x, those of the same x as one; points without weight are left out. */
function mergeTies(
  x: Float64Array,
  y: Float64Array,
  weights: Float64Array | undefined,
): Fitted & { weights: Float64Array } {
  const order = Array.from(x.keys())
    .filter((i) => !weights || weights[i] > 0)
    .sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const points: { x: number; sum: number; weight: number }[] = [];
  for (const i of order) {
    const weight = weights ? weights[i] : 1;
    const last = points[points.length - 1];
    if (last && x[i] - last.x < RESOLUTION) {
      last.sum += y[i] * weight;
      last.weight += weight;
    } else {
      points.push({ x: x[i], sum: y[i] * weight, weight });
    }
  }
  return {
    x: Float64Array.from(points, (point) => point.x),
    y: Float64Array.from(points, ({ sum, weight }) => sum / weight),
    weights: Float64Array.from(points, ({ weight }) => weight),
  };
}

/** Straight between the points, level outside. */
function interpolate({ x, y }: Fitted, value: number): number {
  const last = x.length - 1;
  if (Number.isNaN(value)) return Number.NaN;
  if (value <= x[0]) return y[0];
  if (value >= x[last]) return y[last];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  const slope = (y[high] - y[low]) / (x[high] - x[low]);
  return slope * (value - x[low]) + y[low];
}

function finiteX(x: NumericVector): Float64Array {
  const values = Float64Array.from(x);
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row !== -1) {
    throw new InvalidDataError('x', `found ${values[row]}; a finite number is needed.`, { row });
  }
  return values;
}
