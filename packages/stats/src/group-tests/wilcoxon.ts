import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import {
  checkedOptions,
  finiteOrThrow,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { doubledRanks } from '../numeric/ranks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { tailsOfCounts } from './counted-tails.js';
import { normalTest } from './normal-test.js';
import { tieSum } from './ties.js';

/** Options of {@link wilcoxon}. */
export interface WilcoxonOptions {
  /**
   * `'exact'`: the distribution over all signs, of mid-ranks where differences tie. `'asymptotic'`: the normal one with the
   * correction for ties. `'auto'` (default): exact for up to 50 differences without ties and zeros.
   */
  method?: 'auto' | 'exact' | 'asymptotic';
  /**
   * What differences of 0 do: `'wilcox'` (default) leaves them out, `'pratt'` ranks them first and leaves them out then,
   * `'zsplit'` gives half of their ranks to either side.
   */
  zeroMethod?: 'wilcox' | 'pratt' | 'zsplit';
  /** Move the statistic half a step towards its mean for the normal distribution. Default true; ignored when exact. */
  continuityCorrection?: boolean;
  /** `greater`: x tends to be above y. Default `'two-sided'`. */
  alternative?: Alternative;
  /** What to do with NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A Wilcoxon signed-rank test with its effect size. */
export interface Wilcoxon {
  /** Sum of the ranks of the positive differences (R's V). */
  statistic: number;
  /** Sum of the ranks of the negative differences. SciPy's statistic is the smaller of the two. */
  negativeRankSum: number;
  /** (positive − negative)/(positive + negative), the matched-pairs rank-biserial correlation, −1 … 1. */
  rankBiserial: number;
  /** P of differences symmetric about 0 under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Pairs used, zero differences included. */
  n: number;
  /** Differences of 0. */
  zeros: number;
  alternative: Alternative;
  /** The test in words. */
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * Wilcoxon's signed-rank test of paired values.
 *
 * Source: Wilcoxon (1945) Biometrics Bulletin 1:80; Pratt (1959) JASA 54:655 and Cureton (1967) JASA 62:1068 for zeros.
 *
 * @param x one number per pair; the differences are x − y
 * @param y as many numbers
 * @returns NaN with a `reason` for no pairs, no pair that differs, or NaN
 * @throws InvalidArgumentError for arrays of different length, infinities, an impossible option, or `'exact'` for more pairs
 *   than it can do
 * @example
 * ```ts
 * import { wilcoxon } from '@steatosis/stats';
 *
 * const before = [12.1, 8.4, 19.0, 15.2, 9.9, 11.3];
 * const after = [9.8, 8.7, 14.1, 12.8, 8.3, 10.2];
 * const { statistic, p, method } = wilcoxon(before, after);
 * console.log(statistic, p); // 20 0.0625
 * console.log(method); // Wilcoxon signed-rank test, exact
 * ```
 */
export function wilcoxon(x: Numbers, y: Numbers, options: WilcoxonOptions = {}): Wilcoxon {
  checkedOptions(options, [
    'method',
    'zeroMethod',
    'continuityCorrection',
    'alternative',
    'nanPolicy',
  ]);
  const alternative = checkedAlternative(options.alternative);
  const asked = checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'asymptotic']);
  const zeroMethod = checkedChoice('zeroMethod', options.zeroMethod ?? 'wilcox', [
    'wilcox',
    'pratt',
    'zsplit',
  ]);
  const correction = options.continuityCorrection ?? true;
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  const name = 'Wilcoxon signed-rank test';
  if (kept === 'nan') return unknown(x.length, 0, alternative, name, 'nan-input');
  const [a, b] = [keptValues(x, kept), keptValues(y, kept)];
  finiteOrThrow('x', a);
  finiteOrThrow('y', b);
  const differences = a.map((value, i) => value - b[i]);
  const n = differences.length;
  const zeros = differences.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  if (n === 0) return unknown(n, zeros, alternative, name, 'too-few-observations');
  if (zeros === n) return unknown(n, zeros, alternative, name, 'constant-input');
  const signed = rankedDifferences(differences, zeros, zeroMethod);
  const exact =
    asked === 'exact' || (asked === 'auto' && zeros === 0 && signed.ties === 0 && n <= 50);
  const { positive, negative } = signed;
  const { p, logP } = exact
    ? exactP(signed, alternative)
    : normalTest((positive - negative) / 4, signed.variance, alternative, correction);
  const how = [
    exact
      ? `exact${signed.ties > 0 ? ' for mid-ranks' : ''}`
      : `normal approximation${signed.ties > 0 ? ' corrected for ties' : ''}${correction ? ', continuity correction' : ''}`,
    ...(zeros > 0 ? [`${zeros} differences of 0: ${zeroMethod}`] : []),
  ].join(', ');
  return {
    statistic: positive / 2,
    negativeRankSum: negative / 2,
    rankBiserial: (positive - negative) / (positive + negative),
    p,
    logP,
    n,
    zeros,
    alternative,
    method: `${name}, ${how}`,
  };
}

interface SignedRanks {
  /** Twice the ranks of the differences that are not 0. */
  ranks: Float64Array;
  /** Twice the sums of ranks of either sign; under `zsplit` with half of the zeros' each. */
  positive: number;
  negative: number;
  ties: number;
  /** Of the sum of positive ranks. */
  variance: number;
}

function rankedDifferences(
  differences: Float64Array,
  zeros: number,
  zeroMethod: 'wilcox' | 'pratt' | 'zsplit',
): SignedRanks {
  const used = zeroMethod === 'wilcox' ? differences.filter((value) => value !== 0) : differences;
  const ranks = doubledRanks(used.map(Math.abs));
  let positive = 0;
  let negative = 0;
  let ofZeros = 0;
  used.forEach((value, i) => {
    if (value > 0) positive += ranks[i];
    else if (value < 0) negative += ranks[i];
    else ofZeros += ranks[i];
  });
  const nonZero = ranks.filter((_, i) => used[i] !== 0);
  const tied = tieSum(zeroMethod === 'zsplit' ? ranks : nonZero);
  const cubes = (count: number) => count * (count + 1) * (2 * count + 1);
  const untied = cubes(used.length) - (zeroMethod === 'pratt' ? cubes(zeros) : 0);
  const share = zeroMethod === 'zsplit' ? ofZeros / 2 : 0;
  return {
    ranks: nonZero,
    positive: positive + share,
    negative: negative + share,
    ties: tied,
    variance: (untied - tied / 2) / 24,
  };
}

/** Additions that an exact distribution may take: about a second. */
const MOST_STEPS = 5e8;

/** The sum of positive ranks over all choices of signs, each step with its share of ½ so that nothing overflows. */
function exactP(
  { ranks, positive, negative }: SignedRanks,
  alternative: Alternative,
): { p: number; logP: number } {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  if (ranks.length * total > MOST_STEPS) {
    throw new InvalidArgumentError(
      'method',
      'exact',
      `differences of which ${ranks.length} · ${total} steps are at most ${MOST_STEPS}; choose 'asymptotic'`,
    );
  }
  const shares = new Float64Array(total + 1);
  shares[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) {
      shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2;
    }
  }
  // What zeros add to either side moves the statistic and its mean alike.
  const mean = total / 2;
  return tailsOfCounts(shares, mean + (positive - negative) / 2, mean, alternative);
}

function unknown(
  n: number,
  zeros: number,
  alternative: Alternative,
  method: string,
  reason: Reason,
): Wilcoxon {
  const { NaN: nan } = Number;
  return {
    statistic: nan,
    negativeRankSum: nan,
    rankBiserial: nan,
    p: nan,
    logP: nan,
    n,
    zeros,
    alternative,
    method,
    reason,
  };
}
