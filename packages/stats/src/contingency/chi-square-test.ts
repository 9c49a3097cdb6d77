import { checkedOptions } from '../checks.js';
import type { Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { type Departure, departuresOf, deviancePart } from './departures.js';
import { checkedTable, type Counts, hasEmptyMargin, type Margins } from './table.js';

/** Options of {@link chiSquareTest}. */
export interface ChiSquareTestOptions {
  /** Yates's correction of 2 × 2 tables, ignored for larger ones. Default true, as R and SciPy have it. */
  continuityCorrection?: boolean;
}

/** A test of independence of a table's rows and columns. */
export interface ContingencyTest {
  /** χ² or G. */
  statistic: number;
  /** (rows − 1)(columns − 1) */
  degreesOfFreedom: number;
  /** P of independence. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Observations in all. */
  n: number;
  /** Counts expected under independence, by row and column. */
  expected: number[][];
  /** Cells that expect fewer than 5: with many of them the χ² distribution is doubtful, and Fisher's test better. */
  expectedBelowFive: number;
  /** √(χ²/(n·min(rows − 1, columns − 1))) without the correction, 0 … 1. */
  cramersV: number;
  /** The test in words. */
  method: string;
  /** `'zero-margin'` where a row or column is empty, or `'too-few-observations'`; absent otherwise. */
  reason?: Reason;
}

/**
 * Pearson's χ² test of independence.
 *
 * Source: Pearson (1900); Yates (1934) for the correction; Cramér (1946) for V.
 *
 * @param table whole counts ≥ 0, two rows and columns or more
 * @returns NaN with a `reason` where a row or column is empty
 * @throws InvalidArgumentError for what is no table of counts or an impossible option
 * @example
 * ```ts
 * import { chiSquareTest } from '@steatosis/stats';
 *
 * // men and women of steatosis grade 0 and 1
 * const { p, cramersV } = chiSquareTest([[24, 14], [6, 6]], { continuityCorrection: false });
 * console.log(p.toFixed(3), cramersV.toFixed(3)); // 0.417 0.115
 * ```
 */
export function chiSquareTest(table: Counts, options: ChiSquareTestOptions = {}): ContingencyTest {
  checkedOptions(options, ['continuityCorrection']);
  const margins = checkedTable(table);
  const { rows, columns } = margins;
  const corrected =
    (options.continuityCorrection ?? true) && rows.length === 2 && columns.length === 2;
  return recordOf(
    table,
    margins,
    corrected ? correctedSquare : square,
    `Pearson's χ² test${corrected ? ", Yates's continuity correction" : ''}`,
  );
}

/**
 * The G test (likelihood ratio) of independence.
 *
 * Source: Woolf (1957) Ann. Hum. Genet. 21:397.
 *
 * @param table whole counts ≥ 0, two rows and columns or more
 * @returns NaN with a `reason` where a row or column is empty
 * @throws InvalidArgumentError for what is no table of counts
 * @example
 * ```ts
 * import { gTest } from '@steatosis/stats';
 *
 * console.log(gTest([[24, 14], [6, 6]]).p.toFixed(3)); // 0.420
 * ```
 */
export function gTest(table: Counts): ContingencyTest {
  return recordOf(
    table,
    checkedTable(table),
    (cell) => 2 * deviancePart(cell),
    'G test (likelihood ratio)',
  );
}

/**
 * Cramér's V, how far rows and columns go together; |φ| of a 2 × 2 table.
 *
 * @param table whole counts ≥ 0, two rows and columns or more
 * @returns 0 … 1; NaN where a row or column is empty
 * @throws InvalidArgumentError for what is no table of counts
 * @example
 * ```ts
 * import { cramersV } from '@steatosis/stats';
 *
 * console.log(cramersV([[24, 14], [6, 6]]).toFixed(4)); // 0.1147
 * ```
 */
export function cramersV(table: Counts): number {
  return chiSquareTest(table).cramersV;
}

/** (count − expected)² / expected */
function square({ expected, distance }: Departure): number {
  return (distance / expected) * distance;
}

/** The same with the distance less ½, but not below 0. */
function correctedSquare({ expected, distance }: Departure): number {
  return Math.max(0, Math.abs(distance) - 0.5) ** 2 / expected;
}

function recordOf(
  table: Counts,
  margins: Margins,
  part: (cell: Departure) => number,
  method: string,
): ContingencyTest {
  const { rows, columns, total } = margins;
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1);
  const expected = rows.map((row) => columns.map((column) => row * (column / total)));
  const common = {
    degreesOfFreedom,
    n: total,
    expected,
    expectedBelowFive: expected.flat().filter((count) => count < 5).length,
    method,
  };
  const { NaN: nan } = Number;
  if (hasEmptyMargin(margins)) {
    const reason = total === 0 ? 'too-few-observations' : 'zero-margin';
    return { statistic: nan, p: nan, logP: nan, ...common, cramersV: nan, reason };
  }
  const cells = departuresOf(table, margins);
  const statistic = cells.reduce((all, cell) => all + part(cell), 0);
  const plain = cells.reduce((all, cell) => all + square(cell), 0);
  const least = Math.min(rows.length, columns.length) - 1;
  return {
    statistic,
    ...chiSquareUpper(statistic, degreesOfFreedom),
    ...common,
    cramersV: Math.min(1, Math.sqrt(plain / total / least)),
  };
}
