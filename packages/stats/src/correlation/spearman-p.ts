import type { Alternative } from '../alternative.js';
import { doubled, type PValue } from '../special/p-value.js';
import { edgeworthTail } from './spearman-edgeworth.js';
import { exactSpearmanP } from './spearman-exact.js';

/** Where Spearman's P comes from. */
export type SpearmanMethod = 't' | 'exact' | 'edgeworth';

/** Ranks about their mean, doubled, with what P needs of them. */
export interface RankedPairs {
  x: Float64Array;
  y: Float64Array;
  tied: boolean;
  sumOfSquaredDifferences: number;
}

/** P by another way than Student's t, and the way in words. */
export interface RankP extends PValue {
  words: string;
  /** Whether a series had to be cut to stay within 0 … 1. */
  cut: boolean;
}

/** The ways in words. */
export const P_SOURCES: Readonly<Record<SpearmanMethod, string>> = {
  t: "P by Student's t approximation",
  exact: 'exact P from all orders of the ranks',
  edgeworth: 'P by an Edgeworth series (AS 89)',
};

/** Below, the series is not good enough, and R enumerates. */
const EDGEWORTH_FROM = 10;

/**
 * P as the method has it; undefined where that is Student's t, to which `'edgeworth'` leaves ties, as R does.
 *
 * @throws InvalidArgumentError where the exact P would take too long
 * @internal
 */
export function rankP(
  method: SpearmanMethod,
  ranks: RankedPairs,
  alternative: Alternative,
): RankP | undefined {
  const { x, y, tied } = ranks;
  const n = x.length;
  if (method === 't' || (method === 'edgeworth' && tied)) return undefined;
  if (method === 'exact' || n < EDGEWORTH_FROM) {
    const words = tied ? P_SOURCES.exact.replace('ranks', 'mid-ranks') : P_SOURCES.exact;
    return { ...exactSpearmanP(x, y, alternative), words, cut: false };
  }
  const words = P_SOURCES.edgeworth;
  return { ...edgeworthP(ranks.sumOfSquaredDifferences, n, alternative), words };
}

function edgeworthP(sum: number, n: number, alternative: Alternative): PValue & { cut: boolean } {
  const middle = (n ** 3 - n) / 6;
  // Sums are even, 0 … 2 · middle; both tails hold the one found.
  if (alternative === 'greater') {
    return sum === 2 * middle ? CERTAIN : edgeworthTail(sum + 2, n, 'lower');
  }
  if (alternative === 'less') return sum === 0 ? CERTAIN : edgeworthTail(sum, n, 'upper');
  const tail = edgeworthP(sum, n, sum > middle ? 'less' : 'greater');
  return { ...doubled(tail), cut: tail.cut };
}

const CERTAIN = { p: 1, logP: 0, cut: false };
