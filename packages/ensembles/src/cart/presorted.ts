import type { DenseMatrix } from '../data/matrix.js';
import { argsortFloat32 } from '../sort/argsort.js';
import type { CartMemory } from './cart-memory.js';

/**
 * The training rows in ascending order of every feature: sorted once, shared by all nodes of all trees.
 *
 * Rows of weight 0 are left out, as scikit-learn's trees do.
 */
export interface PresortedColumns {
  readonly memory: CartMemory;
  /** Rows of the matrix. */
  readonly rows: number;
  readonly columns: number;
  /** Rows that count. */
  readonly count: number;
  /** Address of the values, float32: that of row r in feature f is number `f · rows + r`. */
  readonly values: number;
  /** Address of the rows that count in ascending order of feature f, number `f · count` on, 32 bits each. */
  readonly order: number;
}

export function presort(
  memory: CartMemory,
  { data, rows, columns }: DenseMatrix<Float32Array>,
  weights: Float64Array | undefined,
): PresortedColumns {
  const used = rowsThatCount(rows, weights);
  const count = used.length;
  const values = memory.reserve(4 * rows * columns);
  const order = memory.reserve(4 * count * columns);
  const column = new Float32Array(count);
  for (let feature = 0; feature < columns; feature++) {
    const at = values / 4 + feature * rows;
    for (let row = 0; row < rows; row++) memory.f32[at + row] = data[row * columns + feature];
    for (let i = 0; i < count; i++) column[i] = memory.f32[at + used[i]];
    const sorted = argsortFloat32(column, count);
    const to = order / 4 + feature * count;
    for (let i = 0; i < count; i++) memory.i32[to + i] = used[sorted[i]];
  }
  return { memory, rows, columns, count, values, order };
}

/** Rows whose weight is above 0, ascending. */
export function rowsThatCount(rows: number, weights: Float64Array | undefined): Int32Array {
  const used = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    used[count] = row;
    if (!weights || weights[row] > 0) count++;
  }
  return used.subarray(0, count);
}
