import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptSample,
  type Numbers,
} from '../checks.js';
import { centre, meanOf } from '../numeric/centre.js';
import { compensatedSum, dot } from '../numeric/sum.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { studentUpperQuantile } from '../special/student-t-quantile.js';
import { checkedQuantileType, quantileOfSorted, type QuantileType } from './quantiles.js';

/** Options of {@link describe}. */
export interface DescribeOptions {
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
  /** Confidence level of the mean's interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** Definition of the quartiles, 1 … 9 (see `quantiles`). Default 7; SPSS has 6. */
  quantileType?: QuantileType;
}

/** Place, spread and shape of one variable. */
export interface Description {
  /** Values used. */
  n: number;
  /** NaN among the input. */
  missing: number;
  mean: number;
  /** Confidence interval of the mean at `level`, by Student's t. */
  interval: Interval;
  level: number;
  /** √variance, computed without going through the variance where that overflows. */
  standardDeviation: number;
  /** With the divisor n − 1. */
  variance: number;
  /** standardDeviation / √n */
  standardErrorOfMean: number;
  minimum: number;
  /** A quarter of the values lie below. */
  firstQuartile: number;
  median: number;
  thirdQuartile: number;
  maximum: number;
  /** g₁ = m₃ / m₂^1.5 with the divisor n, as SciPy's default. */
  skewness: number;
  /** G₁ = g₁ √(n(n−1)) / (n−2), as SPSS, SAS and spreadsheets print it; from three values on. */
  skewnessAdjusted: number;
  /** g₂ = m₄ / m₂² − 3 with the divisor n, 0 for a normal distribution. */
  excessKurtosis: number;
  /** G₂ = ((n+1) g₂ + 6) (n−1) / ((n−2)(n−3)), as SPSS, SAS and spreadsheets print it; from four values on. */
  excessKurtosisAdjusted: number;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * Mean with its interval, standard deviation (divisor n − 1), quartiles, range and shape of one variable.
 *
 * Sums are compensated and taken about the mean: `[1e16, 1, -1e16, 1]` has mean 0.5, and an offset of 1e15 leaves
 * the variance its digits.
 *
 * Source of skewness and kurtosis: Joanes and Gill (1998) The Statistician 47:183, g and G there.
 *
 * @returns NaN with a `reason`: all of it for no values or a NaN, the spread for a single value, the shape of values that
 *   are all equal or fewer than its formula needs
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { describe } from '@steatosis/stats';
 *
 * const { n, mean, standardDeviation, median } = describe([21, 34, 45, 52, 38]);
 * console.log(n, mean, standardDeviation.toFixed(2), median); // 5 38 11.73 38
 * ```
 */
export function describe(x: Numbers, options: DescribeOptions = {}): Description {
  checkedOptions(options, ['nanPolicy', 'level', 'quantileType']);
  const level = checkedLevel(options.level);
  const type = checkedQuantileType('quantileType', options.quantileType);
  const values = keptSample('x', x, options.nanPolicy);
  if (values === 'nan') return { ...nothing(x.length, countNan(x), level), reason: 'nan-input' };
  const n = values.length;
  const missing = x.length - n;
  if (n === 0) return { ...nothing(n, missing, level), reason: 'too-few-observations' };
  finiteOrThrow('x', values);
  const sorted = values.slice().sort();
  const quantile = (probability: number) => quantileOfSorted(sorted, probability, type);
  const found = {
    ...nothing(n, missing, level),
    mean: meanOf(values),
    minimum: sorted[0],
    firstQuartile: quantile(0.25),
    median: quantile(0.5),
    thirdQuartile: quantile(0.75),
    maximum: sorted[n - 1],
  };
  if (n === 1) return { ...found, reason: 'too-few-observations' };
  const { deviations, scale } = centre(values);
  const scaled = dot(deviations, deviations);
  const { standardDeviation, variance: ofAll } = spreadOf(scaled, scale, n);
  const standardErrorOfMean = standardDeviation / Math.sqrt(n);
  const reach = studentUpperQuantile((1 - level) / 2, n - 1) * standardErrorOfMean;
  const shape = scale === 0 ? undefined : shapeOf(deviations, scaled);
  const reason = scale === 0 ? 'constant-input' : n < 4 ? 'too-few-observations' : undefined;
  return {
    ...found,
    interval: [found.mean - reach, found.mean + reach],
    standardDeviation,
    variance: ofAll,
    standardErrorOfMean,
    ...shape,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Options of {@link mean} and {@link variance}. */
export type MomentOptions = Pick<DescribeOptions, 'nanPolicy'>;

/**
 * The arithmetic mean, by a compensated sum; NaN for no values.
 *
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { mean } from '@steatosis/stats';
 *
 * console.log(mean([1e16, 1, -1e16, 1])); // 0.5
 * ```
 */
export function mean(x: Numbers, options: MomentOptions = {}): number {
  const values = finiteSample(x, options);
  return values === 'nan' ? Number.NaN : meanOf(values);
}

/**
 * The sample variance (divisor n − 1), about the mean; NaN for fewer than two values.
 *
 * @throws InvalidArgumentError for infinities or an impossible option
 * @example
 * ```ts
 * import { variance } from '@steatosis/stats';
 *
 * console.log(variance([1e15 + 1, 1e15 + 2, 1e15 + 3])); // 1
 * ```
 */
export function variance(x: Numbers, options: MomentOptions = {}): number {
  const values = finiteSample(x, options);
  if (values === 'nan' || values.length < 2) return Number.NaN;
  const { deviations, scale } = centre(values);
  return spreadOf(dot(deviations, deviations), scale, values.length).variance;
}

function finiteSample(x: Numbers, options: MomentOptions): Float64Array | 'nan' {
  checkedOptions(options, ['nanPolicy']);
  const values = keptSample('x', x, options.nanPolicy);
  if (values !== 'nan') finiteOrThrow('x', values);
  return values;
}

/** @param scaled sum of the squared deviations in units of scale² */
function spreadOf(scaled: number, scale: number, n: number) {
  const inUnits = scaled / (n - 1);
  return {
    standardDeviation: Math.sqrt(inUnits) * scale,
    variance: inUnits * scale * scale,
  };
}

/** Skewness and kurtosis of values that are not all equal; the adjusted ones NaN where they have no value. */
function shapeOf(deviations: Float64Array, scaled: number) {
  const n = deviations.length;
  const unit = Math.sqrt(scaled / n);
  const standardised = deviations.map((deviation) => deviation / unit);
  const skewness = compensatedSum(standardised.map((z) => z * z * z)) / n;
  const excessKurtosis = compensatedSum(standardised.map((z) => (z * z) ** 2)) / n - 3;
  const { NaN: nan } = Number;
  return {
    skewness,
    skewnessAdjusted: n < 3 ? nan : (skewness * Math.sqrt(n) * Math.sqrt(n - 1)) / (n - 2),
    excessKurtosis,
    excessKurtosisAdjusted:
      n < 4 ? nan : (((n + 1) * excessKurtosis + 6) / (n - 2)) * ((n - 1) / (n - 3)),
  };
}

function nothing(n: number, missing: number, level: number): Description {
  const { NaN: nan } = Number;
  return {
    n,
    missing,
    mean: nan,
    interval: [nan, nan],
    level,
    standardDeviation: nan,
    variance: nan,
    standardErrorOfMean: nan,
    minimum: nan,
    firstQuartile: nan,
    median: nan,
    thirdQuartile: nan,
    maximum: nan,
    skewness: nan,
    skewnessAdjusted: nan,
    excessKurtosis: nan,
    excessKurtosisAdjusted: nan,
  };
}

function countNan(x: Numbers): number {
  let count = 0;
  for (let i = 0; i < x.length; i++) if (Number.isNaN(x[i])) count++;
  return count;
}
