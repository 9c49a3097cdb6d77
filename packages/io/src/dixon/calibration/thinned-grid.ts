import type { Vector3, Volume } from '@steatosis/core';

/** Voxels of tissue among which errors are sought: enough for a field map, few enough to map it repeatedly. */
const ENOUGH_VOXELS = 16_384;

/** Slices are thinned out first, to no fewer than this. */
const FEWEST_SLICES = 6;

/** How far to thin out a grid of which `count` voxels are tissue: every n-th voxel along x, y, z. */
export function stridesFor(
  count: number,
  [nx, ny, nz]: Readonly<Vector3>,
  spacing: Readonly<Vector3>,
): Vector3 {
  const strides: Vector3 = [1, 1, 1];
  const tooMany = (): boolean => count > ENOUGH_VOXELS * strides[0] * strides[1] * strides[2];
  while (tooMany() && Math.ceil(nz / (strides[2] + 1)) >= FEWEST_SLICES) strides[2]++;
  while (tooMany() && (strides[0] < nx || strides[1] < ny)) {
    const alongX = spacing[0] * strides[0] <= spacing[1] * strides[1];
    strides[strides[1] >= ny || (alongX && strides[0] < nx) ? 0 : 1]++;
  }
  return strides;
}

/** Every n-th voxel of a volume along x, y, z: a view that shares the voxels. */
export function thinned<T extends Volume>(volume: T, strides: Readonly<Vector3>): T {
  const { data, spacing } = volume;
  const echoes = data.shape.length > 3 ? [1] : [];
  return {
    ...volume,
    data: data.step(...strides, ...echoes),
    spacing: spacing.map((mm, axis) => mm * strides[axis]),
  };
}

/** The voxels of an ascending list that the thinned grid holds: their places in the list. */
export function keptVoxels(
  voxels: Int32Array,
  [nx, ny]: Readonly<Vector3>,
  [sx, sy, sz]: Readonly<Vector3>,
): Int32Array {
  const kept: number[] = [];
  for (let i = 0; i < voxels.length; i++) {
    const x = voxels[i] % nx;
    const row = (voxels[i] - x) / nx;
    const y = row % ny;
    const z = (row - y) / ny;
    if (x % sx === 0 && y % sy === 0 && z % sz === 0) kept.push(i);
  }
  return Int32Array.from(kept);
}

/** Index in the thinned grid of a voxel that it holds. */
export function thinnedIndex(
  voxel: number,
  [nx, ny]: Readonly<Vector3>,
  [sx, sy, sz]: Readonly<Vector3>,
): number {
  const x = voxel % nx;
  const row = (voxel - x) / nx;
  const y = row % ny;
  const z = (row - y) / ny;
  return x / sx + Math.ceil(nx / sx) * (y / sy + Math.ceil(ny / sy) * (z / sz));
}
