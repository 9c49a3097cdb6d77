import type { TypedArray, Vector3, Volume } from '@steatosis/core';

/** Samples to filter, which may go on past the ends of what is stored. */
export interface Samples {
  data: TypedArray;
  /** Place of stored sample (0, 0, 0) in `data`. */
  offset: number;
  stride: Vector3;
  /** Which stored sample along an axis a coordinate stands for; −1 where the samples are 0. */
  indexOf(axis: number, coordinate: number): number;
}

/** The voxels of an image, each axis going on as a boundary rule says. */
export function samplesOf(
  image: Volume,
  indexOf: (coordinate: number, length: number) => number,
): Samples {
  const { data, offset, stride, shape } = image.data;
  return {
    data,
    offset,
    stride: [stride[0], stride[1], stride[2]],
    indexOf: (axis, coordinate) => indexOf(coordinate, shape[axis]),
  };
}

/** A run of stored samples that are neighbours along x too. */
interface Segment {
  target: number;
  source: number;
  length: number;
}

/**
 * Copy a box of samples, first axis fastest.
 *
 * @param first coordinates of the box's first sample; they may lie outside of what is stored
 */
export function gather(
  target: Float32Array | Float64Array,
  samples: Samples,
  first: Vector3,
  size: Vector3,
): void {
  const { data, offset, stride } = samples;
  const [xs, ys, zs] = [0, 1, 2].map((axis) =>
    Int32Array.from({ length: size[axis] }, (_, k) => samples.indexOf(axis, first[axis] + k)),
  );
  const segments = segmentsOf(xs);
  let row = 0;
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++, row += size[0]) {
      if (zs[z] < 0 || ys[y] < 0) {
        target.fill(0, row, row + size[0]);
        continue;
      }
      const from = offset + zs[z] * stride[2] + ys[y] * stride[1];
      for (const segment of segments) {
        copyRun(target, row + segment.target, data, from, stride[0], segment);
      }
    }
  }
}

function copyRun(
  target: Float32Array | Float64Array,
  to: number,
  data: TypedArray,
  row: number,
  stride: number,
  { source, length }: Segment,
): void {
  if (source < 0) {
    target.fill(0, to, to + length);
  } else if (stride === 1 && length >= 16) {
    target.set(data.subarray(row + source, row + source + length), to);
  } else {
    let from = row + source * stride;
    for (let k = 0; k < length; k++, from += stride) target[to + k] = data[from];
  }
}

function segmentsOf(indices: Int32Array): Segment[] {
  const segments: Segment[] = [];
  let last: Segment | undefined;
  for (let k = 0; k < indices.length; k++) {
    const source = indices[k];
    const continues =
      last !== undefined && (last.source < 0 ? source < 0 : source === last.source + last.length);
    if (last && continues) last.length++;
    else segments.push((last = { target: k, source, length: 1 }));
  }
  return segments;
}
