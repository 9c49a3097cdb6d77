import { InvalidArgumentError } from '@steatosis/core';
import { checkedCount } from '../checks.js';

/** Counts by row and column. */
export type Counts = readonly (readonly number[])[];

/** Sums of rows and columns. */
export interface Margins {
  rows: number[];
  columns: number[];
  total: number;
}

/** @throws InvalidArgumentError unless it is a table of counts with two rows and columns or more */
export function checkedTable(table: Counts): Margins {
  const found: unknown = table;
  if (
    !Array.isArray(found) ||
    table.length < 2 ||
    !Array.isArray(found[0]) ||
    found[0].length < 2
  ) {
    throw new InvalidArgumentError('table', found, 'two rows or more of two counts or more');
  }
  const width = table[0].length;
  table.forEach((row, i) => {
    if (row.length !== width) {
      throw new InvalidArgumentError(
        `table[${i}]`,
        `${row.length} counts`,
        `${width}, as the first row`,
      );
    }
    row.forEach((count, j) => checkedCount(`table[${i}][${j}]`, count));
  });
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const rows = table.map(sum);
  const columns = table[0].map((_, j) => sum(table.map((row) => row[j])));
  return { rows, columns, total: sum(rows) };
}

/** @throws InvalidArgumentError unless it is a table of two rows and two columns of counts */
export function checkedTwoByTwo(table: Counts): Margins {
  const margins = checkedTable(table);
  const { rows, columns } = margins;
  if (rows.length !== 2 || columns.length !== 2) {
    const shape = `${rows.length} × ${columns.length} counts`;
    throw new InvalidArgumentError('table', shape, 'two rows of two counts');
  }
  return margins;
}

/** Does a row or column hold nothing? Then its variable does not vary. */
export function hasEmptyMargin({ rows, columns }: Margins): boolean {
  return rows.includes(0) || columns.includes(0);
}
