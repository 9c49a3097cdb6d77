import type { Box, TypedArray, Vector3, Volume } from '@steatosis/core';
import type { Samples } from '../separable/samples.js';

/** An image, or an approximation of it, that repeats along the filtered axes. */
export interface PeriodicField {
  data: TypedArray;
  offset: number;
  stride: Vector3;
  /** Which samples of a period are stored. */
  stored: Box;
  /** Samples after which an axis repeats. Axes that are not filtered have their length. */
  period: Vector3;
}

/** The voxels of an image. PyWavelets needs even lengths: an odd axis gets its first sample once more. */
export function fieldOf(image: Volume, axes: readonly number[]): PeriodicField {
  const { data, offset, stride, shape } = image.data;
  const size: Vector3 = [shape[0], shape[1], shape[2]];
  const period = size.map((n, axis) => (axes.includes(axis) ? n + (n % 2) : n)) as Vector3;
  return {
    data,
    offset,
    stride: [stride[0], stride[1], stride[2]],
    stored: { start: [0, 0, 0], size },
    period,
  };
}

/** A field of the same period, of which a box is known. */
export function fieldWithin(like: PeriodicField, data: TypedArray, stored: Box): PeriodicField {
  const [nx, ny] = stored.size;
  return { data, offset: 0, stride: [1, nx, nx * ny], stored, period: like.period };
}

/** The field as samples at any coordinate, as long as its part of the period is stored. */
export function samplesOfField({ data, offset, stride, stored, period }: PeriodicField): Samples {
  return {
    data,
    offset,
    stride,
    indexOf(axis, coordinate) {
      const from = (coordinate - stored.start[axis]) % period[axis];
      const place = from < 0 ? from + period[axis] : from;
      return place < stored.size[axis] ? place : 0;
    },
  };
}

/** A box with all that so many filters of so many taps, one after the other, reach; at most a period. */
export function reachedBox(
  box: Box,
  { period }: PeriodicField,
  axes: readonly number[],
  taps: number,
  filters: number,
): Box {
  const start: Vector3 = [...box.start];
  const size: Vector3 = [...box.size];
  for (const axis of axes) {
    start[axis] -= filters * (taps / 2 - 1);
    size[axis] += filters * (taps - 1);
    if (size[axis] < period[axis]) continue;
    start[axis] = 0;
    size[axis] = period[axis];
  }
  return { start, size };
}

/** The part of a box of values that lies in a smaller one; the values themselves if it is the same. */
export function partOf<T extends Float32Array | Float64Array>(values: T, from: Box, part: Box): T {
  if (from.size.every((n, axis) => n === part.size[axis])) return values;
  const [nx, ny, nz] = part.size;
  const [x, y, z] = part.start.map((start, axis) => start - from.start[axis]) as Vector3;
  const result = values.slice(0, nx * ny * nz) as T;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = ((z + k) * from.size[1] + y + j) * from.size[0] + x;
      result.set(values.subarray(row, row + nx), (k * ny + j) * nx);
    }
  }
  return result;
}
