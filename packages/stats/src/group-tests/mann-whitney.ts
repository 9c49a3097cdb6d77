import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import { checkedOptions, keptSample, type Numbers } from '../checks.js';
import { doubledRanks } from '../numeric/ranks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { logBinomial } from '../special/binomial.js';
import { tailsOfCounts } from './counted-tails.js';
import { normalTest } from './normal-test.js';
import { tieSum } from './ties.js';

/** Options of {@link mannWhitney}. */
export interface MannWhitneyOptions {
  /**
   * `'exact'`: the permutation distribution, of mid-ranks where values tie. `'asymptotic'`: the normal one with the
   * correction for ties. `'auto'` (default): exact for samples of up to 50 without ties, as R has it.
   */
  method?: 'auto' | 'exact' | 'asymptotic';
  /** Move the statistic half a step towards its mean for the normal distribution. Default true; ignored when exact. */
  continuityCorrection?: boolean;
  /** `greater`: x tends to be above y. Default `'two-sided'`. */
  alternative?: Alternative;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Mann–Whitney test with its effect sizes. */
export interface MannWhitney {
  /** U of x: the pairs in which x is above y, ties counted half. That of y is nX · nY − U. */
  statistic: number;
  /** U/(nX · nY), the probability that a value of x is above one of y: the AUC. */
  probabilityOfSuperiority: number;
  /** 2U/(nX · nY) − 1, the rank-biserial correlation (Cliff's δ), −1 … 1. */
  rankBiserial: number;
  /** P of equal distributions under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  nX: number;
  nY: number;
  alternative: Alternative;
  /** The test in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * The Mann–Whitney U test (Wilcoxon's rank-sum test) of two independent samples.
 *
 * The two-sided exact P is the probability of a U as far from its mean as the one found.
 *
 * Source: Mann and Whitney (1947) Ann. Math. Statist. 18:50; with ties the permutation distribution by counting (Streitberg
 * and Röhmel 1986).
 *
 * @param x numbers of the first sample; infinities are ranked like others
 * @param y numbers of the second
 * @returns NaN with a `reason` for an empty sample, values that are all equal, or NaN
 * @throws InvalidArgumentError for an impossible option, or `'exact'` for samples that would take too long
 * @example
 * ```ts
 * import { mannWhitney } from '@steatosis/stats';
 *
 * const { statistic, p, probabilityOfSuperiority } = mannWhitney([4.1, 6.3, 9.8, 5.2], [3.0, 4.4, 3.7]);
 * console.log(statistic, p.toFixed(3), probabilityOfSuperiority.toFixed(3)); // 11 0.114 0.917
 * ```
 */
export function mannWhitney(x: Numbers, y: Numbers, options: MannWhitneyOptions = {}): MannWhitney {
  checkedOptions(options, ['method', 'continuityCorrection', 'alternative', 'nanPolicy']);
  const alternative = checkedAlternative(options.alternative);
  const asked = checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'asymptotic']);
  const correction = options.continuityCorrection ?? true;
  const a = keptSample('x', x, options.nanPolicy);
  const b = keptSample('y', y, options.nanPolicy);
  const name = 'Mann–Whitney U test';
  if (a === 'nan' || b === 'nan') {
    return unknown(Number.NaN, x.length, y.length, alternative, name, 'nan-input');
  }
  const [m, n] = [a.length, b.length];
  if (m === 0 || n === 0)
    return unknown(Number.NaN, m, n, alternative, name, 'too-few-observations');
  const together = new Float64Array(m + n);
  together.set(a);
  together.set(b, m);
  const ranks = doubledRanks(together);
  // Twice the sum of ranks about its mean, a whole number: U − mn/2 is half of it.
  let excess = 0;
  for (let i = 0; i < m; i++) excess += ranks[i] - (m + n + 1);
  const statistic = (m * n + excess) / 2;
  const ties = tieSum(ranks);
  if (ties === (m + n) ** 3 - (m + n)) {
    return unknown(statistic, m, n, alternative, name, 'constant-input');
  }
  const exact = asked === 'exact' || (asked === 'auto' && ties === 0 && Math.max(m, n) <= 50);
  const { p, logP } = exact
    ? exactP(ranks, m, excess, alternative)
    : normalTest(excess / 2, variance(m, n, ties), alternative, correction);
  const how = exact
    ? `exact${ties > 0 ? ' permutation of mid-ranks' : ''}`
    : `normal approximation${ties > 0 ? ' corrected for ties' : ''}${correction ? ', continuity correction' : ''}`;
  return {
    statistic,
    probabilityOfSuperiority: statistic / (m * n),
    rankBiserial: excess / (m * n),
    p,
    logP,
    nX: m,
    nY: n,
    alternative,
    method: `${name}, ${how}`,
  };
}

/** Additions that an exact distribution may take: about a second. */
const MOST_STEPS = 5e8;

/** (mn/12)((N + 1) − Σ(t³ − t)/(N(N − 1))) */
function variance(m: number, n: number, ties: number): number {
  const all = m + n;
  return ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)));
}

/** Counts the choices of `m` doubled ranks by their sum, smallest ranks first. */
function exactP(
  ranks: Float64Array,
  m: number,
  excess: number,
  alternative: Alternative,
): { p: number; logP: number } {
  const all = ranks.length;
  const few = Math.min(m, all - m);
  const sorted = ranks.slice().sort();
  const least = sorted.subarray(0, few).reduce((sum, rank) => sum + rank, 0);
  const most = sorted.subarray(all - few).reduce((sum, rank) => sum + rank, 0);
  const width = most + 1;
  if (all * few * width > MOST_STEPS || logBinomial(all, few) > 700) {
    throw new InvalidArgumentError(
      'method',
      'exact',
      `samples of which ${all} · ${few} · ${width} steps are at most ${MOST_STEPS}; choose 'asymptotic'`,
    );
  }
  const counts = Array.from({ length: few + 1 }, () => new Float64Array(width));
  counts[0][0] = 1;
  for (let i = 0; i < all; i++) {
    const rank = sorted[i];
    for (let k = Math.min(few, i + 1); k >= 1; k--) {
      const from = counts[k - 1];
      const to = counts[k];
      for (let sum = width - 1; sum >= rank; sum--) to[sum] += from[sum - rank];
    }
  }
  // The smaller sample's excess is that of x, or its opposite.
  const found = (few === m ? excess : -excess) + few * (all + 1);
  const towards = few === m ? alternative : opposite(alternative);
  return tailsOfCounts(
    counts[few].subarray(least),
    found - least,
    few * (all + 1) - least,
    towards,
  );
}

function opposite(alternative: Alternative): Alternative {
  if (alternative === 'two-sided') return alternative;
  return alternative === 'less' ? 'greater' : 'less';
}

function unknown(
  statistic: number,
  nX: number,
  nY: number,
  alternative: Alternative,
  method: string,
  reason: Reason,
): MannWhitney {
  return {
    statistic,
    probabilityOfSuperiority: statistic / (nX * nY),
    rankBiserial: (2 * statistic) / (nX * nY) - 1,
    p: Number.NaN,
    logP: Number.NaN,
    nX,
    nY,
    alternative,
    method,
    reason,
  };
}
