import type { Alternative } from '../alternative.js';
import { normalP } from '../special/normal.js';
import type { PValue } from '../special/p-value.js';

/**
 * P of a rank statistic's distance from its mean by the normal distribution; with the continuity correction the distance
 * is half a step less.
 *
 * @internal
 */
export function normalTest(
  distance: number,
  variance: number,
  alternative: Alternative,
  continuityCorrection: boolean,
): PValue {
  const half = continuityCorrection ? 0.5 : 0;
  const sd = Math.sqrt(variance);
  if (alternative === 'two-sided') {
    return normalP(Math.max(0, Math.abs(distance) - half) / sd, alternative);
  }
  return normalP((distance + (alternative === 'less' ? half : -half)) / sd, alternative);
}
