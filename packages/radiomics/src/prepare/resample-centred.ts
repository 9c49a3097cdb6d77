import {
  type Box,
  createVolume,
  denseData,
  type Grid,
  gridOf,
  indexToWorld,
  InvalidArgumentError,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import { EmptyMaskError } from '../errors.js';
import { findLabelBox } from '../roi/find-box.js';
import { expectThreeAxes } from './check-volumes.js';
import { snapped } from './grid-mapping.js';
import { expectAffordable } from './grid-size.js';
import { bSplineKernel } from './interpolation/b-spline.js';
import type { PositionBox, Samples, SeparableKernel } from './interpolation/kernel.js';
import { linearKernel } from './interpolation/linear.js';
import { nearestKernel } from './interpolation/nearest.js';
import { positionBox } from './sample-each.js';
import { sampleSeparably } from './sample-separably.js';

/** Shares of a region this much below the threshold are taken to reach it. */
const ROUNDING = 1e-9;

/** How values between voxels are found; along an axis whose voxel size stays they are not changed. */
export type CentredInterpolation = 'nearest' | 'trilinear' | 'cubic spline';

export interface CentredGridOptions {
  /** Voxel size in mm along x, y, z, ≥ 0; 0 keeps the size of an axis (resampling in the plane only). */
  spacing: readonly number[];
  /** The part of the new grid that is computed, in its voxels. Default: all of it. */
  within?: Box | undefined;
}

export interface ResampleCentredOptions extends CentredGridOptions {
  /** Default `'trilinear'`. */
  interpolation?: CentredInterpolation | undefined;
  /** Round the new values to integers, halves up, as for Hounsfield units. Default false. */
  round?: boolean | undefined;
}

export interface ResampleMaskCentredOptions extends CentredGridOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number | undefined;
  /** Default `'trilinear'`. */
  interpolation?: CentredInterpolation | undefined;
  /** A voxel belongs to the region if at least this share of it does, > 0 and ≤ 1. Default 0.5. */
  threshold?: number | undefined;
}

/**
 * Resample an image to another voxel size on the grid of the Image Biomarker Standardisation Initiative:
 * as many voxels as cover the image, ⌈n · old / new⌉ along each axis, around the same centre.
 *
 * Source: IBSI reference manual (arXiv 1612.07003), section 2.4, "Interpolation grid": align grid centers.
 *
 * @param image of three dimensions
 * @returns values in `Float64Array` on the new grid
 * @throws InvalidArgumentError for impossible options
 * @throws ResampledTooLargeError for a voxel size that would give more than 2²⁸ voxels
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { resampleCentred } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(0, 30, 60, 90, 120), [5, 1, 1]);
 * const resampled = resampleCentred(image, { spacing: [2, 0, 0] });
 * console.log([...resampled.data.data], resampled.origin); // [ 0, 60, 120 ] [ 0, 0, 0 ]
 * ```
 */
export function resampleCentred(
  image: Volume,
  options: ResampleCentredOptions,
): Volume<Float64Array> {
  const { interpolation = 'trilinear', round = false } = options;
  const resampled = onCentredGrid(image, options, interpolation);
  const { data } = resampled.data;
  if (round) for (let i = 0; i < data.length; i++) data[i] = Math.round(data[i]);
  return resampled;
}

/**
 * Resample the region of a label on the grid of {@link resampleCentred}: the region's share of each new
 * voxel is interpolated, and voxels with at least half of it belong to the new region.
 *
 * @returns 1 inside and 0 outside of the region
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws EmptyMaskError when no new voxel lies in the region to so large a part
 * @throws InvalidArgumentError, ResampledTooLargeError as {@link resampleCentred}
 */
export function resampleMaskCentred(
  mask: Volume,
  options: ResampleMaskCentredOptions,
): Volume<Uint8Array> {
  const { label = 1, interpolation = 'trilinear', threshold = 0.5 } = options;
  if (!(threshold > 0 && threshold <= 1)) {
    throw new InvalidArgumentError('threshold', threshold, 'a share > 0 and ≤ 1');
  }
  expectThreeAxes(mask, 'mask');
  findLabelBox(mask.data, label);
  const region = Uint8Array.from(denseData(mask), (value) => Number(value === label));
  const shares = onCentredGrid(createVolume(region, mask.data.shape, mask), options, interpolation);
  const inside = Uint8Array.from(shares.data.data, (share) =>
    Number(share >= threshold - ROUNDING),
  );
  if (!inside.includes(1)) throw new EmptyMaskError();
  return createVolume(inside, shares.data.shape, shares);
}

