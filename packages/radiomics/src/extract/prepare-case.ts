import { cropVolume, type Volume } from '@steatosis/core';
import { alignMask, maskChannel } from '../prepare/align-mask.js';
import { expectVolume } from '../prepare/check-volumes.js';
import { cropToRegion } from '../prepare/crop-to-region.js';
import { normaliseImage } from '../prepare/normalise-image.js';
import { resampleImageAndMask, type ResampleOptions } from '../prepare/resample-image-and-mask.js';
import { resegmentMask } from '../prepare/resegment-mask.js';
import { boxOf, findLabelBox } from '../roi/find-box.js';
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
  /** The image, normalised if asked for, and the mask on its grid, where it had to be resampled. */
  corrected?: PreparationStage;
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
  expectVolume(image, 'image');
  expectVolume(mask, 'mask');
  const { normalize, normalizeScale, removeOutliers, resegmentRange, interpolator } = settings;
  const original = { image, mask: maskChannel(mask, settings.label_channel) };
  const normalised = normalize
    ? normaliseImage(image, { scale: normalizeScale, removeOutliers })
    : image;
  const given = { image: normalised, mask: original.mask };
  const { resampledPixelSpacing } = settings;
  const placed =
    resampledPixelSpacing === null || interpolator === null
      ? placeMask(given, settings)
      : resample(given, { ...settings, resampledPixelSpacing, interpolator });
  const prepared = { original, ...placed };
  return resegmentRange === null ? prepared : resegment(prepared, settings, resegmentRange);
}

type Placed = Omit<PreparedCase, 'original'>;

function resample(given: PreparationStage, settings: ResampleOptions): Placed {
  const stage = resampleImageAndMask(given.image, given.mask, settings);
  return { interpolated: stage, shape: stage, texture: stage };
}

/** The mask on the grid of the image, and both cropped if asked for. */
function placeMask({ image, mask }: PreparationStage, settings: ResolvedSettings): Placed {
  const aligned = alignMask(image, mask, settings);
  const { spacing, origin, direction } = image;
  // Within the tolerance the geometry of the image counts.
  const onImage =
    settings.geometryTolerance === null
      ? aligned
      : { data: aligned.data, spacing, origin, direction };
  const whole = { image, mask: onImage };
  const stage = settings.preCrop ? cropToRegion(image, onImage, settings) : whole;
  return {
    ...(aligned === mask ? {} : { corrected: whole }),
    shape: stage,
    texture: stage,
  };
}

/**
 * Take only voxels within the range for all features but shape. Shape keeps the whole region, as far as
 * it lies in the box of the voxels that stay: so PyRadiomics has it.
 */
function resegment(
  prepared: PreparedCase,
  { label, resegmentMode, resegmentShape }: ResolvedSettings,
  range: readonly number[],
): PreparedCase {
  const { image, mask } = prepared.texture;
  const options = { label, range, mode: resegmentMode };
  const resegmented = resegmentMask(image, mask, options);
  const texture = { image, mask: resegmented };
  if (resegmentShape) return { ...prepared, resegmented, shape: texture, texture };
  const box = boxOf(findLabelBox(resegmented.data, label));
  const shape = { image: cropVolume(image, box), mask: cropVolume(mask, box) };
  return { ...prepared, resegmented, shape, texture };
}
