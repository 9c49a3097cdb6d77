import type { Box, Volume } from '@steatosis/core';
import type { ResolvedSettings } from '../settings/settings.js';

/** An image to take features from. */
export interface DerivedImage {
  /** The prefix of its keys: `original`, `wavelet-LLH`, `log-sigma-1-0-mm-3D`, … */
  readonly name: string;
  readonly image: Volume;
}

/** What an image type needs beside the image. */
export interface ImageTypeContext {
  /** Settings with those of the image type itself filled in. */
  readonly settings: ResolvedSettings;
  /** Where the derived images are wanted: the region's box, or more around it for voxel maps. */
  readonly within: Box;
  /** Told of images that cannot be derived and are left out. */
  readonly onWarning: (message: string) => void;
}

/**
 * Images derived from one, such as the sub-bands of a wavelet: one after the other, each on the grid of
 * `cropVolume(image, within)`, with the values that filtering the whole image would give.
 */
export interface ImageType {
  derive(image: Volume, context: ImageTypeContext): Iterable<DerivedImage>;
}
