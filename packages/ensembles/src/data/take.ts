import { type DenseMatrix, type FeatureInput, float32Matrix, float64Matrix } from './matrix.js';
import type { NumericVector } from './targets.js';

/** The features row by row in one array, NaN allowed: float32 if that is what they are, otherwise float64. */
export function denseMatrix(x: FeatureInput): DenseMatrix {
  const isFloat32 =
    typeof x === 'object' &&
    x !== null &&
    !('shape' in x) &&
    (x as DenseMatrix).data instanceof Float32Array;
  return isFloat32
    ? float32Matrix(x, { missing: 'allow' })
    : float64Matrix(x, { missing: 'allow' });
}

/** Some rows of a matrix, in the order given. */
export function takeRows({ data, columns }: DenseMatrix, rows: ArrayLike<number>): DenseMatrix {
  const Values = data instanceof Float32Array ? Float32Array : Float64Array;
  const taken = new Values(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    taken.set(data.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  }
  return { data: taken, rows: rows.length, columns };
}

/** Some columns of a matrix, in the order given. */
export function takeColumns(
  { data, rows, columns }: DenseMatrix,
  kept: ArrayLike<number>,
): DenseMatrix {
  const Values = data instanceof Float32Array ? Float32Array : Float64Array;
  const taken = new Values(rows * kept.length);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < kept.length; i++) taken[to++] = data[row * columns + kept[i]];
  }
  return { data: taken, rows, columns: kept.length };
}

/** Some entries of a vector of one value per row. */
export function takeValues(values: NumericVector, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (row) => values[row]);
}
