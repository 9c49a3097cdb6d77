import type { Alternative } from '../alternative.js';
import type { PValue } from '../special/p-value.js';
import { logBinomialMass } from './binomial-mass.js';
import { LogSum } from './log-sum.js';

/** Two sorted samples as a path of m steps to the right and n upwards. */
export interface Path {
  m: number;
  n: number;
  /** `ends[s]` is 1 where the s-th value of both samples together is the last of its ties. */
  ends: Uint8Array;
}

/**
 * The share of all arrangements of the two samples (with their ties) whose empirical distribution functions come as far apart
 * as `distance` = mnD, a whole number above 0.
 *
 * Follows the share of paths to each point (i, j) that stay within the distance. A path that leaves has its probability
 * counted where it leaves first, so that every term is positive and small P keep their digits.
 *
 * Source: Hodges (1958) Arkiv för Matematik 3:469 for the paths; Schröer and Trenkler (1995) Comput. Stat. Data Anal. 20:185
 * for ties.
 *
 * @internal
 */
export function shareOfPaths(path: Path, distance: number, alternative: Alternative): PValue {
  const { m, n, ends } = path;
  const all = m + n;
  const share = new Float64Array(m + 1);
  share[0] = 1;
  const left = new LogSum();
  let low = 0;
  let high = 0;
  const leave = (i: number, s: number) => {
    left.add(logHypergeometric(i, s - i, m, n) + Math.log(share[i]));
    share[i] = 0;
  };
  // No path is left to follow once low is above high.
  for (let s = 1; s <= all && low <= high; s++) {
    high = Math.min(high + 1, m);
    low = Math.max(low, s - n);
    for (let i = high; i > low; i--) share[i] = (i * share[i - 1] + (s - i) * share[i]) / s;
    share[low] = ((low > 0 ? low * share[low - 1] : 0) + (s - low) * share[low]) / s;
    if (ends[s] === 0) continue;
    // nm times how far the first distribution function lies above the second.
    const above = (i: number) => i * all - s * m;
    if (alternative !== 'less') while (high >= low && above(high) >= distance) leave(high--, s);
    if (alternative !== 'greater') while (low <= high && -above(low) >= distance) leave(low++, s);
  }
  return left.total();
}

/** ln of the share of paths that pass (i, j). */
function logHypergeometric(i: number, j: number, m: number, n: number): number {
  const excess = (i * n - j * m) / (m + n);
  return (
    logBinomialMass(i, m, excess) +
    logBinomialMass(j, n, -excess) -
    logBinomialMass(i + j, m + n, 0)
  );
}
