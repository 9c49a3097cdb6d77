import { denseData, InvalidArgumentError, type Volume, volumeLike } from '@steatosis/core';
import { CannotNormaliseError } from '../errors.js';

export interface NormaliseOptions {
  /** Factor on the normalised values, finite and > 0. Default 1. */
  scale?: number | undefined;
  /**
   * Values further than this many standard deviations from the mean are set to that bound, > 0. Default:
   * none is changed.
   */
  removeOutliers?: number | null | undefined;
}

/**
 * Subtract the mean of the whole image from every value and divide by the standard deviation: PyRadiomics'
 * `normalize`.
 *
 * f(x) = scale · (x − mean) / SD, with the sample standard deviation (n − 1) over all voxels, those
 * outside of the region too. Outliers are cut off before the scale is applied.
 *
 * @param image of any number of components; all of them share one mean
 * @returns a new image of `Float64Array`, whatever the type of the given one, as SimpleITK's
 * `NormalizeImageFilter` returns it
 * @throws CannotNormaliseError for an image that is constant or not finite everywhere
 * @throws InvalidArgumentError for impossible options
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { normaliseImage } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(1, 2, 3), [3, 1, 1]);
 * console.log([...normaliseImage(image, { scale: 100 }).data.data]); // [ -100, 0, 100 ]
 * ```
 */
export function normaliseImage(
  image: Volume,
  options: NormaliseOptions = {},
): Volume<Float64Array> {
  const { scale = 1, removeOutliers = null } = options;
  if (!(scale > 0 && scale < Infinity)) {
    throw new InvalidArgumentError('scale', scale, 'a finite number > 0');
  }
  if (removeOutliers !== null && !(removeOutliers > 0)) {
    throw new InvalidArgumentError('removeOutliers', removeOutliers, 'a number > 0, or null');
  }
  const values = denseData(image);
  const { mean, variance } = momentsOf(values);
  if (Number.isNaN(mean) || !Number.isFinite(variance)) {
    let nonFinite = 0;
    for (const value of values) if (!Number.isFinite(value)) nonFinite++;
    throw new CannotNormaliseError('not finite', nonFinite);
  }
  // Rounding can leave a constant image a variance.
  if (!(variance > 0) || values.every((value) => value === values[0])) {
    throw new CannotNormaliseError('constant', values.length);
  }
  const factor = 1 / Math.sqrt(variance);
  const bound = removeOutliers ?? Infinity;
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let value = (values[i] - mean) * factor;
    if (value > bound) value = bound;
    else if (value < -bound) value = -bound;
    result[i] = value * scale;
  }
  const components = image.data.shape[3];
  return volumeLike(image, result, components);
}

/** Mean and sample variance from sums that carry their rounding errors along (Kahan 1965). */
function momentsOf(values: ArrayLike<number>): { mean: number; variance: number } {
  const n = values.length;
  let sum = 0;
  let sumError = 0;
  let squares = 0;
  let squaresError = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    const term = value - sumError;
    const next = sum + term;
    sumError = next - sum - term;
    sum = next;
    const square = value * value - squaresError;
    const nextSquares = squares + square;
    squaresError = nextSquares - squares - square;
    squares = nextSquares;
  }
  return { mean: sum / n, variance: (squares - (sum * sum) / n) / (n - 1) };
}
