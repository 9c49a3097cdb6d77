import type { ImageType } from '../image-type.js';
import { waveletImages } from './wavelet-images.js';

/** Sub-bands of the stationary wavelet transform. */
export const waveletType: ImageType = {
  derive: (image, { settings, within }) => waveletImages(image, { ...settings, within }),
};