/**
 * The grid of {@link resampleCentred}.
 *
 * @param spacing mm along x, y, z; 0 keeps the spacing of an axis
 */
export function centredGrid(grid: Grid, spacing: readonly number[]): Grid {
  if (spacing.length !== 3 || spacing.some((mm) => !(mm >= 0 && mm < Infinity))) {
    throw new InvalidArgumentError('spacing', spacing, 'three finite numbers ≥ 0 (mm)');
  }
  const target = grid.spacing.map((old, axis) => spacing[axis] || old) as Vector3;
  const size = grid.size.map((n, axis) =>
    coveringCount((n * grid.spacing[axis]) / target[axis]),
  ) as Vector3;
  const first = size.map((_, axis) => firstPosition(grid, target, size, axis));
  return { size, spacing: target, origin: indexToWorld(grid, first), direction: grid.direction };
}

function onCentredGrid(
  image: Volume,
  { spacing, within }: CentredGridOptions,
  interpolation: CentredInterpolation,
): Volume<Float64Array> {
  expectThreeAxes(image, 'image');
  const old = gridOf(image);
  const whole = centredGrid(old, spacing);
  const grid = within === undefined ? whole : partOf(whole, within);
  expectAffordable(grid.size);
  const positions = grid.size.map((n, axis) => {
    const first = firstPosition(old, whole.spacing, whole.size, axis);
    const from = within?.start[axis] ?? 0;
    const step = whole.spacing[axis] / old.spacing[axis];
    return Float64Array.from({ length: n }, (_, i) => snapped(first + (from + i) * step));
  });
  const result = new Float64Array(grid.size[0] * grid.size[1] * grid.size[2]);
  const samples = { data: denseData(image), size: old.size, start: [0, 0, 0] as Vector3 };
  const field = positions.map((along) => ({ from: 0, to: along.length }));
  const { separable } = kernelOf(interpolation)(samples, positionBox(positions, field));
  sampleSeparably(separable, positions, field, grid.size, result, undefined);
  return createVolume(result, grid.size, grid);
}

/** Position of the first new voxel in old voxels: both grids have their centre at one point. */
function firstPosition(old: Grid, spacing: Vector3, size: Vector3, axis: number): number {
  const step = spacing[axis] / old.spacing[axis];
  return (old.size[axis] - 1) / 2 - (step * (size[axis] - 1)) / 2;
}

/** ⌈n⌉, but the whole number for an n that is one up to rounding. */
function coveringCount(n: number): number {
  const whole = Math.round(n);
  return Math.max(1, Math.abs(n - whole) < 1e-6 ? whole : Math.ceil(n));
}

/** The grid of a part of it. */
function partOf(grid: Grid, box: Box): Grid {
  const { start, size } = box;
  const fits = [0, 1, 2].every(
    (axis) =>
      Number.isInteger(start[axis]) &&
      Number.isInteger(size[axis]) &&
      start[axis] >= 0 &&
      size[axis] >= 1 &&
      start[axis] + size[axis] <= grid.size[axis],
  );
  if (!fits) {
    throw new InvalidArgumentError(
      'within',
      box,
      `a box of whole voxels inside the new grid of ${grid.size.join('×')} voxels`,
    );
  }
  return { ...grid, size: [...size], origin: indexToWorld(grid, start) };
}

function kernelOf(
  interpolation: CentredInterpolation,
): (image: Samples, wanted: PositionBox) => { separable: SeparableKernel } {
  switch (interpolation) {
    case 'nearest':
      return nearestKernel;
    case 'trilinear':
      return linearKernel;
    case 'cubic spline':
      return bSplineKernel;
    default:
      throw new InvalidArgumentError(
        'interpolation',
        interpolation,
        "'nearest', 'trilinear' or 'cubic spline'",
      );
  }
}
