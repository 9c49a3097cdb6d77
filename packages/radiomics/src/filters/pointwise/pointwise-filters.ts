import { denseData, type Volume, volumeLike } from '@steatosis/core';
import { largestMagnitude } from './largest-magnitude.js';
import { wantedBox, type WithinOptions } from '../wanted-box.js';

/**
 * Square of the image, scaled to the range of the image: (x / √m)², with m the largest |x| of the whole image.
 *
 * NaN and infinite voxels do not count for m. An image of zeros stays zero, where PyRadiomics divides by 0.
 *
 * @returns a `Float64Array` on the grid of the image, or of `within`
 * @throws InvalidArgumentError for an image with components, or a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { squareImage } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(0, -2, 4), [3, 1, 1]);
 * console.log(squareImage(image).data.data); // Float64Array(3) [ 0, 1, 4 ]
 * ```
 */
export function squareImage(image: Volume, options: WithinOptions = {}): Volume<Float64Array> {
  return pointwise(image, options, (largest) => {
    const scale = largest > 0 ? 1 / Math.sqrt(largest) : 0;
    return (x) => (scale * x) ** 2;
  });
}

/**
 * Square root of the image, scaled to the range of the image: ±√(m·|x|) with the sign of x and m the largest |x| of the
 * whole image.
 *
 * NaN and infinite voxels do not count for m.
 *
 * @returns a `Float64Array` on the grid of the image, or of `within`
 * @throws InvalidArgumentError for an image with components, or a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { squareRootImage } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(0, -1, 4), [3, 1, 1]);
 * console.log(squareRootImage(image).data.data); // Float64Array(3) [ 0, -2, 4 ]
 * ```
 */
export function squareRootImage(image: Volume, options: WithinOptions = {}): Volume<Float64Array> {
  return pointwise(
    image,
    options,
    (largest) => (x) => (x < 0 ? -Math.sqrt(-x * largest) : Math.sqrt(x * largest)),
  );
}

/**
 * Logarithm of the image, scaled to the range of the image: ±c·ln(|x| + 1) with the sign of x and c = m / ln(m + 1), m the
 * largest |x| of the whole image.
 *
 * NaN and infinite voxels do not count for m. An image of zeros stays zero, where PyRadiomics divides by 0.
 *
 * @returns a `Float64Array` on the grid of the image, or of `within`
 * @throws InvalidArgumentError for an image with components, or a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { logarithmImage } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(0, -1, 3), [3, 1, 1]);
 * console.log(logarithmImage(image).data.data); // Float64Array(3) [ 0, -1.5, 3 ]
 * ```
 */
export function logarithmImage(image: Volume, options: WithinOptions = {}): Volume<Float64Array> {
  return pointwise(image, options, (largest) => {
    const scale = largest > 0 ? largest / Math.log(largest + 1) : 0;
    return (x) => (x < 0 ? -Math.log(1 - x) * scale : Math.log(x + 1) * scale);
  });
}

/**
 * Exponential of the image, scaled to the range of the image: e^(c·x) with c = ln(m) / m, m the largest |x| of the whole
 * image.
 *
 * NaN and infinite voxels do not count for m. An image of zeros gives 1 everywhere, where PyRadiomics divides by 0.
 *
 * @returns a `Float64Array` on the grid of the image, or of `within`
 * @throws InvalidArgumentError for an image with components, or a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { exponentialImage } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(0, 2, 4), [3, 1, 1]);
 * console.log(exponentialImage(image).data.data.map(Math.round)); // Float64Array(3) [ 1, 2, 4 ]
 * ```
 */
export function exponentialImage(image: Volume, options: WithinOptions = {}): Volume<Float64Array> {
  return pointwise(image, options, (largest) => {
    const rate = largest > 0 ? Math.log(largest) / largest : 0;
    return (x) => Math.exp(rate * x);
  });
}

/** Apply a function that knows the largest finite magnitude of the whole image. */
function pointwise(
  image: Volume,
  { within }: WithinOptions,
  make: (largest: number) => (x: number) => number,
): Volume<Float64Array> {
  const { like } = wantedBox(image, within);
  const apply = make(largestMagnitude(image));
  const values = denseData(like);
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = apply(values[i]);
  return volumeLike(like, result);
}
