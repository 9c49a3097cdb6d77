import { InvalidArgumentError } from '@steatosis/core';
import { checkedArray, checkedOptions, keptSample, type Numbers } from '../checks.js';
import { doubledRanks } from '../numeric/ranks.js';
import { chiSquareUpper } from '../special/chi-square.js';
import type { GroupsTestOptions } from './anova.js';
import { type GroupsTest, undefinedGroups } from './f-result.js';
import { tieSum } from './ties.js';

/** A Friedman test with its effect size. */
export interface Friedman extends GroupsTest<number> {
  /** Kendall's W, the concordance of the rows, 0 … 1. */
  kendallsW: number;
}

/**
 * The Friedman test of matched measurements: does one of several treatments (readers, scanners) rank higher?
 *
 * Source: Friedman (1937) JASA 32:675, with the correction for ties.
 *
 * @param rows one array per subject, with as many numbers as there are treatments (two or more); under `omit` a row
 *   with a NaN is left out
 * @returns NaN with a `reason` for no rows, rows of equal values only, or NaN; `n` counts rows
 * @throws InvalidArgumentError for rows of different length or an impossible option
 * @example
 * ```ts
 * import { friedman } from '@steatosis/stats';
 *
 * const { statistic, p, kendallsW } = friedman([[1, 2, 3], [1, 3, 2], [1, 2, 3], [2, 1, 3]]);
 * console.log(statistic, p.toFixed(3), kendallsW); // 4.5 0.105 0.5625
 * ```
 */
export function friedman(rows: readonly Numbers[], options: GroupsTestOptions = {}): Friedman {
  checkedOptions(options, ['nanPolicy']);
  const method = 'Friedman test, corrected for ties, P by the χ² distribution';
  const treatments = treatmentsOf(rows);
  const unknown = { kendallsW: Number.NaN };
  const df = treatments - 1;
  const kept: Float64Array[] = [];
  for (const [i, row] of rows.entries()) {
    const values = keptSample(`rows[${i}]`, row, options.nanPolicy);
    if (values === 'nan') {
      return { ...undefinedGroups(rows.length, df, method, 'nan-input'), ...unknown };
    }
    if (values.length === treatments) kept.push(values);
  }
  const n = kept.length;
  if (n === 0) return { ...undefinedGroups(n, df, method, 'too-few-observations'), ...unknown };
  const excess = new Float64Array(treatments);
  let ties = 0;
  for (const row of kept) {
    const ranks = doubledRanks(row);
    ties += tieSum(ranks);
    for (let j = 0; j < treatments; j++) excess[j] += ranks[j] - (treatments + 1);
  }
  const untied = 1 - ties / (n * (treatments ** 3 - treatments));
  if (!(untied > 0)) return { ...undefinedGroups(n, df, method, 'constant-input'), ...unknown };
  const squares = excess.reduce((sum, value) => sum + value * value, 0) / 4;
  const statistic = (12 * squares) / (n * treatments * (treatments + 1)) / untied;
  return {
    statistic,
    degreesOfFreedom: df,
    ...chiSquareUpper(statistic, df),
    n,
    kendallsW: statistic / (n * df),
    method,
  };
}

function treatmentsOf(rows: readonly Numbers[]): number {
  const found: unknown = rows;
  if (!Array.isArray(found)) {
    throw new InvalidArgumentError('rows', found, 'an array of rows, one for each subject');
  }
  rows.forEach((row, i) => checkedArray(`rows[${i}]`, row));
  const treatments = rows.length === 0 ? 2 : rows[0].length;
  const other = rows.findIndex((row) => row.length !== treatments);
  if (treatments < 2 || other >= 0) {
    throw new InvalidArgumentError(
      `rows[${Math.max(0, other)}]`,
      `${rows[Math.max(0, other)].length} values`,
      `two values or more, as many in every row: one for each treatment`,
    );
  }
  return treatments;
}
