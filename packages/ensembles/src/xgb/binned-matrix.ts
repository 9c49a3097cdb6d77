import type { DenseMatrix } from '../data/matrix.js';
import { findCuts, type HistogramCuts } from './cuts.js';

/** The training features as bin numbers, column by column. */
export interface BinnedMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Bin of row r in feature f at `f · rows + r`, counted from the feature's first slot. */
  readonly bins: Uint8Array | Uint16Array;
  /** First histogram slot of each feature; columns + 1 numbers. */
  readonly slots: Int32Array;
  /**
   * Whether any value is missing. If so each feature has one slot more than bins, its last, where missing
   * values gather: that keeps the loop over rows free of branches.
   */
  readonly hasMissing: boolean;
  readonly cuts: HistogramCuts;
}

/** Sketch the columns and replace every value by its bin. */
export function binMatrix(
  matrix: DenseMatrix<Float32Array>,
  weights: Float32Array | undefined,
  maxBin: number,
): BinnedMatrix {
  const { data, rows, columns } = matrix;
  const cuts = findCuts(matrix, weights, maxBin);
  const hasMissing = data.some(Number.isNaN);
  const extra = hasMissing ? 1 : 0;
  const slots = new Int32Array(columns + 1);
  let widest = 0;
  for (let column = 0; column < columns; column++) {
    const width = cuts.pointers[column + 1] - cuts.pointers[column] + extra;
    slots[column + 1] = slots[column] + width;
    widest = Math.max(widest, width);
  }
  const bins = widest <= 256 ? new Uint8Array(rows * columns) : new Uint16Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    const begin = cuts.pointers[column];
    const end = cuts.pointers[column + 1];
    const base = column * rows;
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column];
      bins[base + row] = Number.isNaN(value)
        ? end - begin
        : binOf(cuts.values, begin, end, value) - begin;
    }
  }
  return { rows, columns, bins, slots, hasMissing, cuts };
}

/** Index of the first cut above `value`, the last one if none is. */
function binOf(cuts: Float32Array, begin: number, end: number, value: number): number {
  let low = begin;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
