import { InvalidArgumentError, type Vector3, type Volume } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { MOST_GRAY_LEVELS } from '../discretise/bins.js';
import { TooManyGrayLevelsError } from '../errors.js';
import { type LevelGrid, gridOfLevels } from '../discretise/gray-levels.js';
import { axisAcross, halfDirections } from '../kernels/directions.js';
import { sharedWorkspace } from '../kernels/workspace.js';
import { cutRegion } from '../roi/region.js';
import { checkSetting } from '../settings/resolve-settings.js';

/** Which voxels and which neighbours a texture matrix is made of. */
export interface MatrixOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number;
  /** Take no step across planes. Default false. */
  force2D?: boolean;
  /** Axis across the planes: 0 = z, 1 = y, 2 = x. Default 0. Ignored unless `force2D` is set. */
  force2Ddimension?: 0 | 1 | 2;
}

/** Options of the matrices whose neighbours may be further away. */
export interface DistanceOptions extends MatrixOptions {
  /** Distances to neighbours in voxels, integers 1 to 15. Default [1]. */
  distances?: readonly number[];
}

/** Cells that a matrix may have: 512 MiB of them. */
export const MOST_CELLS = 67108864;

/** A discretised region and the half of the steps to its neighbours. */
export interface PreparedLevels {
  grid: LevelGrid;
  directions: (distances: readonly number[]) => Vector3[];
}

/** Cut a region of gray levels out of a volume of levels. */
export function prepareLevels(
  levels: Volume,
  mask: Volume,
  options: DistanceOptions,
): PreparedLevels {
  for (const key of ['label', 'force2D', 'force2Ddimension', 'distances'] as const) {
    if (options[key] !== undefined) checkSetting(key, options[key], key);
  }
  const workspace = sharedWorkspace();
  const region = cutRegion(
    levels,
    mask,
    {
      label: options.label ?? 1,
      reach: Math.max(...(options.distances ?? [1])),
      minimumDimensions: 1,
      minimumSize: 0,
      allowNaN: false,
    },
    workspace,
  );
  const packed = workspace.uint32Unset('levels', region.count);
  for (let k = 0; k < packed.length; k++) packed[k] = expectLevel(region.values[k]);
  const forbiddenAxis =
    options.force2D === true ? axisAcross(options.force2Ddimension ?? 0) : undefined;
  return {
    grid: gridOfLevels(region, packed, region.maximum, workspace),
    directions: (distances) => halfDirections(region.size, { distances, forbiddenAxis }),
  };
}

function expectLevel(value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= MOST_GRAY_LEVELS) return value;
  throw new InvalidArgumentError(
    'levels',
    value,
    `gray levels from 1 to ${MOST_GRAY_LEVELS} inside the region, as discretise returns them`,
  );
}

/** @throws InvalidArgumentError unless the matrix has this many dimensions and cells ≥ 0 */
export function expectMatrix(
  matrix: NdArray<Float64Array | Uint32Array>,
  dimensions: number,
  axes: string,
): void {
  if (matrix.shape.length !== dimensions) {
    throw new InvalidArgumentError(
      'matrix',
      matrix.shape,
      `a matrix of ${dimensions} axes: ${axes}`,
    );
  }
}

/**
 * Refuse a matrix that would take too much memory; `extractFeatures` never lays it out.
 *
 * @param limit the most gray levels for which it would not
 * @throws TooManyGrayLevelsError
 */
export function expectMatrixFits(levels: number, limit: number): void {
  if (levels > limit) throw new TooManyGrayLevelsError(levels, Math.floor(limit));
}

/** A cell of a matrix. @throws InvalidArgumentError unless it is a count or weight */
export function expectCount(value: number): number {
  if (value >= 0 && value < Infinity) return value;
  throw new InvalidArgumentError('matrix', value, 'finite counts or weights ≥ 0');
}

/** Compute every feature of a table. */
export function evaluateAll<Measured, Name extends string>(
  table: Readonly<Record<Name, (measured: Measured) => number>>,
  evaluate: (features: ((measured: Measured) => number)[]) => number[],
): Record<Name, number> {
  const names = Object.keys(table) as Name[];
  const values = evaluate(names.map((name) => table[name]));
  return Object.fromEntries(names.map((name, k) => [name, values[k]])) as Record<Name, number>;
}

/** The gray levels 1 … n of the rows of a matrix. */
export function levelsUpTo(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => k + 1);
}
