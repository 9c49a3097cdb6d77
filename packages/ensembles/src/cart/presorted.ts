import type { DenseMatrix } from '../data/matrix.js';
import { argsortFloat32 } from '../sort/argsort.js';

/**
 * The training rows in ascending order of every feature: sorted once, shared by all nodes of all trees.
 *
 * Rows of weight 0 are left out, as scikit-learn's trees do.
 */
export interface PresortedColumns {
  /** Rows of the matrix. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that count. */
  readonly count: number;
  /** Value of row r in feature f at `f · rows + r`. */
  readonly values: Float32Array;
  /** The rows that count in ascending order of feature f, from `f · count` on. */
  readonly order: Int32Array;
}

export function presort(
  matrix: DenseMatrix<Float32Array>,
  weights: Float64Array | undefined,
): PresortedColumns {
  const { data, rows, columns } = matrix;
  const used: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!weights || weights[row] > 0) used.push(row);
  }
  const count = used.length;
  const values = new Float32Array(rows * columns);
  const order = new Int32Array(count * columns);
  const column = new Float32Array(count);
  for (let feature = 0; feature < columns; feature++) {
    for (let row = 0; row < rows; row++) {
      values[feature * rows + row] = data[row * columns + feature]!;
    }
    for (let i = 0; i < count; i++) column[i] = values[feature * rows + used[i]]!;
    const sorted = argsortFloat32(column, count);
    for (let i = 0; i < count; i++) order[feature * count + i] = used[sorted[i]]!;
  }
  return { rows, columns, count, values, order };
}
