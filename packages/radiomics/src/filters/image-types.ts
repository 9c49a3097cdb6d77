import type { ImageTypeName } from '../settings/image-types.js';
import type { ImageType } from './image-type.js';
import { originalType } from './original.js';

/** Every image type by PyRadiomics' name. */
export const imageTypes: Partial<Record<ImageTypeName, ImageType>> = {
  Original: originalType,
};
