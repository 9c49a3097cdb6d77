import type { TypedArray, Vector3 } from '@steatosis/core';
import { type FillSlice, SliceCache, sumAlongRow, sumSlices } from './tap-sums.js';
import type { SeparableKernel } from './interpolation/kernel.js';
import { holdsIntegers, roundingOf } from './voxel-rounding.js';

/**
 * Interpolated values this close to a whole number, relative to it, are computed once more in the order
 * of a single position before they are cut off to integers: the last bit of a sum decides what is left of
 * 2.9999….
 */
const CLOSE_TO_WHOLE = 1e-9;

/** Indices along an axis that lie on the field: from the first up to the one after the last. */
export interface FieldRange {
  from: number;
  to: number;
}

/**
 * Values of a separable kernel on a grid, one axis after the other: each slice of samples is interpolated
 * along x and y once, and the few slices that a slice of the grid takes are added up.
 *
 * @param positions along each axis, ascending
 * @param field the positions that are wanted; elsewhere the result keeps its 0
 * @param exactly the value at one voxel of the grid, for integers that depend on its last bit; undefined
 * where sums along the axes have it
 */
export function sampleSeparably(
  { samples, taps }: SeparableKernel,
  positions: readonly Float64Array[],
  field: readonly FieldRange[],
  [nx, ny]: Vector3,
  result: TypedArray,
  exactly: ((x: number, y: number, z: number) => number) | undefined,
): void {
  const [xs, ys, zs] = positions.map((along, axis) =>
    along.subarray(field[axis].from, field[axis].to),
  );
  const [tapsX, tapsY, tapsZ] = [taps(0, xs), taps(1, ys), taps(2, zs)];
  const [mx, my, mz] = [xs.length, ys.length, zs.length];
  const [sx, sy] = samples.size;
  const rows = new SliceCache(tapsY.count, mx);
  const slices = new SliceCache(tapsZ.count, mx * my);
  const fillSlice: FillSlice = (z, slice) => {
    const fillRow: FillSlice = (y, row) => sumAlongRow(samples.data, sx * (y + sy * z), tapsX, row);
    rows.clear();
    for (let j = 0; j < my; j++) {
      sumSlices(tapsY, j, rows, fillRow, slice.subarray(j * mx, (j + 1) * mx));
    }
  };
  const integers = holdsIntegers(result);
  const rounded = roundingOf(result);
  const slice = new Float64Array(mx * my);
  for (let k = 0; k < mz; k++) {
    sumSlices(tapsZ, k, slices, fillSlice, slice);
    for (let j = 0; j < my; j++) {
      const row = slice.subarray(j * mx, (j + 1) * mx);
      const start = field[0].from + nx * (field[1].from + j + ny * (field[2].from + k));
      if (integers) {
        for (let i = 0; i < mx; i++) {
          if (exactly !== undefined && isCloseToWhole(row[i])) {
            row[i] = exactly(field[0].from + i, field[1].from + j, field[2].from + k);
          }
          row[i] = rounded(row[i]);
        }
      }
      result.set(row, start);
    }
  }
}

function isCloseToWhole(value: number): boolean {
  const whole = Math.round(value);
  // What is close to 0 becomes 0 from either side.
  return whole !== 0 && Math.abs(value - whole) < CLOSE_TO_WHOLE * Math.abs(whole);
}
