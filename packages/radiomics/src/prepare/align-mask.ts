import {
  type Grid,
  GridMismatchError,
  gridOf,
  InvalidArgumentError,
  sameGrid,
  type Volume,
} from '@steatosis/core';
import { findLabelBox } from '../roi/find-box.js';
import { expectIntegerLabels, expectSpatialVolume } from './check-volumes.js';
import { expectRegionOnImage } from './region-on-image.js';
import { resampleNearest } from './resample-onto.js';

export interface AlignMaskOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number | undefined;
  /** Resample a mask on another grid onto that of the image. Default false: it is an error. */
  correctMask?: boolean | undefined;
  /**
   * How far the geometries may differ, as SimpleITK measures it: origin and spacing in voxels of the
   * image along x, elements of the direction by themselves; > 0. Default null: no voxel centre may lie
   * further from its twin than 1 % of a voxel.
   */
  geometryTolerance?: number | null | undefined;
}

/**
 * The mask on the grid of the image: as it is if it lies there, else resampled if `correctMask` allows it.
 *
 * A mask is resampled as PyRadiomics does it: each voxel of the image takes the label of the nearest
 * voxel of the mask, 0 beyond the mask's field, provided that the region lies within the image.
 *
 * @throws GridMismatchError for a mask on another grid without `correctMask`
 * @throws RegionOutsideImageError when the region reaches beyond the image
 * @throws EmptyMaskError, LabelAbsentError when a mask to be resampled has no such region
 * @throws NonIntegerMaskError for a mask with fractions
 * @throws InvalidArgumentError for volumes that are none and for impossible options
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { alignMask } from '@steatosis/radiomics';
 *
 * const image = createVolume(new Float32Array(3), [3, 1, 1], { spacing: [2, 1, 1], origin: [0.5, 0, 0] });
 * const mask = createVolume(Uint8Array.of(0, 0, 1, 1, 1, 0), [6, 1, 1]);
 * console.log([...alignMask(image, mask, { correctMask: true }).data.data]); // [ 0, 1, 0 ]
 * ```
 */
export function alignMask(image: Volume, mask: Volume, options: AlignMaskOptions = {}): Volume {
  const { label = 1, correctMask = false, geometryTolerance = null } = options;
  if (geometryTolerance !== null && !(geometryTolerance > 0)) {
    throw new InvalidArgumentError('geometryTolerance', geometryTolerance, 'a number > 0 or null');
  }
  expectSpatialVolume(image, 'image');
  expectSpatialVolume(mask, 'mask');
  expectIntegerLabels(mask);
  const from = gridOf(mask);
  const to = gridOf(image);
  const same =
    geometryTolerance === null ? sameGrid(to, from) : isWithin(to, from, geometryTolerance);
  if (same) return mask;
  if (!correctMask) throw new GridMismatchError(to, from, 'image', 'mask');
  expectRegionOnImage(findLabelBox(mask.data, label), from, to);
  return resampleNearest(mask, to);
}

/**
 * One channel of a mask that has several (overlapping regions); a mask with one channel is returned as it is.
 *
 * @param channel an integer ≥ 0; ignored by a mask of three dimensions
 * @throws InvalidArgumentError for a channel that is not there
 */
export function maskChannel(mask: Volume, channel = 0): Volume {
  const { shape } = mask.data;
  if (shape.length !== 4) return mask;
  if (!(Number.isInteger(channel) && channel >= 0 && channel < shape[3])) {
    throw new InvalidArgumentError(
      'label_channel',
      channel,
      `an integer from 0 to ${shape[3] - 1}: the mask has ${shape[3]} channels`,
    );
  }
  return { ...mask, data: mask.data.pick(null, null, null, channel) };
}

/** SimpleITK's test for one physical space. */
function isWithin(image: Grid, mask: Grid, tolerance: number): boolean {
  const limit = tolerance * image.spacing[0];
  const near = (a: readonly number[], b: readonly number[], by: number) =>
    a.every((value, i) => Math.abs(value - b[i]) <= by);
  return (
    image.size.every((n, axis) => n === mask.size[axis]) &&
    near(image.origin, mask.origin, limit) &&
    near(image.spacing, mask.spacing, limit) &&
    near(image.direction, mask.direction, tolerance)
  );
}
