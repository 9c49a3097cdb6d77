import type { ImageTypeName } from '../settings/image-types.js';
import { gradientType } from './gradient/gradient-type.js';
import type { ImageType } from './image-type.js';
import { lbp2DType } from './lbp2d/lbp2d-type.js';
import { lbp3DType } from './lbp3d/lbp3d-type.js';
import { logType } from './log/log-type.js';
import { originalType } from './original.js';
import {
  exponentialType,
  logarithmType,
  squareRootType,
  squareType,
} from './pointwise/pointwise-types.js';
import { waveletType } from './wavelet/wavelet-type.js';

/** Every image type by PyRadiomics' name. */
export const imageTypes: Readonly<Record<ImageTypeName, ImageType>> = {
  Original: originalType,
  Wavelet: waveletType,
  LoG: logType,
  Square: squareType,
  SquareRoot: squareRootType,
  Logarithm: logarithmType,
  Exponential: exponentialType,
  Gradient: gradientType,
  LBP2D: lbp2DType,
  LBP3D: lbp3DType,
};
