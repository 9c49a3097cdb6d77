import type { Alternative } from '../alternative.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import type { PValue } from '../special/p-value.js';
import { oneSided, studentTwoSidedFromShares } from '../special/student-t.js';
import type { Coefficient } from './coefficient.js';

/** Options that every correlation takes. */
export interface CorrelationOptions {
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /**
   * Which correlations P counts as evidence: of both signs (`'two-sided'`, default), negative ones (`'less'`) or positive
   * ones (`'greater'`). The interval is two-sided always.
   */
  alternative?: Alternative;
  /** What to do with pairs that hold a NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A correlation with its interval and its test against 0. */
export interface Correlation {
  /** −1 … 1; NaN where it is undefined (see `reason`). */
  coefficient: number;
  /** Two-sided confidence interval at `level`. */
  interval: Interval;
  /** Student's t; ±Infinity for a perfect correlation. */
  statistic: number;
  /** n − 2, less one for each covariate. */
  degreesOfFreedom: number;
  /** P of no correlation under `alternative`. */
  p: number;
  /** Natural logarithm of `p`, which goes on where `p` is too small for a number. */
  logP: number;
  /** Pairs used. */
  n: number;
  level: number;
  alternative: Alternative;
  /** How coefficient, P and interval were computed, in words. */
  method: string;
  /** Why a value is NaN, or should not be trusted; absent otherwise. */
  reason?: Reason;
}

/** What was asked for. */
export interface Asked {
  level: number;
  alternative: Alternative;
  method: string;
}

/** What a correlation and its interval were computed from. */
interface Parts extends Asked {
  coefficient: Coefficient;
  n: number;
  /** Variables held fixed. Default 0. */
  covariates?: number;
  /** Standard error of Fisher's z where there are more than three pairs besides the covariates. */
  standardErrorOfZ: number;
}

/**
 * t = r √(ν / (1 − r²)) with ν = n − 2 − k for k covariates, its P, and the interval tanh(atanh r ± z·SE).
 *
 * With two pairs r is ±1 whatever the data, so t and P are NaN; with three the interval is all of −1 … 1.
 */
export function correlationRecord(parts: Parts): Correlation {
  const { coefficient, n, level, alternative, method, covariates = 0 } = parts;
  const { r, below, above } = coefficient;
  const degreesOfFreedom = n - 2 - covariates;
  const common = { coefficient: r, degreesOfFreedom, n, level, alternative, method };
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
  const twoSided = studentTwoSidedFromShares(degreesOfFreedom, residual, r * r);
  return {
    ...common,
    interval: fisherInterval(coefficient, degreesOfFreedom, level, parts.standardErrorOfZ),
    statistic: r * Math.sqrt(degreesOfFreedom / residual),
    ...towards(alternative, r, twoSided),
    ...(Math.abs(r) === 1 && degreesOfFreedom > 1 ? { reason: 'boundary-estimate' } : {}),
  };
}

/** The record of an input for which no correlation is defined. */
export function undefinedCorrelation(n: number, asked: Asked, reason: Reason): Correlation {
  const { NaN: nan } = Number;
  return {
    coefficient: nan,
    interval: [nan, nan],
    statistic: nan,
    degreesOfFreedom: Math.max(0, n - 2),
    p: nan,
    logP: nan,
    n,
    ...asked,
    reason,
  };
}

/**
 * tanh(atanh r ± z·SE), with atanh r from the distances 1 − r and 1 + r.
 *
 * @internal
 */
export function intervalOfZ({ r, below, above }: Coefficient, level: number, se: number): Interval {
  if (Math.abs(r) === 1) return [r, r];
  const z = 0.5 * Math.log(above / below);
  const reach = -normalQuantile((1 - level) / 2) * se;
  return [Math.tanh(z - reach), Math.tanh(z + reach)];
}

function towards(alternative: Alternative, r: number, twoSided: PValue): PValue {
  if (alternative === 'two-sided') return twoSided;
  return oneSided(alternative === 'greater' ? r : -r, twoSided);
}

function fisherInterval(
  coefficient: Coefficient,
  degreesOfFreedom: number,
  level: number,
  standardErrorOfZ: number,
): Interval {
  if (degreesOfFreedom < 2) return [-1, 1];
  return intervalOfZ(coefficient, level, standardErrorOfZ);
}
