import { gridOf, InvalidArgumentError, type Volume } from '@steatosis/core';
import { findLabelBox } from '../roi/find-box.js';
import type { Interpolator, InterpolatorNumber } from '../settings/preparation-settings.js';
import { expectIntegerLabels, expectSpatialVolume } from './check-volumes.js';
import { cropToRegion } from './crop-to-region.js';
import { expectRegionOnImage } from './region-on-image.js';
import { resampleNearest, resampleOnto } from './resample-onto.js';
import { pyradiomicsGrid, targetSpacing } from './resampling-grid.js';

export interface ResampleOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number | undefined;
  /** Voxel size in mm along x, y, z, ≥ 0; 0 keeps the size of an axis. */
  resampledPixelSpacing: readonly number[];
  /** How values between voxels are found, by SimpleITK's names or numbers. Default `'sitkBSpline'`. */
  interpolator?: Interpolator | InterpolatorNumber | undefined;
  /** Voxels of the result kept around the region's box, an integer ≥ 0. Default 5. */
  padDistance?: number | undefined;
}

/**
 * Resample an image and the mask of a region to another voxel size, cropped to the region's box and a
 * margin: PyRadiomics' resampling.
 *
 * The new grid starts at the outer corner of the mask's first voxel and has the mask's directions; image
 * and mask may lie on different grids. The mask takes the label of the nearest voxel. Along an axis on
 * which the region has one slice the voxel size stays. Where the voxel size of the image stays along all
 * axes, values do not change and both are only cropped. See {@link resampleOnto} for what happens at
 * the border and to integers.
 *
 * @returns image and mask on their common new grid, each of its own type
 * @throws RegionOutsideImageError when the region's box reaches beyond the image
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws ResampledTooLargeError for a voxel size that would give more than 2²⁸ voxels
 * @throws NonIntegerMaskError for a mask with fractions
 * @throws InvalidArgumentError for volumes that are none and for impossible options
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { resampleImageAndMask } from '@steatosis/radiomics';
 *
 * const image = createVolume(Float32Array.of(0, 2, 4, 6), [4, 1, 1]);
 * const mask = createVolume(Uint8Array.of(1, 1, 1, 1), [4, 1, 1]);
 * const resampled = resampleImageAndMask(image, mask, {
 *   resampledPixelSpacing: [2, 0, 0],
 *   interpolator: 'sitkLinear',
 * });
 * console.log([...resampled.image.data.data], resampled.image.origin); // [ 1, 5 ] [ 0.5, 0, 0 ]
 * ```
 */
export function resampleImageAndMask(
  image: Volume,
  mask: Volume,
  options: ResampleOptions,
): { image: Volume; mask: Volume } {
  const { label = 1, resampledPixelSpacing: spacing, padDistance = 5 } = options;
  const interpolator = options.interpolator ?? 'sitkBSpline';
  if (spacing.length !== 3 || spacing.some((mm) => !(mm >= 0 && mm < Infinity))) {
    throw new InvalidArgumentError('resampledPixelSpacing', spacing, 'three finite numbers ≥ 0');
  }
  if (!(Number.isSafeInteger(padDistance) && padDistance >= 0)) {
    throw new InvalidArgumentError('padDistance', padDistance, 'an integer ≥ 0');
  }
  expectSpatialVolume(image, 'image');
  expectSpatialVolume(mask, 'mask');
  expectIntegerLabels(mask);
  const box = findLabelBox(mask.data, label);
  const grid = gridOf(mask);
  expectRegionOnImage(box, grid, gridOf(image));
  const target = targetSpacing(grid, box, spacing);
  if (image.spacing.every((mm, axis) => isSameSpacing(mm, target[axis]))) {
    const onImage = resampleNearest(mask, gridOf(image));
    return cropToRegion(image, onImage, { label, padDistance });
  }
  const wanted = pyradiomicsGrid(grid, box, spacing, padDistance);
  return {
    image: resampleOnto(image, wanted, interpolator),
    mask: resampleNearest(mask, wanted),
  };
}

/** How equal two spacings must be for values to be left as they are: numpy's `allclose`. */
function isSameSpacing(old: number, wanted: number): boolean {
  return Math.abs(old - wanted) <= 1e-8 + 1e-5 * wanted;
}
