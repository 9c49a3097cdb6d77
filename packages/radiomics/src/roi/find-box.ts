import type { NdArray } from 'ndarray';
import type { Box, TypedArray, Vector3 } from '@steatosis/core';
import { EmptyMaskError, LabelAbsentError } from '../errors.js';
import { MaskRows } from './mask-rows.js';

/** First and last voxel index along x, y, z of a label. */
export interface LabelBox {
  first: Vector3;
  last: Vector3;
}

/** The same box by its first voxel and its size. */
export function boxOf({ first, last }: LabelBox): Box {
  return { start: first, size: first.map((from, axis) => last[axis] - from + 1) as Vector3 };
}

/**
 * The bounding box of a label.
 *
 * @throws EmptyMaskError when every voxel is 0
 * @throws LabelAbsentError when only other labels are there
 */
export function findLabelBox(mask: NdArray<TypedArray>, label: number): LabelBox {
  const first: Vector3 = [Infinity, Infinity, Infinity];
  const last: Vector3 = [-1, -1, -1];
  const { data, offset } = mask;
  const [nx, ny, nz] = mask.shape as Vector3;
  const [sx, sy, sz] = mask.stride as Vector3;
  const [fromZ, toZ] = slabsToSearch(mask, label);
  const rows = sx === 1 ? new MaskRows(data) : undefined;
  for (let z = fromZ; z < toZ; z++) {
    for (let y = 0; y < ny; y++) {
      const row = offset + y * sy + z * sz;
      // Inside the box known so far only what lies left and right of it can change anything.
      const known = z <= last[2] && y >= first[1] && y <= last[1];
      const left = known ? first[0] : nx;
      const right = known ? last[0] + 1 : nx;
      if (rows?.isBackground(row, row + left) === true) {
        if (rows.isBackground(row + right, row + nx)) continue;
      }
      let from = 0;
      while (from < left && data[row + from * sx] !== label) from++;
      if (from === nx) continue;
      let to = nx - 1;
      while (to > last[0] && to > from && data[row + to * sx] !== label) to--;
      if (from < first[0]) first[0] = from;
      if (to > last[0]) last[0] = to;
      if (y < first[1]) first[1] = y;
      if (y > last[1]) last[1] = y;
      if (z < first[2]) first[2] = z;
      last[2] = z;
    }
  }
  if (last[0] < 0) throwAbsent(mask, label, [nx, ny, nz]);
  return { first, last };
}

/**
 * The range of z that can hold the label. Where the array is one dense block in x, y, z order, background
 * is passed over in rows, and the engine's own search goes on from the first and the last row with a label.
 */
function slabsToSearch(mask: NdArray<TypedArray>, label: number): [number, number] {
  const { data } = mask;
  const [nx, ny, nz] = mask.shape as Vector3;
  const [sx, sy, sz] = mask.stride as Vector3;
  const dense = sx === 1 && sy === nx && sz === nx * ny && mask.offset === 0;
  if (!dense || data.length !== mask.size) return [0, nz];
  const rows = new MaskRows(data);
  let start = 0;
  while (start < data.length && rows.isBackground(start, start + nx)) start += nx;
  const from = data.indexOf(label, start);
  if (from < 0) return [0, 0];
  let end = data.length;
  while (rows.isBackground(end - nx, end)) end -= nx;
  return [Math.floor(from / sz), Math.floor(data.lastIndexOf(label, end - 1) / sz) + 1];
}

function throwAbsent(mask: NdArray<TypedArray>, label: number, size: Vector3): never {
  const present = new Set<number>();
  const [nx, ny, nz] = size;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx && present.size < 100; x++) {
        const value = mask.get(x, y, z);
        if (value !== 0) present.add(value);
      }
    }
  }
  if (present.size === 0) throw new EmptyMaskError();
  throw new LabelAbsentError(
    label,
    [...present].sort((a, b) => a - b),
  );
}
