import { checkedOptions, keptObservations, keptValues, type Numbers } from '../checks.js';
import { dot } from '../numeric/sum.js';
import { centre, meanOf } from '../numeric/centre.js';
import type { NanPolicy, Reason } from '../reason.js';

/** Options of {@link describe}, {@link mean} and {@link variance}. */
export interface DescribeOptions {
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Mean and spread of one variable. */
export interface Description {
  /** Values used. */
  n: number;
  mean: number;
  /** √variance, computed without going through the variance where that overflows. */
  standardDeviation: number;
  /** With the divisor n − 1. */
  variance: number;
  /** standardDeviation / √n */
  standardErrorOfMean: number;
  minimum: number;
  maximum: number;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * Mean, standard deviation (divisor n − 1) and range of one variable.
 *
 * Sums are compensated and taken about the mean: `[1e16, 1, -1e16, 1]` has mean 0.5, and an offset of 1e15 leaves
 * the variance its digits.
 *
 * @returns NaN with a `reason`: all of it for no values or a NaN, the spread for a single value or infinities
 * @throws InvalidArgumentError for an impossible option
 * @example
 * ```ts
 * import { describe } from '@steatosis/stats';
 *
 * const { n, mean, standardDeviation } = describe([21, 34, 45, 52, 38]);
 * console.log(n, mean, standardDeviation.toFixed(2)); // 5 38 11.73
 * ```
 */
export function describe(x: Numbers, options: DescribeOptions = {}): Description {
  checkedOptions(options, ['nanPolicy']);
  const kept = keptObservations({ x }, options.nanPolicy);
  const { NaN: nan } = Number;
  const spread = { standardDeviation: nan, variance: nan, standardErrorOfMean: nan };
  const nothing = { mean: nan, ...spread, minimum: nan, maximum: nan };
  if (kept === 'nan') return { n: x.length, ...nothing, reason: 'nan-input' };
  const values = keptValues(x, kept);
  const n = values.length;
  if (n === 0) return { n, ...nothing, reason: 'too-few-observations' };
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  if (minimum === -Infinity || maximum === Infinity) {
    return { n, mean: minimum + maximum, ...spread, minimum, maximum, reason: 'infinite-input' };
  }
  if (n === 1) {
    return { n, mean: values[0], ...spread, minimum, maximum, reason: 'too-few-observations' };
  }
  const { deviations, scale } = centre(values);
  const scaled = dot(deviations, deviations) / (n - 1);
  const standardDeviation = Math.sqrt(scaled) * scale;
  return {
    n,
    mean: meanOf(values),
    standardDeviation,
    variance: scaled * scale * scale,
    standardErrorOfMean: standardDeviation / Math.sqrt(n),
    minimum,
    maximum,
  };
}

/**
 * The arithmetic mean, by a compensated sum; NaN for no values.
 *
 * @throws InvalidArgumentError for an impossible option
 * @example
 * ```ts
 * import { mean } from '@steatosis/stats';
 *
 * console.log(mean([1e16, 1, -1e16, 1])); // 0.5
 * ```
 */
export function mean(x: Numbers, options: DescribeOptions = {}): number {
  return describe(x, options).mean;
}

/**
 * The sample variance (divisor n − 1), about the mean; NaN for fewer than two values.
 *
 * @throws InvalidArgumentError for an impossible option
 * @example
 * ```ts
 * import { variance } from '@steatosis/stats';
 *
 * console.log(variance([1e15 + 1, 1e15 + 2, 1e15 + 3])); // 1
 * ```
 */
export function variance(x: Numbers, options: DescribeOptions = {}): number {
  return describe(x, options).variance;
}
