import { createRandom } from '@steatosis/core';
import fc from 'fast-check';

export interface RandomTable {
  x: number[][];
  y: number[];
}

/** Tables with a signal, ties and, on demand, missing values; both classes occur. */
export function tables(options: { missing?: boolean } = {}): fc.Arbitrary<RandomTable> {
  return fc
    .record({
      seed: fc.integer(),
      rows: fc.integer({ min: 10, max: 60 }),
      columns: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ seed, rows, columns }) => randomTable(seed, rows, columns, options.missing ?? false));
}

export function randomTable(
  seed: number,
  rows: number,
  columns: number,
  missing: boolean,
): RandomTable {
  const random = createRandom(seed);
  const x = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () =>
      missing && random.uniform() < 0.2 ? Number.NaN : Math.round(8 * random.normal()) / 8,
    ),
  );
  const y = x.map((row) => Number((Number.isNaN(row[0]) ? 0.5 : row[0]) + random.normal() > 0));
  y[0] = 0;
  y[1] = 1;
  return { x, y };
}

/** The rows of an array in another order. */
export function reorder<T>(rows: readonly T[], order: ArrayLike<number>): T[] {
  return Array.from(order, (row) => rows[row]);
}
