import { InvalidArgumentError } from '@steatosis/core';
import { type Interpolator, INTERPOLATORS } from '../../settings/preparation-settings.js';
import { bSplineKernel } from './b-spline.js';
import { gaussianKernel, labelGaussianKernel } from './gaussian.js';
import type { KernelMaker } from './kernel.js';
import { linearKernel } from './linear.js';
import { nearestKernel } from './nearest.js';
import { type SincWindow, windowedSincKernel } from './windowed-sinc.js';

const sinc =
  (window: SincWindow): KernelMaker =>
  (image) =>
    windowedSincKernel(image, window);

/**
 * The kernel of an interpolator that is named as SimpleITK names it, or by SimpleITK's number.
 *
 * @throws InvalidArgumentError for another name or number
 */
export function kernelOf(interpolator: string | number): KernelMaker {
  const name = typeof interpolator === 'number' ? INTERPOLATORS[interpolator - 1] : interpolator;
  switch (name as Interpolator | undefined) {
    case 'sitkNearestNeighbor':
      return nearestKernel;
    case 'sitkLinear':
      return linearKernel;
    case 'sitkBSpline':
      return bSplineKernel;
    case 'sitkGaussian':
      return gaussianKernel;
    case 'sitkLabelGaussian':
      return labelGaussianKernel;
    case 'sitkHammingWindowedSinc':
      return sinc('hamming');
    case 'sitkCosineWindowedSinc':
      return sinc('cosine');
    case 'sitkWelchWindowedSinc':
      return sinc('welch');
    case 'sitkLanczosWindowedSinc':
      return sinc('lanczos');
    case 'sitkBlackmanWindowedSinc':
      return sinc('blackman');
    default:
      throw new InvalidArgumentError(
        'interpolator',
        interpolator,
        `one of ${INTERPOLATORS.join(', ')}, or its number from 1 to 10`,
      );
  }
}
