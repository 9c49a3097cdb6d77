import { type Matrix, ROW_BLOCK } from './matrix.js';

/** Mean and biased variance of every channel over a batch, kept in float64. */
export interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export function newMoments(channels: number): Moments {
  return { mean: new Float64Array(channels), variance: new Float64Array(channels) };
}

/**
 * Measure the columns `start … start + channels − 1` into the same places of `moments`. Values are taken
 * relative to the first row, so that a large common offset costs no digits.
 */
export function measure(x: Matrix, start: number, channels: number, moments: Moments): void {
  const { data, rows, stride } = x;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let from = 0; from < rows; from += ROW_BLOCK) {
    const to = Math.min(from + ROW_BLOCK, rows);
    for (let c = 0; c < channels; c++) {
      const offset = data[start + c];
      let sum = 0;
      let square = 0;
      for (let row = from, i = from * stride + start + c; row < to; row++, i += stride) {
        const value = data[i] - offset;
        sum += value;
        square += value * value;
      }
      sums[c] += sum;
      squares[c] += square;
    }
  }
  for (let c = 0; c < channels; c++) {
    const mean = sums[c] / rows;
    moments.mean[start + c] = data[start + c] + mean;
    moments.variance[start + c] = Math.max(squares[c] / rows - mean * mean, 0);
  }
}
