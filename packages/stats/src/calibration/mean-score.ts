import { compensatedSum } from '../numeric/sum.js';
import type { Interval } from '../reason.js';
import { normalQuantile } from '../special/normal.js';

/** The mean of a score over observations, its standard error and normal interval. */
export interface MeanScore {
  mean: number;
  /** SD/√n; NaN for fewer than two observations. */
  standardError: number;
  interval: Interval;
}

/**
 * @param lower limits below it are cut, as no mean of such scores is smaller
 * @param upper likewise above
 * @internal
 */
export function meanScore(
  scores: Float64Array,
  level: number,
  lower: number,
  upper: number,
): MeanScore {
  const n = scores.length;
  const mean = compensatedSum(scores) / n;
  const squares = scores.map((score) => (score - mean) ** 2);
  const standardError = n < 2 ? Number.NaN : Math.sqrt(compensatedSum(squares) / (n - 1) / n);
  const reach = -normalQuantile((1 - level) / 2) * standardError;
  return {
    mean,
    standardError,
    interval: [Math.max(lower, mean - reach), Math.min(upper, mean + reach)],
  };
}
