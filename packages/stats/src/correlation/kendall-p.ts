import type { Alternative } from '../alternative.js';
import { doubled, type PValue } from '../special/p-value.js';
import type { Concordance } from './concordance.js';
import { atMostInversions } from './inversions.js';
import { tiedConcordanceP } from './tied-concordance.js';

/** Additions that an exact distribution without ties may take: about a second. */
const MOST_STEPS = 1e9;

/**
 * The variance of concordant less discordant pairs over all orders.
 * Source: Kendall (1948, Rank Correlation Methods), with the terms for ties in both variables.
 *
 * @internal
 */
export function concordanceVariance(groupsX: Uint32Array, groupsY: Uint32Array): number {
  const x = tieTerms(groupsX);
  const y = tieTerms(groupsY);
  const { n } = x;
  const m = n * (n - 1);
  const both = (2 * x.pairs * y.pairs) / m;
  const triples = n > 2 ? (x.triples * y.triples) / (9 * m * (n - 2)) : 0;
  return (m * (2 * n + 5) - x.weighted - y.weighted) / 18 + both + triples;
}

function tieTerms(groups: Uint32Array) {
  let n = 0;
  let pairs = 0;
  let triples = 0;
  let weighted = 0;
  for (let k = 0; k < groups.length; k++) {
    const t = groups[k];
    n += t;
    pairs += (t * (t - 1)) / 2;
    triples += t * (t - 1) * (t - 2);
    weighted += t * (t - 1) * (2 * t + 5);
  }
  return { n, pairs, triples, weighted };
}

/**
 * P of the score from all orders; two-sided those whose score is as far from 0.
 *
 * @returns undefined where it would take too long
 * @internal
 */
export function exactKendallP(
  { concordant, discordant, groupsX, groupsY }: Concordance,
  n: number,
  alternative: Alternative,
): PValue | undefined {
  if (isTied(groupsX, n) || isTied(groupsY, n)) {
    return tiedConcordanceP(groupsX, groupsY, concordant - discordant, alternative);
  }
  if (n * Math.min(concordant, discordant) > MOST_STEPS) return undefined;
  if (alternative === 'greater') return atMostInversions(n, discordant);
  if (alternative === 'less') return atMostInversions(n, concordant);
  return doubled(atMostInversions(n, Math.min(concordant, discordant)));
}

/** @internal */
export function isTied(groups: Uint32Array, n: number): boolean {
  return groups.length < n;
}
