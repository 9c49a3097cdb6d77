import { checkedChoice } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions, checkedRecord } from '../checks.js';
import { proportionInterval } from '../proportions/proportion-interval.js';
import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';

/** How two decisions on the same patients came out. */
export interface PairedCounts {
  /** Both right (or positive). */
  both: number;
  /** Only the first. */
  firstOnly: number;
  /** Only the second. */
  secondOnly: number;
  /** None of them. */
  neither: number;
}

/** Options of {@link pairedDifference}. */
export interface PairedDifferenceOptions {
  /**
   * `'newcombe'` (default): hybrid of Wilson's limits of both proportions. `'tango'`: score interval, the inversion of
   * McNemar's test without correction.
   */
  method?: 'newcombe' | 'tango';
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
}

/** The difference of two proportions of the same patients. */
export interface PairedDifference {
  /** First minus second proportion, (firstOnly − secondOnly)/n. */
  difference: number;
  interval: Interval;
  /** (both + firstOnly)/n */
  first: number;
  /** (both + secondOnly)/n */
  second: number;
  n: number;
  level: number;
  method: string;
  /** `'zero-denominator'` when n is 0; absent otherwise. */
  reason?: Reason;
}

/**
 * The difference of two proportions of the same patients, as the sensitivities or accuracies of two readers, with its
 * interval.
 *
 * Sources: Newcombe (1998, Stat Med 17:2635), method 10; Tango (1998, Stat Med 17:891).
 *
 * @param counts whole numbers ≥ 0
 * @throws InvalidArgumentError for other counts or impossible options
 * @example
 * ```ts
 * import { pairedDifference } from '@steatosis/stats';
 *
 * const counts = { both: 1, firstOnly: 1, secondOnly: 7, neither: 12 };
 * const { difference, interval } = pairedDifference(counts);
 * console.log(difference.toFixed(3)); // -0.286
 * console.log(interval.map((limit) => limit.toFixed(3))); // [ '-0.507', '-0.026' ]
 * ```
 */
export function pairedDifference(
  counts: PairedCounts,
  options: PairedDifferenceOptions = {},
): PairedDifference {
  checkedOptions(options, ['method', 'level']);
  const level = checkedLevel(options.level);
  const chosen = checkedChoice('method', options.method ?? 'newcombe', ['newcombe', 'tango']);
  checkedRecord('counts', counts, 'counts { both, firstOnly, secondOnly, neither }');
  const { both, firstOnly, secondOnly, neither } = counts;
  for (const [name, count] of Object.entries({ both, firstOnly, secondOnly, neither })) {
    checkedCount(name, count);
  }
  const n = both + firstOnly + secondOnly + neither;
  const estimates = {
    difference: (firstOnly - secondOnly) / n,
    first: (both + firstOnly) / n,
    second: (both + secondOnly) / n,
    n,
    level,
    method: chosen === 'tango' ? "Tango's score interval" : "Newcombe's hybrid score interval",
  };
  if (n === 0) {
    return { ...estimates, interval: [Number.NaN, Number.NaN], reason: 'zero-denominator' };
  }
  const interval = chosen === 'tango' ? tango(counts, n, level) : newcombe(counts, n, level);
  return { ...estimates, interval };
}

function newcombe(counts: PairedCounts, n: number, level: number): Interval {
  const { both, firstOnly, secondOnly } = counts;
  const first = (both + firstOnly) / n;
  const second = (both + secondOnly) / n;
  const [lower1, upper1] = proportionInterval(both + firstOnly, n, { level }).interval;
  const [lower2, upper2] = proportionInterval(both + secondOnly, n, { level }).interval;
  const phi = correctedPhi(counts, n);
  const difference = (firstOnly - secondOnly) / n;
  return [
    difference - hypotenuse(first - lower1, upper2 - second, phi),
    difference + hypotenuse(second - lower2, upper1 - first, phi),
  ];
}

/** √(a² − 2φab + b²) */
function hypotenuse(a: number, b: number, phi: number): number {
  return Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
}

/** φ of the paired table; where it is positive, its numerator is reduced by n/2, but not below 0. */
function correctedPhi({ both, firstOnly, secondOnly, neither }: PairedCounts, n: number): number {
  const margins = [both + firstOnly, secondOnly + neither, both + secondOnly, firstOnly + neither];
  if (margins.includes(0)) return 0;
  const determinant = both * neither - firstOnly * secondOnly;
  const numerator = determinant > 0 ? Math.max(determinant - n / 2, 0) : determinant;
  return margins.reduce((ratio, margin) => ratio / Math.sqrt(margin), numerator);
}

function tango({ firstOnly, secondOnly }: PairedCounts, n: number, level: number): Interval {
  const z = -normalQuantile((1 - level) / 2);
  const score = (delta: number) => tangoScore(firstOnly, secondOnly, n, delta);
  const estimate = (firstOnly - secondOnly) / n;
  return [
    bisected(-1, estimate, (delta) => score(delta) > z),
    bisected(estimate, 1, (delta) => score(delta) > -z),
  ];
}

/** Tango's statistic of the hypothesis that the difference is `delta`; falls as delta grows. */
function tangoScore(b: number, c: number, n: number, delta: number): number {
  const distance = b - c - n * delta;
  // c/n under the hypothesis: the larger root of 2n q² + B q − c Δ(1 − Δ) = 0.
  const linear = (2 * n - b + c) * delta - b - c;
  const constant = c * delta * (1 - delta);
  const root = Math.sqrt(Math.max(0, linear * linear + 8 * n * constant));
  const q = linear < 0 ? (root - linear) / (4 * n) : (2 * constant) / (root + linear) || 0;
  const variance = n * (2 * q + delta * (1 - delta));
  // Above 0, so that no distance without any variance is 0 standard errors.
  return distance / Math.sqrt(Math.max(Number.MIN_VALUE, variance));
}

/** Where `before` turns from true to false between the two. */
function bisected(low: number, high: number, before: (x: number) => boolean): number {
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (before(middle)) low = middle;
    else high = middle;
  }
}
