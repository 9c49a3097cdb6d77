import type { TypedArray, Vector3 } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { Workspace } from '../kernels/workspace.js';
import type { PaddedBox } from './find-runs.js';

/** Where the values of a region lie in its image. */
export interface ValueSource {
  readonly data: TypedArray;
  /** For each run the index of its first voxel in `data`. */
  readonly starts: Int32Array;
  /** Elements from one voxel of a run to the next. */
  readonly step: number;
}

/** How often each integer from `first` on occurs. */
export interface ValueTally {
  readonly first: number;
  readonly counts: Uint32Array;
}

/** What one look at the values of a region tells. */
export interface ValueRange {
  minimum: number;
  maximum: number;
  nanCount: number;
  infiniteCount: number;
}

/** Find the runs of a region in its image. */
export function sourceOfValues(
  image: NdArray<TypedArray>,
  runs: Int32Array,
  box: PaddedBox,
  workspace: Workspace,
): ValueSource {
  const { first, pad, rowStep, sliceStep } = box;
  const [sx, sy, sz] = image.stride as Vector3;
  const corner = image.offset + first[0] * sx + first[1] * sy + first[2] * sz;
  const starts = workspace.int32Unset('valueStarts', runs.length / 2);
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    const x = runs[r] - z * sliceStep - y * rowStep;
    starts[r / 2] = corner + (x - pad) * sx + (y - pad) * sy + (z - pad) * sz;
  }
  return { data: image.data, starts, step: sx };
}

/** Smallest and largest value that is a number, and how many are none. */
export function rangeOfValues(source: ValueSource, runs: Int32Array, count: number): ValueRange {
  const { data, starts, step } = source;
  let minimum = Infinity;
  let maximum = -Infinity;
  // Of the values, those that are NaN compare with nothing, and infinity less itself is NaN.
  let difference = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const length = runs[r + 1] - runs[r];
    for (let k = 0; k < length; k++, i += step) {
      const value = data[i];
      difference += value - value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
  }
  if (difference === 0) return { minimum, maximum, nanCount: 0, infiniteCount: 0 };
  return rangeOfFinite(source, runs, count);
}

function rangeOfFinite(source: ValueSource, runs: Int32Array, count: number): ValueRange {
  const { data, starts, step } = source;
  let minimum = Infinity;
  let maximum = -Infinity;
  let nanCount = 0;
  let finite = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const length = runs[r + 1] - runs[r];
    for (let k = 0; k < length; k++, i += step) {
      const value = data[i];
      if (Number.isNaN(value)) nanCount++;
      if (!Number.isFinite(value)) continue;
      finite++;
      minimum = Math.min(minimum, value);
      maximum = Math.max(maximum, value);
    }
  }
  return { minimum, maximum, nanCount, infiniteCount: count - finite - nanCount };
}

/** The first voxel of a region, as x, y, z in the image, whose value is NaN or infinite. */
export function firstNonFinite(source: ValueSource, runs: Int32Array, box: PaddedBox): Vector3 {
  const { first, pad, rowStep, sliceStep } = box;
  const { data, starts, step } = source;
  for (let r = 0; r < runs.length; r += 2) {
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      if (Number.isFinite(data[starts[r >> 1] + (p - runs[r]) * step])) continue;
      const z = Math.floor(p / sliceStep);
      const y = Math.floor((p - z * sliceStep) / rowStep);
      const inBox = [p - z * sliceStep - y * rowStep, y, z] as const;
      return inBox.map((at, axis) => at - pad + first[axis]) as Vector3;
    }
  }
  return [-1, -1, -1];
}

/** The values one after the other, x fastest. */
export function gatherValues(
  { data, starts, step }: ValueSource,
  runs: Int32Array,
  count: number,
  workspace: Workspace,
): Float64Array {
  const values = workspace.float64Unset('values', count);
  let k = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const end = k + runs[r + 1] - runs[r];
    for (; k < end; k++, i += step) values[k] = data[i];
  }
  return values;
}

/** Voxels from which on integers of 8 or 16 bits are counted over all that their type can hold. */
const MANY = 1 << 15;

/**
 * Range and tally of integers of 8 or 16 bits in one pass, where there are so many of them that clearing and
 * searching a table of all values costs less than another pass; otherwise undefined.
 */
export function tallyAtOnce(
  { data, starts, step }: ValueSource,
  runs: Int32Array,
  count: number,
  workspace: Workspace,
): { range: ValueRange; tally: ValueTally } | undefined {
  const bits = 8 * data.BYTES_PER_ELEMENT;
  if (count < MANY || bits > 16) return undefined;
  const signed = data instanceof Int8Array || data instanceof Int16Array;
  const lowest = signed ? -(2 ** (bits - 1)) : 0;
  const counts = workspace.uint32('valueTally', 2 ** bits);
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const length = runs[r + 1] - runs[r];
    for (let k = 0; k < length; k++, i += step) counts[data[i] - lowest]++;
  }
  let first = 0;
  while (counts[first] === 0) first++;
  let last = counts.length - 1;
  while (counts[last] === 0) last--;
  const [minimum, maximum] = [lowest + first, lowest + last];
  return {
    range: { minimum, maximum, nanCount: 0, infiniteCount: 0 },
    tally: { first: minimum, counts: counts.subarray(first, last + 1) },
  };
}

/** Count integers by their value. */
export function tallyValues(
  { data, starts, step }: ValueSource,
  runs: Int32Array,
  range: ValueRange,
  workspace: Workspace,
): ValueTally {
  const first = range.minimum;
  const counts = workspace.uint32('valueTally', range.maximum - first + 1);
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const length = runs[r + 1] - runs[r];
    for (let k = 0; k < length; k++, i += step) counts[data[i] - first]++;
  }
  return { first, counts };
}
