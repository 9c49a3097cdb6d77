import {
  InvalidArgumentError,
  sameGridOrThrow,
  type TypedArray,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { NonFiniteRegionError, RegionTooSmallError } from '../errors.js';
import type { Workspace } from '../kernels/workspace.js';
import { findLabelBox } from './find-box.js';

/**
 * A region of interest cut out of its image: the values inside, and where they lie in a box that is
 * padded on every side, so that a step to a neighbour never needs a bounds test.
 */
export interface Region {
  /** First voxel of the box in the image, x, y, z. */
  readonly start: Vector3;
  /** Voxels of the box, without padding. */
  readonly size: Vector3;
  /** mm */
  readonly spacing: Vector3;
  /** Voxels on each side of the box. */
  readonly pad: number;
  /** Steps to the next row and the next slice of the padded box; the step along x is 1. */
  readonly rowStep: number;
  readonly sliceStep: number;
  /** Voxels of the padded box. */
  readonly paddedLength: number;
  /** Voxels of the region. */
  readonly count: number;
  /** Image values of the region, x fastest. */
  readonly values: Float64Array;
  /** Runs of voxels along x: index in the padded box of the first of each, and of the next after the last. */
  readonly runs: Int32Array;
  /** Smallest and largest value that is not NaN. */
  readonly minimum: number;
  readonly maximum: number;
  /** Values that are NaN; 0 unless they were allowed. */
  readonly nanCount: number;
  /** Whether the image's type holds integers only. */
  readonly integer: boolean;
  /** Whether the image is `Float32Array`, whose precision PyRadiomics keeps for bin edges. */
  readonly single: boolean;
}

export interface RegionOptions {
  label: number;
  /** The largest step to a neighbour, voxels; the padding is no larger than it has to be. */
  reach: number;
  minimumDimensions: number;
  /** The region must have more voxels than this. */
  minimumSize: number;
  allowNaN: boolean;
}

/**
 * Cut the region with a label out of an image. Only the mask is searched; of the image, voxels of the
 * region alone are read.
 *
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError NonFiniteRegionError
 */
export function cutRegion(
  image: Volume,
  mask: Volume,
  options: RegionOptions,
  workspace: Workspace,
): Region {
  expectSpatial(image, 'image');
  expectSpatial(mask, 'mask');
  sameGridOrThrow(image, mask);
  const { first, last } = findLabelBox(mask.data, options.label);
  const size = first.map((from, axis) => last[axis] - from + 1) as Vector3;
  const pad = Math.max(1, Math.min(options.reach, Math.max(...size) - 1));
  const rowStep = size[0] + 2 * pad;
  const sliceStep = rowStep * (size[1] + 2 * pad);
  const box = { first, size, pad, rowStep, sliceStep };
  const found = gather(image.data, mask.data, options.label, box, workspace);
  expectLargeEnough(found.count, size, options);
  if (found.infinite > 0 || (found.nanCount > 0 && !options.allowNaN)) {
    throw new NonFiniteRegionError(
      found.infinite + found.nanCount,
      found.firstNonFinite,
      found.infinite === 0
        ? "Repair the image or the mask; nanPolicy: 'pyradiomics' treats NaN as PyRadiomics does."
        : 'Repair the image or the mask.',
    );
  }
  if (found.nanCount === found.count) {
    throw new NonFiniteRegionError(
      found.nanCount,
      found.firstNonFinite,
      'No value of the region is a number.',
    );
  }
  return {
    start: first,
    size,
    spacing: image.spacing,
    pad,
    rowStep,
    sliceStep,
    paddedLength: sliceStep * (size[2] + 2 * pad),
    count: found.count,
    values: found.values,
    runs: found.runs,
    minimum: found.minimum,
    maximum: found.maximum,
    nanCount: found.nanCount,
    integer: !(image.data.data instanceof Float32Array || image.data.data instanceof Float64Array),
    single: image.data.data instanceof Float32Array,
  };
}

interface PaddedBox {
  first: Vector3;
  size: Vector3;
  pad: number;
  rowStep: number;
  sliceStep: number;
}

function gather(
  image: NdArray<TypedArray>,
  mask: NdArray<TypedArray>,
  label: number,
  box: PaddedBox,
  workspace: Workspace,
) {
  const { first, size, pad, rowStep, sliceStep } = box;
  const [nx, ny, nz] = size;
  const capacity = nx * ny * nz;
  const values = workspace.float64Unset('values', capacity);
  const runs = workspace.int32Unset('runs', (nx + 1) * ny * nz);
  const imageData = image.data;
  const maskData = mask.data;
  const [ix, iy, iz] = image.stride as Vector3;
  const [mx, my, mz] = mask.stride as Vector3;
  const imageStart = image.offset + first[0] * ix + first[1] * iy + first[2] * iz;
  const maskStart = mask.offset + first[0] * mx + first[1] * my + first[2] * mz;
  let count = 0;
  let ends = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  let finite = 0;
  let nanCount = 0;
  let firstNonFinite: Vector3 = [-1, -1, -1];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let i = imageStart + y * iy + z * iz;
      let m = maskStart + y * my + z * mz;
      const row = pad + (y + pad) * rowStep + (z + pad) * sliceStep;
      let inRun = false;
      for (let x = 0; x < nx; x++, i += ix, m += mx) {
        const inside = maskData[m] === label;
        if (inside !== inRun) {
          runs[ends++] = row + x;
          inRun = inside;
        }
        if (!inside) continue;
        const value = imageData[i];
        values[count++] = value;
        if (value - value === 0) {
          finite++;
          if (value < minimum) minimum = value;
          if (value > maximum) maximum = value;
        } else {
          if (finite === count - 1) firstNonFinite = [first[0] + x, first[1] + y, first[2] + z];
          if (Number.isNaN(value)) nanCount++;
        }
      }
      if (inRun) runs[ends++] = row + nx;
    }
  }
  return {
    values: values.subarray(0, count),
    runs: runs.subarray(0, ends),
    count,
    minimum,
    maximum,
    nanCount,
    infinite: count - finite - nanCount,
    firstNonFinite,
  };
}

function expectSpatial(volume: Volume, name: string): void {
  if (volume.data.shape.length !== 3) {
    throw new InvalidArgumentError(
      name,
      volume.data.shape,
      'a volume of three dimensions; pick one echo or component',
    );
  }
}

/** PyRadiomics' rules: more than one voxel, enough axes, more voxels than the stated minimum. */
function expectLargeEnough(count: number, size: Vector3, options: RegionOptions): void {
  const dimensions = size.filter((n) => n > 1).length;
  if (count === 1) throw new RegionTooSmallError(1, 0, 'more than one voxel');
  if (dimensions < options.minimumDimensions) {
    throw new RegionTooSmallError(
      count,
      dimensions,
      `a region that extends along at least ${options.minimumDimensions} axes (minimumROIDimensions)`,
    );
  }
  if (count <= options.minimumSize) {
    throw new RegionTooSmallError(
      count,
      dimensions,
      `more than ${options.minimumSize} voxels (minimumROISize)`,
    );
  }
}

/** The padded box with 1 at the voxels of the region. */
export function regionMask(region: Region, workspace: Workspace): Uint8Array {
  const inside = workspace.uint8('inside', region.paddedLength);
  const { runs } = region;
  for (let r = 0; r < runs.length; r += 2) inside.fill(1, runs[r], runs[r + 1]);
  return inside;
}
