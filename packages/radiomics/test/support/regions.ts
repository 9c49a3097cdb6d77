import { createVolume, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';

/** A small image with a region, x fastest. */
export interface TestRegion {
  size: Vector3;
  values: Int16Array;
  mask: Uint8Array;
}

/** Random regions with holes of at least two voxels. */
export const testRegions = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    values: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 150, maxLength: 150 }),
    holes: fc.array(fc.nat(149), { maxLength: 60 }),
  })
  .map(({ size, values, holes }): TestRegion => {
    const n = size[0] * size[1] * size[2];
    const mask = new Uint8Array(n).fill(1);
    for (const hole of holes) if (hole < n) mask[hole] = 0;
    mask[0] = mask[n - 1] = 1;
    return { size, values: Int16Array.from(values.slice(0, n)), mask };
  });

export function volumesOf({ size, values, mask }: TestRegion, spacing: Vector3 = [1, 1, 1]) {
  return {
    image: createVolume(values, size, { spacing }),
    mask: createVolume(mask, size, { spacing }),
  };
}

/** The region with its axes in another order. */
export function permuted({ size, values, mask }: TestRegion, order: Vector3): TestRegion {
  const step = [1, size[0], size[0] * size[1]];
  const newSize = order.map((axis) => size[axis]) as Vector3;
  const from = placesOf(
    newSize,
    (x, y, z) => x * step[order[0]] + y * step[order[1]] + z * step[order[2]],
  );
  return { size: newSize, ...taken({ values, mask }, from) };
}

/** The region seen in a mirror across an axis. */
export function mirrored({ size, values, mask }: TestRegion, axis: number): TestRegion {
  const from = placesOf(size, (...at) => {
    at[axis] = size[axis] - 1 - at[axis];
    return at[0] + size[0] * (at[1] + size[1] * at[2]);
  });
  return { size, ...taken({ values, mask }, from) };
}

function placesOf(size: Vector3, from: (...at: Vector3) => number): number[] {
  const places: number[] = [];
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) for (let x = 0; x < size[0]; x++) places.push(from(x, y, z));
  }
  return places;
}

function taken({ values, mask }: Pick<TestRegion, 'values' | 'mask'>, from: readonly number[]) {
  return {
    values: Int16Array.from(from, (i) => values[i]),
    mask: Uint8Array.from(from, (i) => mask[i]),
  };
}
