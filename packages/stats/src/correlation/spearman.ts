import { checkedAlternative, checkedChoice } from '../alternative.js';
import {
  checkedLevel,
  checkedOptions,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import type { SpearmanInterval } from './rank-interval.js';
import type { CorrelationOptions } from './result.js';
import type { SpearmanMethod } from './spearman-p.js';
import { centredRanks } from './centred-ranks.js';
import { type SpearmanCorrelation, spearmanOfRanks, unknownSpearman } from './spearman-of-ranks.js';

/** Options of {@link spearman}. */
export interface SpearmanOptions extends CorrelationOptions {
  /**
   * Where P comes from. The three answers differ, and the result names the one that it holds.
   *
   * - `'t'` (default): Student's t approximation, what SPSS and SciPy print
   * - `'exact'`: all orders of the ranks, also of mid-ranks where values tie. The two-sided P counts every |ρ| at least as large
   *   as the one found. Up to 17 pairs, more for a large ρ or where one variable has few levels.
   * - `'edgeworth'`: what R's `cor.test` prints for up to 1289 pairs: an Edgeworth series from 10 pairs on, all orders for
   *   fewer, t where values tie. The two-sided P is twice the smaller tail.
   */
  method?: SpearmanMethod;
  /** Standard error behind the interval. Default `'bonett-wright'`. */
  interval?: SpearmanInterval;
}

/**
 * Spearman's rank correlation of two variables, with its P and interval.
 *
 * Ties share their mid-rank; −0 and +0 tie; infinities are ranked like other numbers. The interval is
 * tanh(atanh ρ ± z·SE) with one of four standard errors (see {@link SpearmanInterval}).
 *
 * Sources: t = ρ √((n − 2)/(1 − ρ²)) (Kendall 1948, Rank Correlation Methods); the Edgeworth series of Best and Roberts
 * (1975, algorithm AS 89, Appl. Statist. 24:377).
 *
 * @param x one number per observation
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two pairs, a constant variable or NaN (see `nanPolicy`). Of two pairs only
 *   `'exact'` has a P. Where the Edgeworth series leaves 0 … 1, P is cut there with the reason `outside-approximation`.
 * @throws InvalidArgumentError for arrays of different length, an impossible option, or `'exact'` for more pairs than can be
 *   counted
 * @example
 * ```ts
 * import { spearman } from '@steatosis/stats';
 *
 * const steatosisGrade = [0, 0, 1, 0, 1, 2, 3, 0];
 * const pdffPercent = [2.1, 3.3, 8.0, 4.4, 6.9, 16.2, 27.5, 5.8];
 * const result = spearman(steatosisGrade, pdffPercent);
 * console.log(result.coefficient.toFixed(4)); // 0.9322
 * console.log(result.p.toFixed(5)); // 0.00074
 * console.log(spearman(steatosisGrade, pdffPercent, { method: 'exact' }).p.toFixed(5)); // 0.00238
 * ```
 */
export function spearman(
  x: Numbers,
  y: Numbers,
  options: SpearmanOptions = {},
): SpearmanCorrelation {
  checkedOptions(options, ['method', 'interval', 'level', 'alternative', 'nanPolicy']);
  const asked = {
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
    method: checkedChoice('method', options.method ?? 't', ['t', 'exact', 'edgeworth']),
    interval: checkedChoice('interval', options.interval ?? 'bonett-wright', [
      'bonett-wright',
      'fieller',
      'caruso-cliff',
      'fisher',
    ]),
  };
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  if (kept === 'nan') return unknownSpearman(x.length, asked, 'nan-input');
  return spearmanOfRanks(
    centredRanks(keptValues(x, kept)),
    centredRanks(keptValues(y, kept)),
    asked,
  );
}
