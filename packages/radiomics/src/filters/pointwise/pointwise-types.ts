import type { ImageType } from '../image-type.js';
import {
  exponentialImage,
  logarithmImage,
  squareImage,
  squareRootImage,
} from './pointwise-filters.js';

/** Squared values, on the scale of the image. */
export const squareType: ImageType = {
  *derive(image, { within }) {
    yield { name: 'square', image: squareImage(image, { within }) };
  },
};

/** Square roots, on the scale of the image. */
export const squareRootType: ImageType = {
  *derive(image, { within }) {
    yield { name: 'squareroot', image: squareRootImage(image, { within }) };
  },
};

/** Logarithms, on the scale of the image. */
export const logarithmType: ImageType = {
  *derive(image, { within }) {
    yield { name: 'logarithm', image: logarithmImage(image, { within }) };
  },
};

/** Exponentials, on the scale of the image. */
export const exponentialType: ImageType = {
  *derive(image, { within }) {
    yield { name: 'exponential', image: exponentialImage(image, { within }) };
  },
};
