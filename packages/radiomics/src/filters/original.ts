import { cropVolume } from '@steatosis/core';
import type { ImageType } from './image-type.js';

/** The image as it is. */
export const originalType: ImageType = {
  *derive(image, { within }) {
    yield { name: 'original', image: cropVolume(image, within) };
  },
};
