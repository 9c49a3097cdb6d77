import type { DenseMatrix } from '../data/matrix.js';
import { prune } from './summary.js';
import { QuantileSketch, SKETCH_FACTOR } from './quantile-sketch.js';

/** Where the bins of every feature end. */
export interface HistogramCuts {
  /** Bins of feature f are `pointers[f]` … `pointers[f + 1] − 1`; columns + 1 numbers. */
  readonly pointers: Uint32Array;
  /** Upper bound of each bin, exclusive: a value belongs to the first bin whose bound exceeds it. */
  readonly values: Float32Array;
  /** A number below every value of the feature, one per feature. */
  readonly minimums: Float32Array;
}

/** What XGBoost adds so that the last cut lies beyond the maximum. */
const MARGIN = 9.999999747378752e-6; // float32 of 1e-5

/**
 * The cut points of each column: data values at evenly spaced (weighted) ranks, NaN left out.
 *
 * @param weights one per row, float32, or undefined for all 1
 */
export function findCuts(
  matrix: DenseMatrix<Float32Array>,
  weights: Float32Array | undefined,
  maxBin: number,
): HistogramCuts {
  const pointers = new Uint32Array(matrix.columns + 1);
  const minimums = new Float32Array(matrix.columns);
  const values: number[] = [];
  for (let column = 0; column < matrix.columns; column++) {
    minimums[column] = cutColumn(matrix, weights, maxBin, column, values);
    pointers[column + 1] = values.length;
  }
  return { pointers, values: Float32Array.from(values), minimums };
}

/** Append the cuts of one column to `values` and return its lower bound. */
function cutColumn(
  matrix: DenseMatrix<Float32Array>,
  weights: Float32Array | undefined,
  maxBin: number,
  column: number,
  values: number[],
): number {
  const { data, rows, columns } = matrix;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (!Number.isNaN(data[row * columns + column])) count++;
  }
  const sketch = new QuantileSketch(Math.max(1, count), maxBin);
  for (let row = 0; row < rows; row++) {
    const value = data[row * columns + column];
    if (!Number.isNaN(value)) sketch.push(value, weights ? weights[row] : 1);
  }
  const full = sketch.finish();
  if (full.size === 0) {
    values.push(Math.fround(MARGIN + (MARGIN + MARGIN)));
    return MARGIN;
  }
  const intermediate = Math.min(count, maxBin * SKETCH_FACTOR);
  const bins = Math.min(intermediate, maxBin);
  const summary = prune(prune(full, intermediate), bins + 1);
  const first = values.length;
  const required = Math.min(summary.size, bins);
  for (let i = 1; i < required; i++) {
    const cut = summary.value[i];
    if (values.length === first || cut > values.at(-1)!) values.push(cut);
  }
  // Both ends are computed in double and rounded once: the order of the operations is part of the format.
  const maximum = summary.value[summary.size - 1];
  values.push(Math.fround(maximum + (Math.abs(maximum) + MARGIN)));
  const minimum = summary.value[0];
  return minimum - Math.abs(minimum) - MARGIN;
}
