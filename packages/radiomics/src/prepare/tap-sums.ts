import type { TypedArray } from '@steatosis/core';
import type { AxisTaps } from './interpolation/kernel.js';

/** Makes the slice (or row) of an index. */
export type FillSlice = (index: number, target: Float64Array) => void;

/** A few slices (or rows) by their index, for positions that ascend. */
export class SliceCache {
  readonly #slices: Float64Array[];
  readonly #indices: Int32Array;

  constructor(count: number, length: number) {
    this.#slices = Array.from({ length: count }, () => new Float64Array(length));
    this.#indices = new Int32Array(count).fill(-1);
  }

  clear(): void {
    this.#indices.fill(-1);
  }

  /** The slice of an index, made if it is not there; the one with the lowest index gives way. */
  get(index: number, fill: FillSlice): Float64Array {
    const indices = this.#indices;
    let lowest = 0;
    for (let s = 0; s < indices.length; s++) {
      if (indices[s] === index) return this.#slices[s];
      if (indices[s] < indices[lowest]) lowest = s;
    }
    indices[lowest] = index;
    fill(index, this.#slices[lowest]);
    return this.#slices[lowest];
  }
}

/** The weighted sum of the slices that one position takes. */
export function sumSlices(
  { count, indices, weights }: AxisTaps,
  position: number,
  cache: SliceCache,
  fill: FillSlice,
  target: Float64Array,
): void {
  const n = target.length;
  const from = count * position;
  const first = cache.get(indices[from], fill);
  if (count === 1) {
    target.set(first);
    return;
  }
  if (count === 2) {
    const weight = weights[from + 1];
    if (weight === 0) {
      target.set(first);
      return;
    }
    const second = cache.get(indices[from + 1], fill);
    for (let i = 0; i < n; i++) target[i] = first[i] + (second[i] - first[i]) * weight;
    return;
  }
  if (count === 4) {
    const second = cache.get(indices[from + 1], fill);
    const third = cache.get(indices[from + 2], fill);
    const fourth = cache.get(indices[from + 3], fill);
    const w0 = weights[from];
    const w1 = weights[from + 1];
    const w2 = weights[from + 2];
    const w3 = weights[from + 3];
    for (let i = 0; i < n; i++) {
      target[i] = w0 * first[i] + w1 * second[i] + w2 * third[i] + w3 * fourth[i];
    }
    return;
  }
  const w0 = weights[from];
  for (let i = 0; i < n; i++) target[i] = w0 * first[i];
  for (let t = 1; t < count; t++) {
    const slice = cache.get(indices[from + t], fill);
    const weight = weights[from + t];
    for (let i = 0; i < n; i++) target[i] += weight * slice[i];
  }
}

/** The weighted sums of one row of samples, at all positions along it. */
export function sumAlongRow(
  data: TypedArray,
  row: number,
  { count, indices, weights }: AxisTaps,
  target: Float64Array,
): void {
  const n = target.length;
  if (count === 1) {
    for (let i = 0; i < n; i++) target[i] = data[row + indices[i]];
    return;
  }
  if (count === 2) {
    for (let i = 0; i < n; i++) {
      const first = data[row + indices[2 * i]];
      const weight = weights[2 * i + 1];
      target[i] = weight === 0 ? first : first + (data[row + indices[2 * i + 1]] - first) * weight;
    }
    return;
  }
  if (count === 4) {
    for (let i = 0, t = 0; i < n; i++, t += 4) {
      target[i] =
        weights[t] * data[row + indices[t]] +
        weights[t + 1] * data[row + indices[t + 1]] +
        weights[t + 2] * data[row + indices[t + 2]] +
        weights[t + 3] * data[row + indices[t + 3]];
    }
    return;
  }
  for (let i = 0, t = 0; i < n; i++) {
    let sum = 0;
    for (let end = t + count; t < end; t++) sum += weights[t] * data[row + indices[t]];
    target[i] = sum;
  }
}
