import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { studentTwoSidedFromShares } from '../special/student-t.js';
import type { Coefficient } from './coefficient.js';

/** Options that every correlation takes. */
export interface CorrelationOptions {
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with pairs that hold a NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A correlation with its interval and its test against 0. */
export interface Correlation {
  /** −1 … 1; NaN where it is undefined (see `reason`). */
  coefficient: number;
  /** Confidence interval at `level`. */
  interval: Interval;
  /** Student's t; ±Infinity for a perfect correlation. */
  statistic: number;
  /** n − 2 */
  degreesOfFreedom: number;
  /** Two-sided P of no correlation. */
  p: number;
  /** Natural logarithm of `p`, which goes on where `p` is too small for a number. */
  logP: number;
  /** Pairs used. */
  n: number;
  level: number;
  /** How coefficient, P and interval were computed, in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/** What a correlation and its interval were computed from. */
interface Parts {
  coefficient: Coefficient;
  n: number;
  level: number;
  method: string;
  /** Standard error of Fisher's z for n > 3. */
  standardErrorOfZ: number;
}

/**
 * t = r √(ν / (1 − r²)) with ν = n − 2, its two-sided P, and the interval tanh(atanh r ± z·SE).
 *
 * With two pairs r is ±1 whatever the data, so t and P are NaN; with three the interval is all of −1 … 1.
 */
export function correlationRecord(parts: Parts): Correlation {
  const { coefficient, n, level, method } = parts;
  const { r, below, above } = coefficient;
  const degreesOfFreedom = n - 2;
  const common = { coefficient: r, degreesOfFreedom, n, level, method };
  if (degreesOfFreedom < 1) {
    return {
      ...common,
      interval: [-1, 1],
      statistic: Number.NaN,
      p: Number.NaN,
      logP: Number.NaN,
      reason: 'too-few-observations',
    };
  }
  const residual = below * above;
  const { p, logP } = studentTwoSidedFromShares(degreesOfFreedom, residual, r * r);
  return {
    ...common,
    interval: fisherInterval(coefficient, n, level, parts.standardErrorOfZ),
    statistic: r * Math.sqrt(degreesOfFreedom / residual),
    p,
    logP,
  };
}

/** The record of an input for which no correlation is defined. */
export function undefinedCorrelation(
  n: number,
  level: number,
  method: string,
  reason: Reason,
): Correlation {
  const { NaN: nan } = Number;
  return {
    coefficient: nan,
    interval: [nan, nan],
    statistic: nan,
    degreesOfFreedom: Math.max(0, n - 2),
    p: nan,
    logP: nan,
    n,
    level,
    method,
    reason,
  };
}

function fisherInterval(
  { r, below, above }: Coefficient,
  n: number,
  level: number,
  standardErrorOfZ: number,
): Interval {
  if (n <= 3) return [-1, 1];
  if (Math.abs(r) === 1) return [r, r];
  const z = 0.5 * Math.log(above / below);
  const reach = -normalQuantile((1 - level) / 2) * standardErrorOfZ;
  return [Math.tanh(z - reach), Math.tanh(z + reach)];
}
