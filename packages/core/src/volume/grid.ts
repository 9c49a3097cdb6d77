import { InvalidArgumentError, SteatosisError } from '../errors.js';
import type { Vector3, Volume } from './volume.js';

/** Where the voxels of a volume lie in the patient, without the voxels. */
export interface Grid {
  /** Voxels along x, y, z. */
  size: Vector3;
  /** mm */
  spacing: Vector3;
  /** Centre of voxel (0, 0, 0), LPS mm. */
  origin: Vector3;
  /** 9 numbers, row-major; columns are the directions of the axes. */
  direction: readonly number[];
}

/** Two volumes that must lie on one grid do not; both geometries are in the error. */
export class GridMismatchError extends SteatosisError {
  readonly code = 'GRID_MISMATCH';
  readonly first: Grid;
  readonly second: Grid;

  constructor(first: Grid, second: Grid, firstName: string, secondName: string) {
    super(
      `The ${secondName} lies on another grid than the ${firstName}. ` +
        `${firstName}: ${describeGrid(first)}; ${secondName}: ${describeGrid(second)}. ` +
        `Resample the ${secondName} onto the grid of the ${firstName} first.`,
    );
    this.first = first;
    this.second = second;
  }
}

/** The spatial grid of a volume (components do not count). */
export function gridOf(volume: Volume): Grid {
  const [nx = 1, ny = 1, nz = 1] = volume.data.shape;
  return {
    size: [nx, ny, nz],
    spacing: volume.spacing,
    origin: volume.origin,
    direction: volume.direction,
  };
}

/** `320×256×70 voxels of 1.25×1.37×3 mm, origin (…), direction (…)`: for messages. */
export function describeGrid(grid: Grid): string {
  const list = (values: readonly number[]) =>
    values.map((v) => Number(v.toPrecision(6))).join(', ');
  return (
    `${grid.size.join('×')} voxels of ${grid.spacing.map((v) => Number(v.toPrecision(6))).join('×')} mm, ` +
    `origin (${list(grid.origin)}) mm, direction (${list(grid.direction)})`
  );
}

/**
 * Whether two grids are the same for voxel-by-voxel work: equal sizes, and no voxel centre further
 * from its twin than `toleranceVoxels` of the smallest spacing. Measuring at the corners bounds every
 * voxel, since the difference of two affine maps is affine.
 *
 * @param toleranceVoxels share of the smallest voxel edge, default 0.01
 */
export function sameGrid(a: Grid | Volume, b: Grid | Volume, toleranceVoxels = 0.01): boolean {
  const first = 'data' in a ? gridOf(a) : a;
  const second = 'data' in b ? gridOf(b) : b;
  if (first.size.some((n, axis) => n !== second.size[axis])) return false;
  const limit = toleranceVoxels * Math.min(...first.spacing);
  for (let corner = 0; corner < 8; corner++) {
    const index: Vector3 = [
      corner & 1 ? first.size[0] - 1 : 0,
      corner & 2 ? first.size[1] - 1 : 0,
      corner & 4 ? first.size[2] - 1 : 0,
    ];
    const p = indexToWorld(first, index);
    const q = indexToWorld(second, index);
    if (!(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) <= limit)) return false;
  }
  return true;
}

/** @throws GridMismatchError unless the two volumes lie on the same grid (see {@link sameGrid}) */
export function sameGridOrThrow(
  a: Volume,
  b: Volume,
  firstName = 'image',
  secondName = 'mask',
): void {
  if (!sameGrid(a, b)) throw new GridMismatchError(gridOf(a), gridOf(b), firstName, secondName);
}

/**
 * LPS millimetres of a (fractional) voxel index; (0, 0, 0) is the centre of the first voxel.
 *
 * @example
 * ```ts
 * import { createVolume, gridOf, indexToWorld, worldToIndex } from '@steatosis/core';
 *
 * const grid = gridOf(createVolume(new Uint8Array(27), [3, 3, 3], { spacing: [1, 2, 4], origin: [10, 0, -5] }));
 * console.log(indexToWorld(grid, [1, 1, 1])); // [11, 2, -1]
 * console.log(worldToIndex(grid, [11, 2, -1])); // [1, 1, 1]
 * ```
 */
export function indexToWorld(
  grid: Pick<Grid, 'spacing' | 'origin' | 'direction'>,
  index: readonly number[],
): Vector3 {
  const { spacing: s, origin: o, direction: d } = grid;
  const x = index[0]! * s[0];
  const y = index[1]! * s[1];
  const z = index[2]! * s[2];
  return [
    o[0] + d[0]! * x + d[1]! * y + d[2]! * z,
    o[1] + d[3]! * x + d[4]! * y + d[5]! * z,
    o[2] + d[6]! * x + d[7]! * y + d[8]! * z,
  ];
}

/** Fractional voxel index of a point in LPS millimetres; exact for sheared axes too. */
export function worldToIndex(
  grid: Pick<Grid, 'spacing' | 'origin' | 'direction'>,
  point: readonly number[],
): Vector3 {
  const { spacing: s, origin: o } = grid;
  const m = inverse3(grid.direction);
  const x = point[0]! - o[0];
  const y = point[1]! - o[1];
  const z = point[2]! - o[2];
  return [
    (m[0]! * x + m[1]! * y + m[2]! * z) / s[0],
    (m[3]! * x + m[4]! * y + m[5]! * z) / s[1],
    (m[6]! * x + m[7]! * y + m[8]! * z) / s[2],
  ];
}

/** @throws InvalidArgumentError when spacing, origin or direction cannot describe a grid */
export function checkedGrid(grid: Grid): Grid {
  if (grid.spacing.length !== 3 || grid.spacing.some((v) => !(v > 0 && Number.isFinite(v)))) {
    throw new InvalidArgumentError('spacing', grid.spacing, 'three finite numbers > 0 (mm)');
  }
  if (grid.origin.length !== 3 || grid.origin.some((v) => !Number.isFinite(v))) {
    throw new InvalidArgumentError('origin', grid.origin, 'three finite numbers (LPS mm)');
  }
  const determinant = grid.direction.length === 9 ? determinant3(grid.direction) : Number.NaN;
  if (!(Math.abs(determinant) > 1e-6)) {
    throw new InvalidArgumentError(
      'direction',
      grid.direction,
      '9 finite numbers of an invertible 3×3 matrix, row-major',
    );
  }
  return grid;
}

function determinant3(m: readonly number[]): number {
  return (
    m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
    m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
    m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!)
  );
}

function inverse3(m: readonly number[]): number[] {
  const k = 1 / determinant3(m);
  return [
    (m[4]! * m[8]! - m[5]! * m[7]!) * k,
    (m[2]! * m[7]! - m[1]! * m[8]!) * k,
    (m[1]! * m[5]! - m[2]! * m[4]!) * k,
    (m[5]! * m[6]! - m[3]! * m[8]!) * k,
    (m[0]! * m[8]! - m[2]! * m[6]!) * k,
    (m[2]! * m[3]! - m[0]! * m[5]!) * k,
    (m[3]! * m[7]! - m[4]! * m[6]!) * k,
    (m[1]! * m[6]! - m[0]! * m[7]!) * k,
    (m[0]! * m[4]! - m[1]! * m[3]!) * k,
  ];
}
