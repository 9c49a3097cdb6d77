import type { Alternative } from '../alternative.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { studentP } from '../special/student-t.js';
import { studentQuantile } from '../special/student-t-quantile.js';

/** Options that every t test takes. */
export interface TTestOptions {
  /** Which differences count. Default `'two-sided'`. */
  alternative?: Alternative;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A difference of means with its interval and test. */
export interface TTest {
  /** Mean of x less that of y, less the hypothesised mean, or mean of the paired differences. */
  difference: number;
  /** Confidence interval of the difference; one-sided under a one-sided alternative. */
  interval: Interval;
  standardError: number;
  /** Student's t. */
  statistic: number;
  /** A whole number but for Welch's test. */
  degreesOfFreedom: number;
  /** P of no difference under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Values used, or pairs. */
  n: number;
  alternative: Alternative;
  level: number;
  /** The test in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/** What a t test is made from. */
export interface TParts {
  difference: number;
  standardError: number;
  degreesOfFreedom: number;
  n: number;
  alternative: Alternative;
  level: number;
  method: string;
}

/** t = difference / SE with its P and interval. Without spread there is no t, whatever the difference. */
export function tRecord(parts: TParts): TTest {
  const { difference, standardError, degreesOfFreedom, alternative, level } = parts;
  if (!(degreesOfFreedom > 0)) return undefinedT(parts, 'too-few-observations');
  if (standardError === 0) return undefinedT(parts, 'constant-input');
  const statistic = difference / standardError;
  return {
    ...parts,
    interval: intervalOf(difference, standardError, degreesOfFreedom, alternative, level),
    statistic,
    ...studentP(statistic, degreesOfFreedom, alternative),
  };
}

/** The record of an input that has no t; what is known of it stays. */
export function undefinedT(
  parts: Pick<TParts, 'n' | 'alternative' | 'level' | 'method'> & Partial<TParts>,
  reason: Reason,
): TTest {
  const { NaN: nan } = Number;
  return {
    difference: nan,
    standardError: nan,
    degreesOfFreedom: nan,
    ...parts,
    interval: [nan, nan],
    statistic: nan,
    p: nan,
    logP: nan,
    reason,
  };
}

function intervalOf(
  difference: number,
  standardError: number,
  degreesOfFreedom: number,
  alternative: Alternative,
  level: number,
): Interval {
  const tail = alternative === 'two-sided' ? (1 - level) / 2 : 1 - level;
  const reach = -studentQuantile(tail, degreesOfFreedom) * standardError;
  return [
    alternative === 'less' ? -Infinity : difference - reach,
    alternative === 'greater' ? Infinity : difference + reach,
  ];
}
