import { coefficientOf } from '../correlation/coefficient.js';
import { centre } from '../numeric/centre.js';
import { dot } from '../numeric/sum.js';
import type { Interval, Reason } from '../reason.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { studentQuantile } from '../special/student-t-quantile.js';
import { studentTwoSidedFromShares } from '../special/student-t.js';

/** The least-squares line of differences on means. */
export interface ProportionalBias {
  /** Change of the difference per unit of the mean; 0 is ideal. */
  slope: number;
  standardError: number;
  interval: Interval;
  /** Student's t of slope 0. */
  statistic: number;
  /** n − 2 */
  degreesOfFreedom: number;
  /** Two-sided P of slope 0. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  reason?: Reason;
}

/** @internal */
export function proportionalBias(
  means: Float64Array,
  differences: Float64Array,
  level: number,
): ProportionalBias {
  const n = means.length;
  const degreesOfFreedom = Math.max(0, n - 2);
  if (n < 3) return undefinedSlope(degreesOfFreedom, 'too-few-observations');
  const u = centre(means);
  const v = centre(differences);
  if (u.scale === 0) return undefinedSlope(degreesOfFreedom, 'constant-input');
  if (v.scale === 0) return { ...undefinedSlope(degreesOfFreedom, 'zero-variance'), slope: 0 };
  const { r, below, above } = coefficientOf(u.deviations, v.deviations);
  const residual = below * above;
  const ratio =
    Math.sqrt(dot(v.deviations, v.deviations) / dot(u.deviations, u.deviations)) *
    (v.scale / u.scale);
  const slope = r * ratio;
  const standardError = Math.sqrt(residual / degreesOfFreedom) * ratio;
  const reach = -studentQuantile((1 - level) / 2, degreesOfFreedom) * standardError;
  return {
    slope,
    standardError,
    interval: [slope - reach, slope + reach],
    statistic: r * Math.sqrt(degreesOfFreedom / residual),
    degreesOfFreedom,
    ...studentTwoSidedFromShares(degreesOfFreedom, residual, r * r),
    ...(residual === 0 ? { reason: 'zero-variance' as const } : {}),
  };
}

function undefinedSlope(degreesOfFreedom: number, reason: Reason): ProportionalBias {
  const { NaN: nan } = Number;
  return {
    slope: nan,
    standardError: nan,
    interval: [nan, nan],
    statistic: nan,
    degreesOfFreedom,
    ...UNKNOWN_P,
    reason,
  };
}
