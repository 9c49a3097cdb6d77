import { InvalidArgumentError } from '@steatosis/core';
import { checkedArray, finiteOrThrow, keptSample, type Numbers } from '../checks.js';
import type { NanPolicy } from '../reason.js';

/** A full table of ratings. */
export interface Ratings {
  /** One subject after the other. */
  values: Float64Array;
  subjects: number;
  raters: number;
}

/**
 * Subjects that have all their ratings; `'nan'` when one lacks under `propagate`.
 *
 * @throws InvalidArgumentError for rows of different length, values that are no finite numbers, a NaN under `raise`
 * @internal
 */
export function completeRatings(
  rows: readonly Numbers[],
  policy: NanPolicy | undefined,
): Ratings | 'nan' {
  checkedRows(rows);
  rows.forEach((row, i) => checkedArray(`rows[${i}]`, row));
  const raters = rows.length === 0 ? 0 : rows[0].length;
  const kept: Float64Array[] = [];
  let missing = false;
  rows.forEach((row, i) => {
    const found = keptSample(`rows[${i}]`, row, policy);
    if (row.length !== raters) {
      throw new InvalidArgumentError(
        `rows[${i}]`,
        `${row.length} ratings`,
        `${raters}, as many as the first subject has; NaN where one is missing`,
      );
    }
    if (found === 'nan') {
      missing = true;
    } else {
      finiteOrThrow(`rows[${i}]`, found);
      if (found.length === raters) kept.push(found);
    }
  });
  if (missing) return 'nan';
  const values = new Float64Array(kept.length * raters);
  kept.forEach((row, i) => values.set(row, i * raters));
  return { values, subjects: kept.length, raters };
}

/** @throws InvalidArgumentError unless it is an array */
export function checkedRows(rows: readonly Numbers[]): void {
  if (!Array.isArray(rows)) {
    throw new InvalidArgumentError('rows', rows, 'an array with one row of ratings per subject');
  }
}
