import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { normalP, normalQuantile } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { determinant } from './departures.js';
import { newcombeInterval, waldInterval } from './difference-intervals.js';

/** Successes of one group, as records of `proportionInterval` have them. */
export interface Successes {
  /** Whole number, 0 … n. */
  successes: number;
  /** Observations of the group. */
  n: number;
}

/** Options of {@link twoProportionTest}. */
export interface TwoProportionTestOptions {
  /**
   * Of the difference. `'newcombe'` (default): hybrid of Wilson's limits of both proportions. `'wald'`: estimate ± z·SE, as R's
   * `prop.test`; too short for small groups.
   */
  interval?: 'newcombe' | 'wald';
  /** Yates's correction of P, and the intervals' own. Default false; R's `prop.test` corrects unless told otherwise. */
  continuityCorrection?: boolean;
  /** `greater`: the first proportion is above the second. Default `'two-sided'`. */
  alternative?: Alternative;
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
}

/** Two proportions of independent groups compared. */
export interface TwoProportionTest {
  /** First minus second proportion. */
  difference: number;
  /** Of the difference, within −1 … 1; one-sided under a one-sided alternative. */
  interval: Interval;
  level: number;
  /** Of the difference, both variances apart: √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂). */
  standardError: number;
  /** z with the pooled variance, the sign that of the difference; z² is the χ² of the table. */
  statistic: number;
  /** P of equal proportions under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** The proportion of the first group. */
  first: number;
  /** That of the second. */
  second: number;
  nFirst: number;
  nSecond: number;
  alternative: Alternative;
  /** Test and interval in words. */
  method: string;
  /**
   * `'zero-denominator'` where a group is empty; `'zero-margin'` where there is no success or no failure in both and P is NaN;
   * `'zero-variance'` where Wald's interval has no width, which says nothing about certainty; absent otherwise.
   */
  reason?: Reason;
}

/**
 * Compare the proportions of two independent groups: score test (χ² of the 2 × 2 table) and an interval of the difference.
 *
 * Two decisions on the same patients are not independent: use `mcnemar` and `pairedDifference`.
 *
 * Source: Pearson (1900); Yates (1934); Newcombe (1998) Stat. Med. 17:873, methods 10 and 11 (corrected), 1 and 2 for Wald's.
 *
 * @param first successes and observations of the first group
 * @param second those of the second
 * @returns NaN with a `reason` where a group is empty or the pooled proportion is 0 or 1
 * @throws InvalidArgumentError for impossible counts or options
 * @example
 * ```ts
 * import { twoProportionTest } from '@steatosis/stats';
 *
 * const [a, b] = [{ successes: 33, n: 50 }, { successes: 38, n: 50 }];
 * const { difference, interval, p } = twoProportionTest(a, b);
 * console.log(difference.toFixed(2), p.toFixed(3)); // -0.10 0.271
 * console.log(interval.map((limit) => limit.toFixed(3))); // [ '-0.269', '0.077' ]
 * ```
 */
export function twoProportionTest(
  first: Successes,
  second: Successes,
  options: TwoProportionTestOptions = {},
): TwoProportionTest {
  checkedOptions(options, ['interval', 'continuityCorrection', 'alternative', 'level']);
  const kind = checkedChoice('interval', options.interval ?? 'newcombe', ['newcombe', 'wald']);
  const alternative = checkedAlternative(options.alternative);
  const level = checkedLevel(options.level);
  const corrected = options.continuityCorrection ?? false;
  const [x1, n1] = checkedSuccesses('first', first);
  const [x2, n2] = checkedSuccesses('second', second);
  const [p1, p2] = [x1 / n1, x2 / n2];
  const difference = determinant(x1, n2, x2, n1) / n1 / n2;
  const standardError = Math.sqrt((p1 * ((n1 - x1) / n1)) / n1 + (p2 * ((n2 - x2) / n2)) / n2);
  const common = {
    level,
    standardError,
    first: p1,
    second: p2,
    nFirst: n1,
    nSecond: n2,
    alternative,
    method:
      `score test of two proportions (χ²); ${kind === 'newcombe' ? "Newcombe's hybrid score" : "Wald's"} interval` +
      (corrected ? '; both corrected for continuity' : ''),
  };
  const { NaN: nan } = Number;
  if (n1 === 0 || n2 === 0) {
    return {
      difference,
      interval: [nan, nan],
      statistic: nan,
      ...UNKNOWN_P,
      ...common,
      reason: 'zero-denominator',
    };
  }
  const z = -normalQuantile(alternative === 'two-sided' ? (1 - level) / 2 : 1 - level);
  const limits = kind === 'newcombe' ? newcombeInterval : waldInterval;
  const interval = oneSided(
    limits({ x1, n1, x2, n2, difference, standardError }, z, corrected),
    alternative,
  );
  const reason = interval[0] === interval[1] ? ({ reason: 'zero-variance' } as const) : {};
  const successes = x1 + x2;
  const n = n1 + n2;
  if (successes === 0 || successes === n) {
    return {
      difference,
      interval,
      statistic: nan,
      ...UNKNOWN_P,
      ...common,
      reason: 'zero-margin',
    };
  }
  const inverses = 1 / n1 + 1 / n2;
  const pooled = Math.sqrt((successes / n) * ((n - successes) / n) * inverses);
  const distance = Math.max(0, Math.abs(difference) - (corrected ? inverses / 2 : 0));
  const statistic = (Math.sign(difference) * distance) / pooled;
  return {
    difference,
    interval,
    statistic,
    ...normalP(statistic, alternative),
    ...common,
    ...reason,
  };
}

function checkedSuccesses(name: string, group: Successes): [successes: number, n: number] {
  const found: unknown = group;
  if (typeof found !== 'object' || found === null) {
    throw new InvalidArgumentError(name, found, 'a record of successes and n');
  }
  const n = checkedCount(`${name}.n`, group.n);
  const successes = checkedCount(`${name}.successes`, group.successes);
  if (successes > n) {
    throw new InvalidArgumentError(`${name}.successes`, successes, `at most n = ${n}`);
  }
  return [successes, n];
}

function oneSided([lower, upper]: Interval, alternative: Alternative): Interval {
  return [alternative === 'less' ? -1 : lower, alternative === 'greater' ? 1 : upper];
}
