import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedLevel, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import type { PValue } from '../special/p-value.js';
import {
  type ConditionalCell,
  conditionalCell,
  firstCount,
  likeliest,
  logLowerShare,
  logProbability,
  logUpperShare,
} from './conditional-cell.js';
import { conditionalOdds, conditionalOddsInterval } from './conditional-odds.js';
import { AS_LIKELY, freemanHalton } from './freeman-halton.js';
import { checkedTable, type Counts, hasEmptyMargin, type Margins } from './table.js';

/** Options of {@link fisherExact}. */
export interface FisherExactOptions {
  /** `greater`: the odds ratio is above 1. Default `'two-sided'`, the only one of tables larger than 2 × 2. */
  alternative?: Alternative;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
}

/** Fisher's exact test, of a 2 × 2 table with both odds ratios. */
export interface FisherExact {
  /** ad/(bc) of the counts, as SciPy has it; Infinity when b or c is 0. NaN for larger tables. */
  sampleOddsRatio: number;
  /** The conditional maximum-likelihood estimate, as R has it. NaN for larger tables. */
  conditionalOddsRatio: number;
  /** Exact interval of the conditional odds ratio; one-sided under a one-sided alternative. NaN for larger tables. */
  interval: Interval;
  /** P of independence under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Observations in all. */
  n: number;
  alternative: Alternative;
  level: number;
  /** The test in words. */
  method: string;
  /**
   * `'zero-margin'` where a row or column is empty, `'too-few-observations'` where all are; `'not-two-by-two'` where P is there but no odds
   * ratio; absent otherwise.
   */
  reason?: Reason;
}

/** Standard deviation of a cell up to which sums over its counts are a matter of moments. */
const MOST_SPREAD = 1e5;

/**
 * Fisher's exact test of a 2 × 2 table, and Freeman and Halton's of larger ones.
 *
 * Two-sided P sums all tables with the same margins that are not likelier than the one found (as likely but for rounding:
 * 1e-7, as R and SciPy). With an empty row or column there is only one such table; its P of 1 would say nothing, so it is NaN
 * here. Larger tables are followed through a network (Mehta and Patel 1983): hundreds of observations in 3 × 3 cells or tens in
 * 5 × 5 take less than a second; work is bounded at a few seconds.
 *
 * Source: Fisher (1935) J. R. Stat. Soc. 98:39; Cornfield (1956) for the exact interval; Freeman and Halton (1951) Biometrika
 * 38:141.
 *
 * @param table whole counts ≥ 0, two rows and columns or more
 * @returns NaN with a `reason` where a row or column is empty
 * @throws InvalidArgumentError for what is no table of counts, a one-sided alternative of a larger table, a table too large for an
 *   exact test (then use `chiSquareTest`), or an impossible option
 * @example
 * ```ts
 * import { fisherExact } from '@steatosis/stats';
 *
 * // men and women of steatosis grade 0 and 1
 * const { p, sampleOddsRatio, conditionalOddsRatio, interval } = fisherExact([[24, 14], [6, 6]]);
 * console.log(p.toFixed(3)); // 0.506
 * console.log(sampleOddsRatio.toFixed(3), conditionalOddsRatio.toFixed(3)); // 1.714 1.695
 * console.log(interval.map((limit) => limit.toFixed(2))); // [ '0.37', '7.77' ]
 *
 * // three scanners by three grades
 * console.log(fisherExact([[10, 4, 3], [5, 8, 9], [2, 6, 14]]).p.toFixed(4)); // 0.0088
 * ```
 */
export function fisherExact(table: Counts, options: FisherExactOptions = {}): FisherExact {
  checkedOptions(options, ['alternative', 'level']);
  const alternative = checkedAlternative(options.alternative);
  const level = checkedLevel(options.level);
  const margins = checkedTable(table);
  const { rows, columns, total } = margins;
  const twoByTwo = rows.length === 2 && columns.length === 2;
  if (!twoByTwo && alternative !== 'two-sided') {
    throw new InvalidArgumentError(
      'alternative',
      alternative,
      "'two-sided': a table larger than 2 × 2 departs from independence in many directions",
    );
  }
  const { NaN: nan } = Number;
  const unknown: Pick<FisherExact, 'sampleOddsRatio' | 'conditionalOddsRatio' | 'interval'> = {
    sampleOddsRatio: nan,
    conditionalOddsRatio: nan,
    interval: [nan, nan],
  };
  const common = { n: total, alternative, level, method: nameOf(margins) };
  if (hasEmptyMargin(margins)) {
    const reason = total === 0 ? 'too-few-observations' : 'zero-margin';
    return { ...unknown, p: nan, logP: nan, ...common, reason };
  }
  const p = exactP(table, margins, alternative);
  if (p === undefined) {
    throw new InvalidArgumentError(
      'table',
      `margins ${rows.join(', ')}; ${columns.join(', ')}`,
      'fewer counts or cells; use chiSquareTest, which takes no time, or merge rows or columns',
    );
  }
  if (!twoByTwo) return { ...unknown, ...p, ...common, reason: 'not-two-by-two' };
  const [[a, b], [c, d]] = table;
  const cell = conditionalCell(rows[0], columns[0], total);
  return {
    sampleOddsRatio: (a / b) * (d / c),
    conditionalOddsRatio: conditionalOdds(cell, a),
    interval: conditionalOddsInterval(cell, a, alternative, level),
    ...p,
    ...common,
  };
}

/** The test in words. */
export function nameOf({ rows, columns }: Margins): string {
  const larger = rows.length > 2 || columns.length > 2;
  return `Fisher's exact test${larger ? ' (Freeman and Halton)' : ''}`;
}

/**
 * P of a table without empty rows and columns.
 *
 * @returns undefined where it would take too long
 * @internal
 */
export function exactP(
  table: Counts,
  margins: Margins,
  alternative: Alternative = 'two-sided',
): PValue | undefined {
  const { rows, columns, total } = margins;
  if (rows.length > 2 || columns.length > 2) return freemanHalton(table, margins);
  const [row, column] = [rows[0], columns[0]];
  const variance = row * (rows[1] / total) * (column / total) * (columns[1] / total);
  if (variance > MOST_SPREAD ** 2) return undefined;
  const logP = logPOf(conditionalCell(row, column, total), table[0][0], alternative);
  return { p: Math.exp(logP), logP };
}

function logPOf(cell: ConditionalCell, found: number, alternative: Alternative): number {
  if (alternative === 'less') return logLowerShare(cell, 0, found);
  if (alternative === 'greater') return logUpperShare(cell, 0, found);
  // Probabilities fall on both sides of the likeliest count, so those that count are two tails.
  const limit = logProbability(cell, found) + AS_LIKELY;
  const top = likeliest(cell, 0);
  const counts = (k: number): boolean => logProbability(cell, k) <= limit;
  if (counts(top)) return 0;
  const upper = firstCount(top, cell.most + 1, (k) => k > cell.most || counts(k));
  const lower = firstCount(cell.least, top, (k) => !counts(k)) - 1;
  const tails = [
    lower < cell.least ? -Infinity : logLowerShare(cell, 0, lower),
    upper > cell.most ? -Infinity : logUpperShare(cell, 0, upper),
  ];
  const high = Math.max(...tails);
  return Math.min(0, high + Math.log1p(Math.exp(Math.min(...tails) - high)));
}
