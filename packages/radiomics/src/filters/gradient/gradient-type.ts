import type { ImageType } from '../image-type.js';
import { gradientMagnitude } from './gradient-magnitude.js';

/** Length of the gradient. */
export const gradientType: ImageType = {
  *derive(image, { settings, within }) {
    const useSpacing = settings.gradientUseSpacing;
    yield { name: 'gradient', image: gradientMagnitude(image, { within, useSpacing }) };
  },
};
