import { type Box, cropVolume, type Vector3, type Volume } from '@steatosis/core';
import { resegmentMask } from '../prepare/resegment-mask.js';
import { findLabelBox } from '../roi/find-box.js';
import type { ResolvedSettings } from '../settings/settings.js';

/** Image and mask after a step of preparation. */
export interface PreparationStage {
  image: Volume;
  mask: Volume;
}

/** A case that is ready for its features, with what it was before. */
export interface PreparedCase {
  /** As given. */
  original: PreparationStage;
  /** The mask on the grid of the image, where it had to be resampled. */
  corrected?: Volume;
  /** After resampling. */
  interpolated?: PreparationStage;
  /** The region after resegmentation. */
  resegmented?: Volume;
  /** What shape features are taken from. */
  shape: PreparationStage;
  /** What all other features are taken from: another region than for shape after resegmentation. */
  texture: PreparationStage;
}

/**
 * Do to image and mask what the settings ask for before features are computed, in PyRadiomics' order. A
 * case that needs nothing is passed on as it is, without a look at its voxels.
 */
export function prepareCase(image: Volume, mask: Volume, settings: ResolvedSettings): PreparedCase {
  const original = { image, mask };
  const stage: PreparationStage = { image, mask };
  const prepared: PreparedCase = { original, shape: stage, texture: stage };
  return settings.resegmentRange === null ? prepared : resegment(prepared, settings);
}

/**
 * Take only voxels within the range for all features but shape. Shape keeps the whole region, as far as
 * it lies in the box of the voxels that stay: so PyRadiomics has it.
 */
function resegment(prepared: PreparedCase, settings: ResolvedSettings): PreparedCase {
  const { image, mask } = prepared.texture;
  const { label, resegmentRange, resegmentMode, resegmentShape } = settings;
  const options = { label, range: resegmentRange ?? [], mode: resegmentMode };
  const resegmented = resegmentMask(image, mask, options);
  const texture = { image, mask: resegmented };
  if (resegmentShape) return { ...prepared, resegmented, shape: texture, texture };
  const { first, last } = findLabelBox(resegmented.data, label);
  const box: Box = {
    start: first,
    size: first.map((from, axis) => last[axis] - from + 1) as Vector3,
  };
  const shape = { image: cropVolume(image, box), mask: cropVolume(mask, box) };
  return { ...prepared, resegmented, shape, texture };
}
