import { cropVolume, type Vector3, type Volume } from '@steatosis/core';
import { findLabelBox } from '../roi/find-box.js';

export interface CropOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number | undefined;
  /** Voxels kept around the region's box where the image has them, an integer ≥ 0. Default 0. */
  padDistance?: number | undefined;
}

/**
 * The part of image and mask that holds a region and a margin. Nothing is copied.
 *
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 */
export function cropToRegion(
  image: Volume,
  mask: Volume,
  options: CropOptions = {},
): { image: Volume; mask: Volume } {
  const { label = 1, padDistance = 0 } = options;
  const { first, last } = findLabelBox(mask.data, label);
  const start = first.map((from) => Math.max(0, from - padDistance)) as Vector3;
  const size = last.map(
    (to, axis) => Math.min(mask.data.shape[axis] - 1, to + padDistance) - start[axis] + 1,
  ) as Vector3;
  return { image: cropVolume(image, { start, size }), mask: cropVolume(mask, { start, size }) };
}
