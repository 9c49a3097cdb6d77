import type { Alternative } from '../alternative.js';
import type { PValue } from '../special/p-value.js';

/**
 * P of a statistic whose outcomes are counted: `counts[s]` of them have the value s. Two-sided: those as far from `mean` as
 * the one found.
 *
 * @internal
 */
export function tailsOfCounts(
  counts: Float64Array,
  found: number,
  mean: number,
  alternative: Alternative,
): PValue {
  let all = 0;
  let extreme = 0;
  const distance = Math.abs(found - mean);
  for (let s = 0; s < counts.length; s++) {
    all += counts[s];
    const counted =
      alternative === 'less'
        ? s <= found
        : alternative === 'greater'
          ? s >= found
          : Math.abs(s - mean) >= distance;
    if (counted) extreme += counts[s];
  }
  const p = extreme / all;
  return { p, logP: Math.log(p) };
}
