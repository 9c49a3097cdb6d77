import type { DenseMatrix } from '../data/matrix.js';

/**
 * Mean and population standard deviation of each column, NaN left out. The deviation of a column that is constant
 * up to rounding (scikit-learn's rule: variance ≤ n·ε·variance + (n·mean·ε)²) is 1; an empty column has mean 0.
 */
export function columnMoments({ data, rows, columns }: DenseMatrix): {
  means: Float64Array;
  deviations: Float64Array;
} {
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns).fill(1);
  for (let column = 0; column < columns; column++) {
    let count = 0;
    let sum = 0;
    for (let i = column; i < data.length; i += columns) {
      if (Number.isNaN(data[i])) continue;
      sum += data[i];
      count++;
    }
    if (count === 0) continue;
    const mean = sum / count;
    let squares = 0;
    let rest = 0;
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + column];
      if (Number.isNaN(value)) continue;
      squares += (value - mean) ** 2;
      rest += value - mean;
    }
    // The second term takes off what the rounding of the mean added.
    const variance = (squares - (rest * rest) / count) / count;
    const rounding = count * Number.EPSILON;
    means[column] = mean;
    if (variance > rounding * variance + (rounding * mean) ** 2) {
      deviations[column] = Math.sqrt(variance);
    }
  }
  return { means, deviations };
}

/** Minimum and maximum − minimum of each column, NaN left out; the range of a constant column is 1. */
export function columnRanges({ data, columns }: DenseMatrix): {
  minimums: Float64Array;
  ranges: Float64Array;
} {
  const minimums = new Float64Array(columns);
  const ranges = new Float64Array(columns).fill(1);
  for (let column = 0; column < columns; column++) {
    let least = Infinity;
    let most = -Infinity;
    for (let i = column; i < data.length; i += columns) {
      least = data[i] < least ? data[i] : least;
      most = data[i] > most ? data[i] : most;
    }
    if (least === Infinity) continue;
    minimums[column] = least;
    if (most > least) ranges[column] = most - least;
  }
  return { minimums, ranges };
}
