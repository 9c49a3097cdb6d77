import { createVolume, type Volume } from '@steatosis/core';
import { extractFeatures } from '../extract/extract-features.js';
import { planarFeatures } from '../paper-features.js';
import type { Settings } from '../settings/settings.js';
import { type Plane, planeToVolume, type PlaneOptions } from './plane.js';

/** Options of {@link textureFeatures}: those of the plane, and all {@link Settings}. */
export interface TextureFeaturesOptions extends PlaneOptions, Settings {
  /** Integers of the same size; the region is where it equals `label` (1). Default: every pixel. */
  mask?: Plane;
}

/**
 * Texture and first-order features of a plane of numbers or a canvas' pixels: no medical image needed.
 *
 * @param plane `ImageData`, rows of numbers, or an `NdArray` `[rows, columns]`
 * @param options by default the 93 {@link planarFeatures} with bins of width 25
 * @returns features by name, as {@link extractFeatures} returns them
 * @throws what {@link planeToVolume} and {@link extractFeatures} throw
 * @example
 * ```ts
 * import { textureFeatures } from '@steatosis/radiomics';
 *
 * // What getImageData gives: a board of 8×8 black and white pixels.
 * const data = Uint8ClampedArray.from({ length: 256 }, (_, i) => {
 *   const [x, y] = [(i >> 2) % 8, i >> 5];
 *   return i % 4 === 3 ? 255 : 255 * ((x + y) % 2);
 * });
 * const features = textureFeatures({ data, width: 8, height: 8 }, { binCount: 2 });
 * console.log(features['original_glcm_Correlation']?.toFixed(3)); // 0.000: alike along two directions, opposite along two
 * console.log(features['original_glszm_LargeAreaEmphasis']); // 1024: two zones of 32 pixels, joined at their corners
 * ```
 */
export function textureFeatures(
  plane: Plane,
  options: TextureFeaturesOptions = {},
): Record<string, number> {
  const { mask, channel, spacing, ...settings } = options;
  const geometry = { ...(channel && { channel }), ...(spacing && { spacing }) };
  const image = planeToVolume(plane, geometry);
  return extractFeatures(
    image,
    mask === undefined ? everywhere(image) : planeToVolume(mask, geometry),
    {
      featureClasses: planarFeatures,
      ...settings,
    },
  );
}

function everywhere(image: Volume): Volume {
  const { data, spacing } = image;
  return createVolume(new Uint8Array(data.size).fill(1), [data.shape[0], data.shape[1], 1], {
    spacing,
  });
}
