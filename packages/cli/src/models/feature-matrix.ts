import type { DenseMatrix } from '@steatosis/ensembles';
import type { DataColumn } from '../tables/data-column.js';
import type { DataTable } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';

/**
 * The cells of features as a matrix in shared memory, so that workers need no copies; NaN where a cell is empty.
 *
 * @throws TableError for a cell that is infinite, or that is text
 */
export function featureMatrix(
  table: DataTable,
  columns: readonly DataColumn[],
  rows: Int32Array,
): DenseMatrix<Float64Array<SharedArrayBuffer>> {
  const data = new Float64Array(new SharedArrayBuffer(8 * rows.length * columns.length));
  columns.forEach((column, c) => {
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!;
      const value = column.number(row);
      if (!Number.isFinite(value) && column.text(row) !== '') {
        throw new TableError(
          table.path,
          `${table.path}: ${column.name} is ${column.text(row)} on ${table.place(row)}; ` +
            'expected a finite number, or an empty cell for a missing value',
        );
      }
      data[r * columns.length + c] = value;
    }
  });
  return { data, rows: rows.length, columns: columns.length };
}

/** Some rows of a matrix, in the order given. */
export function rowsOfMatrix(
  matrix: DenseMatrix<Float64Array>,
  rows: ArrayLike<number>,
): DenseMatrix<Float64Array> {
  const { columns } = matrix;
  const data = new Float64Array(rows.length * columns);
  for (let r = 0; r < rows.length; r++) {
    const start = rows[r]! * columns;
    data.set(matrix.data.subarray(start, start + columns), r * columns);
  }
  return { data, rows: rows.length, columns };
}

/** Some of a vector's values, in the order of the rows given. */
export function valuesOf(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: rows.length }, (_, r) => values[rows[r]!]!);
}
