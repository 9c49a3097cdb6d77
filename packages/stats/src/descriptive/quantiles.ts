import { InvalidArgumentError } from '@steatosis/core';
import { checkedOptions, keptSample, type Numbers } from '../checks.js';
import type { NanPolicy } from '../reason.js';

/**
 * The nine definitions of Hyndman and Fan (1996). 7 is the default of R, NumPy and spreadsheets, 6 is SPSS's and
 * Minitab's, 2 is SAS's, 8 is what the authors recommend.
 */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Options of {@link quantiles}, {@link median} and {@link iqr}. */
export interface QuantileOptions {
  /** Which of the nine definitions. Default 7. */
  type?: QuantileType;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/**
 * Sample quantiles by any of the nine definitions of Hyndman and Fan.
 *
 * Infinities are ordered like other values.
 *
 * Source: Hyndman and Fan (1996) The American Statistician 50:361, with R's tolerance of four units in the last place for
 * positions that are whole numbers but for rounding.
 *
 * @param x values in any order
 * @param probabilities each 0 … 1, in any order
 * @returns one quantile for each probability; NaN for no values, for a NaN under `'propagate'`, and between −∞ and ∞
 * @throws InvalidArgumentError for probabilities outside 0 … 1 or an impossible option
 * @example
 * ```ts
 * import { quantiles } from '@steatosis/stats';
 *
 * const age = [21, 34, 45, 52, 38, 60, 41, 29];
 * console.log(quantiles(age, [0.25, 0.5, 0.75])); // [ 32.75, 39.5, 46.75 ]
 * console.log(quantiles(age, [0.25, 0.75], { type: 6 })); // [ 30.25, 50.25 ]
 * ```
 */
export function quantiles(
  x: Numbers,
  probabilities: Numbers,
  options: QuantileOptions = {},
): number[] {
  checkedOptions(options, ['type', 'nanPolicy']);
  const type = checkedQuantileType('type', options.type);
  const chosen = checkedProbabilities(probabilities);
  const values = keptSample('x', x, options.nanPolicy);
  if (values === 'nan') return chosen.map(() => Number.NaN);
  const sorted = values.slice().sort();
  return chosen.map((probability) => quantileOfSorted(sorted, probability, type));
}

/**
 * The median: the middle value, or the mean of the two middle ones.
 *
 * @returns NaN for no values, or for a NaN under `'propagate'`
 * @throws InvalidArgumentError for an impossible option
 * @example
 * ```ts
 * import { median } from '@steatosis/stats';
 *
 * console.log(median([52, 21, 45, 34])); // 39.5
 * ```
 */
export function median(x: Numbers, options: Pick<QuantileOptions, 'nanPolicy'> = {}): number {
  checkedOptions(options, ['nanPolicy']);
  return quantiles(x, [0.5], options)[0];
}

/**
 * The interquartile range: third quartile − first quartile.
 *
 * @returns NaN for no values, or for a NaN under `'propagate'`
 * @throws InvalidArgumentError for an impossible option
 * @example
 * ```ts
 * import { iqr } from '@steatosis/stats';
 *
 * console.log(iqr([21, 34, 45, 52, 38])); // 11
 * console.log(iqr([21, 34, 45, 52, 38], { type: 6 })); // 21
 * ```
 */
export function iqr(x: Numbers, options: QuantileOptions = {}): number {
  const [first, third] = quantiles(x, [0.25, 0.75], options);
  return third - first;
}

/** Positions that differ by so little from a whole number are meant to be one. */
const FUZZ = 4 * Number.EPSILON;

/**
 * One quantile of values in rising order.
 *
 * @internal
 */
export function quantileOfSorted(
  sorted: Float64Array,
  probability: number,
  type: QuantileType,
): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const position = positionOf(n, probability, type);
  const below = Math.floor(position + FUZZ);
  const share = shareAbove(position, below, type);
  // Positions count from 1; those outside the sample are its ends.
  const low = sorted[Math.min(n, Math.max(1, below)) - 1];
  const high = sorted[Math.min(n, Math.max(1, below + 1)) - 1];
  if (share === 0 || low === high) return low;
  if (share === 1) return high;
  return (1 - share) * low + share * high;
}

function positionOf(n: number, p: number, type: QuantileType): number {
  switch (type) {
    case 1:
    case 2:
    case 4:
      return n * p;
    case 3:
      return n * p - 0.5;
    case 5:
      return n * p + 0.5;
    case 6:
      return (n + 1) * p;
    case 7:
      return 1 + (n - 1) * p;
    case 8:
      return 1 / 3 + p * (n + 1 / 3);
    default:
      // Type 9.
      return 3 / 8 + p * (n + 1 / 4);
  }
}

/** How far the quantile lies from the value at `below` towards the next one, 0 … 1. */
function shareAbove(position: number, below: number, type: QuantileType): number {
  const rest = Math.abs(position - below) < FUZZ ? 0 : position - below;
  if (type === 1) return rest > 0 ? 1 : 0;
  if (type === 2) return rest > 0 ? 1 : 0.5;
  // The nearest one; between two the even.
  if (type === 3) return rest !== 0 || below % 2 !== 0 ? 1 : 0;
  return rest;
}

/** @throws InvalidArgumentError unless it is one of the nine, default 7 */
export function checkedQuantileType(name: string, type: QuantileType = 7): QuantileType {
  if (!Number.isInteger(type) || type < 1 || type > 9) {
    throw new InvalidArgumentError(name, type, 'a whole number, 1 … 9 (Hyndman and Fan 1996)');
  }
  return type;
}

function checkedProbabilities(probabilities: Numbers): number[] {
  const chosen = keptSample('probabilities', probabilities, 'raise') as Float64Array;
  chosen.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) {
      throw new InvalidArgumentError(`probabilities[${i}]`, p, 'a probability, 0 … 1');
    }
  });
  return [...chosen];
}
