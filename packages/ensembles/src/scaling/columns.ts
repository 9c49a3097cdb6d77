import type { DenseMatrix } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';

/**
 * Mean, population variance and its root, the standard deviation, of each column, NaN left out. A column that is
 * constant up to rounding (scikit-learn's rule: variance ≤ n·ε·variance + (n·mean·ε)²) has variance 0 and deviation 1;
 * an empty column has mean 0.
 *
 * @throws InvalidDataError when a variance overflows
 */
export function columnMoments({ data, rows, columns }: DenseMatrix): {
  means: Float64Array;
  variances: Float64Array;
  deviations: Float64Array;
} {
  const variances = new Float64Array(columns);
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
    if (!Number.isFinite(variance)) refuseSpread(column);
    const rounding = count * Number.EPSILON;
    means[column] = mean;
    if (variance > rounding * variance + (rounding * mean) ** 2) {
      variances[column] = variance;
      deviations[column] = Math.sqrt(variance);
    }
  }
  return { means, variances, deviations };
}

/**
 * Minimum and maximum − minimum of each column, NaN left out; the range of a constant column is 1.
 *
 * @throws InvalidDataError when a range overflows
 */
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
    if (most - least === Infinity) refuseSpread(column);
    if (most > least) ranges[column] = most - least;
  }
  return { minimums, ranges };
}

function refuseSpread(column: number): never {
  throw new InvalidDataError(
    'x',
    'the values spread further than a float64 can hold; give the feature in a greater unit.',
    { column },
  );
}
