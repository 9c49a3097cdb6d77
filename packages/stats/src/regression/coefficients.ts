import type { Interval } from '../reason.js';
import { normalP, normalQuantile } from '../special/normal.js';
import { type PValue, UNKNOWN_P } from '../special/p-value.js';
import { studentQuantile } from '../special/student-t-quantile.js';
import { studentTwoSided } from '../special/student-t.js';

/** One coefficient of a model with its test against 0. */
export interface ModelCoefficient {
  /** The predictor's name, or `(intercept)`. */
  name: string;
  /** Change of the (linked) mean with one unit of the predictor. */
  estimate: number;
  standardError: number;
  /** t or z = estimate / standard error. */
  statistic: number;
  /** Two-sided P of a coefficient of 0. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Estimate ± quantile · standard error, at the model's level. */
  interval: Interval;
}

/**
 * The coefficients with t tests, or with z tests where there are no degrees of freedom to speak of.
 *
 * @internal
 */
export function modelCoefficients(
  names: readonly string[],
  estimates: Float64Array,
  standardErrors: readonly number[],
  level: number,
  degreesOfFreedom?: number,
): ModelCoefficient[] {
  const quantile = upperQuantile((1 - level) / 2, degreesOfFreedom);
  return names.map((name, j) => {
    const estimate = estimates[j];
    const standardError = standardErrors[j];
    const statistic = estimate / standardError;
    return {
      name,
      estimate,
      standardError,
      statistic,
      ...twoSidedP(statistic, degreesOfFreedom),
      interval: [estimate - quantile * standardError, estimate + quantile * standardError],
    };
  });
}

/** What stands in for them where nothing could be estimated. */
export function unknownCoefficients(names: readonly string[]): ModelCoefficient[] {
  return names.map((name) => ({
    name,
    estimate: Number.NaN,
    standardError: Number.NaN,
    statistic: Number.NaN,
    ...UNKNOWN_P,
    interval: [Number.NaN, Number.NaN],
  }));
}

/** A covariance matrix of which nothing is known. */
export function unknownCovariance(p: number): number[][] {
  return Array.from({ length: p }, () => new Array<number>(p).fill(Number.NaN));
}

function upperQuantile(tail: number, degreesOfFreedom: number | undefined): number {
  if (degreesOfFreedom === undefined) return -normalQuantile(tail);
  return degreesOfFreedom > 0 ? -studentQuantile(tail, degreesOfFreedom) : Number.NaN;
}

function twoSidedP(statistic: number, degreesOfFreedom: number | undefined): PValue {
  if (Number.isNaN(statistic)) return UNKNOWN_P;
  if (degreesOfFreedom === undefined) return normalP(statistic, 'two-sided');
  return studentTwoSided(statistic, degreesOfFreedom);
}
