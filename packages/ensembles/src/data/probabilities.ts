import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';

/** Probabilities of two classes, [rows, 2] row-major, from those of the second one. */
export function twoColumns(positive: Float32Array | Float64Array): NdArray<Float64Array> {
  const data = new Float64Array(positive.length * 2);
  for (let row = 0; row < positive.length; row++) {
    data[2 * row] = 1 - positive[row];
    data[2 * row + 1] = positive[row]!;
  }
  return ndarray(data, [positive.length, 2]);
}
