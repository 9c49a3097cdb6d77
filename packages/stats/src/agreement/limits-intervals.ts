import type { Interval } from '../reason.js';
import { noncentralTQuantile } from '../special/noncentral-t.js';
import { studentQuantile } from '../special/student-t-quantile.js';

/** How the intervals of the limits of agreement are computed. */
export type LimitsIntervalMethod = 'exact' | '1999' | '1986';

/**
 * Intervals of the lower and upper limit of agreement, in standard deviations from the bias.
 *
 * Exact: (limit − d̄)√n/s follows the non-central t distribution with parameter z√n. Approximate: z ± t·SE with the
 * limit's standard error.
 *
 * @internal
 */
export function limitIntervals(
  method: LimitsIntervalMethod,
  n: number,
  multiplier: number,
  level: number,
): [lower: Interval, upper: Interval] {
  const tail = (1 - level) / 2;
  if (method === 'exact') {
    const root = Math.sqrt(n);
    const inner = noncentralTQuantile(tail, n - 1, multiplier * root) / root;
    const outer = noncentralTQuantile(1 - tail, n - 1, multiplier * root) / root;
    return mirrored(inner, outer);
  }
  const variance = method === '1986' ? 3 / n : 1 / n + multiplier ** 2 / (2 * (n - 1));
  const reach = -studentQuantile(tail, n - 1) * Math.sqrt(variance);
  return mirrored(multiplier - reach, multiplier + reach);
}

function mirrored(inner: number, outer: number): [Interval, Interval] {
  return [
    [-outer, -inner],
    [inner, outer],
  ];
}
