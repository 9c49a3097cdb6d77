import type { Vector3, Volume } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../multi-echo/multi-echo.js';

/** Voxels of tissue among which errors are sought: enough for a field map, few enough to map it repeatedly. */
const ENOUGH_VOXELS = 16_384;

/** Slices are thinned out first, to no fewer than this. */
const FEWEST_SLICES = 6;

/** Every n-th voxel along each axis. */
export type Strides = Vector3;

/** How far to thin out a grid of which `count` voxels are tissue. */
export function stridesFor(
  count: number,
  size: readonly number[],
  spacing: readonly number[],
): Strides {
  const strides: Strides = [1, 1, 1];
  const kept = (): number => count / (strides[0] * strides[1] * strides[2]);
  while (kept() > ENOUGH_VOXELS && Math.ceil(size[2] / (strides[2] + 1)) >= FEWEST_SLICES) {
    strides[2]++;
  }
  while (kept() > ENOUGH_VOXELS) {
    const axis = spacing[0] * strides[0] <= spacing[1] * strides[1] ? 0 : 1;
    strides[axis]++;
  }
  return strides;
}

/** Every n-th voxel of a volume: a view that shares the voxels. */
export function thinned<T extends Volume>(volume: T, strides: Strides): T {
  const { data, spacing } = volume;
  const steps = data.shape.length === 4 ? [...strides, 1] : strides;
  return {
    ...volume,
    data: data.step(...steps),
    spacing: spacing.map((mm, axis) => mm * strides[axis]),
  };
}

/** The echoes at every n-th voxel: views. */
export function thinnedEchoes(multiEcho: ComplexMultiEcho, strides: Strides): ComplexMultiEcho {
  return {
    ...multiEcho,
    real: thinned(multiEcho.real, strides),
    imaginary: thinned(multiEcho.imaginary, strides),
  };
}

/** The voxels of a list that a thinned grid holds, as indices of that grid. */
export function thinnedVoxels(
  voxels: Int32Array,
  [nx, ny, nz]: readonly [number, number, number],
  [sx, sy, sz]: Strides,
): Int32Array {
  const across = Math.ceil(nx / sx);
  const down = Math.ceil(ny / sy);
  const kept: number[] = [];
  for (const voxel of voxels) {
    const x = voxel % nx;
    const row = (voxel - x) / nx;
    const y = row % ny;
    const z = (row - y) / ny;
    if (x % sx > 0 || y % sy > 0 || z % sz > 0) continue;
    kept.push(x / sx + across * (y / sy + down * (z / sz)));
  }
  void nz;
  return Int32Array.from(kept);
}
