import { checkedChoice } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import { proportionInterval } from '../proportions/proportion-interval.js';
import type { Interval, Reason } from '../reason.js';
import { binomialTail } from '../special/binomial.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { doubled, type PValue, UNKNOWN_P } from '../special/p-value.js';

/** Options of {@link mcnemar}. */
export interface McNemarOptions {
  /**
   * `'exact'` (default): binomial, conditional on b + c. `'mid-p'`: the same with half of the observed outcome's
   * probability, less conservative. `'chi-square'`: the asymptotic test.
   */
  method?: 'exact' | 'mid-p' | 'chi-square';
  /** Edwards' continuity correction of `'chi-square'`. Default true; ignored by the other methods. */
  continuityCorrection?: boolean;
  /** Confidence level of the odds ratio's interval, between 0 and 1. Default 0.95. */
  level?: number;
}

/** McNemar's test of two paired decisions. */
export interface McNemarResult {
  /** min(b, c) of the exact and mid-P test, chi-square of the asymptotic one. */
  statistic: number;
  /** 1 of the asymptotic test; NaN of the others, which have none. */
  degreesOfFreedom: number;
  /** Two-sided. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Conditional odds ratio b/c; Infinity when only c is 0. */
  oddsRatio: number;
  /** Exact interval of the odds ratio at `level`, from the limits of Clopper and Pearson of b/(b + c). */
  interval: Interval;
  level: number;
  b: number;
  c: number;
  /** Discordant pairs, b + c. */
  n: number;
  method: string;
  /** `'no-discordant-pairs'` when b = c = 0; absent otherwise. */
  reason?: Reason;
}

/**
 * McNemar's test whether two decisions on the same patients are right equally often, from the pairs in which they differ.
 *
 * Sources: McNemar (1947); continuity correction (|b − c| − 1)²/(b + c) by Edwards (1948); mid-P by Fagerland, Lydersen
 * and Laake (2013), which for b = c is 1 − ½ P(X = b).
 *
 * @param b pairs with the first decision right (or positive) and the second wrong (or negative); whole number ≥ 0
 * @param c pairs the other way round
 * @returns for b = c = 0 the reason `'no-discordant-pairs'`: the exact P is 1 since no other outcome was possible, the
 * others are NaN
 * @throws InvalidArgumentError for other counts or impossible options
 * @example
 * ```ts
 * import { mcnemar } from '@steatosis/stats';
 *
 * console.log(mcnemar(12, 3).p.toFixed(4)); // 0.0352
 * console.log(mcnemar(12, 3, { method: 'mid-p' }).p.toFixed(4)); // 0.0213
 * console.log(mcnemar(12, 3, { method: 'chi-square' }).p.toFixed(4)); // 0.0389
 * ```
 */
export function mcnemar(b: number, c: number, options: McNemarOptions = {}): McNemarResult {
  checkedOptions(options, ['method', 'continuityCorrection', 'level']);
  const level = checkedLevel(options.level);
  const chosen = checkedChoice('method', options.method ?? 'exact', [
    'exact',
    'mid-p',
    'chi-square',
  ]);
  checkedCount('b', b);
  checkedCount('c', c);
  const { continuityCorrection = true } = options;
  const { statistic, method, p, logP } =
    chosen === 'chi-square'
      ? asymptotic(b, c, continuityCorrection)
      : conditional(b, c, chosen === 'mid-p');
  return {
    statistic,
    degreesOfFreedom: chosen === 'chi-square' ? 1 : Number.NaN,
    p,
    logP,
    oddsRatio: b / c,
    interval: oddsInterval(b, c, level),
    level,
    b,
    c,
    n: b + c,
    method,
    ...(b + c === 0 ? { reason: 'no-discordant-pairs' as const } : {}),
  };
}

interface Tested extends PValue {
  statistic: number;
  method: string;
}

function asymptotic(b: number, c: number, corrected: boolean): Tested {
  const method = `McNemar's chi-square test ${corrected ? 'with' : 'without'} continuity correction`;
  if (b + c === 0) return { statistic: Number.NaN, ...UNKNOWN_P, method };
  const statistic = (Math.abs(b - c) - (corrected ? 1 : 0)) ** 2 / (b + c);
  return { statistic, ...chiSquareUpper(statistic, 1), method };
}

function conditional(b: number, c: number, mid: boolean): Tested {
  const least = Math.min(b, c);
  const method = `McNemar's exact conditional test${mid ? ', mid-P' : ''}`;
  if (b + c === 0) return { statistic: 0, ...(mid ? UNKNOWN_P : { p: 1, logP: 0 }), method };
  // The coins' median: half of all outcomes or more lie on either side.
  if (!mid && Math.abs(b - c) <= 1) return { statistic: least, p: 1, logP: 0, method };
  const tail = binomialTail(least, b + c, 0.5);
  const upTo = { p: tail.lower, logP: tail.logLower };
  if (!mid) return { statistic: least, ...doubled(upTo), method };
  if (b === c) {
    const p = 1.5 - upTo.p;
    return { statistic: least, p, logP: Math.log(p), method };
  }
  // 2 (P(X < least) + ½ P(X = least)) is the sum of the tails with and without the observed outcome.
  const below =
    least === 0 ? { lower: 0, logLower: -Infinity } : binomialTail(least - 1, b + c, 0.5);
  return {
    statistic: least,
    p: upTo.p + below.lower,
    logP: upTo.logP + Math.log1p(Math.exp(below.logLower - upTo.logP)),
    method,
  };
}

function oddsInterval(b: number, c: number, level: number): Interval {
  const share = (successes: number, failures: number) =>
    proportionInterval(successes, b + c, { method: 'clopper-pearson', level }).interval[failures];
  // Each limit's complement comes from the mirrored interval, which keeps the digits near 1.
  return [share(b, 0) / share(c, 1), share(b, 1) / share(c, 0)];
}
