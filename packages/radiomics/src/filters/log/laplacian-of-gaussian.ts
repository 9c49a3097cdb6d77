import {
  type Box,
  cropVolume,
  denseData,
  gridOf,
  InvalidArgumentError,
  type Vector3,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { wantedBox, type WithinOptions } from '../wanted-box.js';
import { gaussianCoefficients, secondDerivativeCoefficients } from './gaussian-coefficients.js';
import { type Block, filterAlong } from './recursive-filter.js';

/** Options of {@link laplacianOfGaussian}. */
export interface LaplacianOfGaussianOptions extends WithinOptions {
  /** Standard deviation of the Gaussian in mm, > 0. */
  sigmaMm: number;
}

/** Voxels that the recursive filter needs along an axis. */
export const SHORTEST_AXIS = 4;

/** So many standard deviations away a voxel weighs exp(−45): nothing, even before single precision. */
const REACH = 33;

/**
 * Laplacian of Gaussian: blobs and edges of the size of `sigmaMm`, with the values of SimpleITK's
 * `LaplacianRecursiveGaussianImageFilter`, normalised across scale (multiplied by σ²).
 *
 * Derivatives and smoothing are recursive filters of fourth order in patient units, so that voxels need not
 * be cubes (Deriche, INRIA report 1893, 1993; coefficients of Farnebäck and Westin 2006). Intermediate
 * images have single precision, as in ITK. Beyond the image its outermost voxels are taken to go on.
 *
 * @param image three dimensions, at least four voxels along each
 * @returns the response, single precision, in the unit of the image; dark blobs are positive
 * @throws InvalidArgumentError for a σ that is not > 0, an image that is too small, a box outside of it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { laplacianOfGaussian } from '@steatosis/radiomics';
 *
 * const dot = createVolume(new Float32Array(9 ** 3), [9, 9, 9]);
 * dot.data.set(4, 4, 4, 100);
 * const response = laplacianOfGaussian(dot, { sigmaMm: 1.5 });
 * console.log(response.data.get(4, 4, 4) < 0, response.data.get(4, 4, 7) > 0); // true true
 * ```
 */
export function laplacianOfGaussian(
  image: Volume,
  { sigmaMm, within }: LaplacianOfGaussianOptions,
): Volume<Float32Array> {
  if (!(sigmaMm > 0 && sigmaMm < Infinity)) {
    throw new InvalidArgumentError('sigmaMm', sigmaMm, 'a standard deviation in mm, > 0');
  }
  const { box, like } = wantedBox(image, within);
  const { size } = gridOf(image);
  if (Math.min(...size) < SHORTEST_AXIS) {
    throw new InvalidArgumentError(
      'image',
      size,
      `at least ${SHORTEST_AXIS} voxels along each axis`,
    );
  }
  const around = boxAround(box, size, image.spacing, sigmaMm);
  const block: Block = { data: denseData(cropVolume(image, around)), size: around.size };
  const from = box.start.map((n, axis) => n - around.start[axis]) as Vector3;
  return volumeLike(like, respond(block, from, box.size, image.spacing, sigmaMm));
}

/** The box and whatever around it has weight. */
function boxAround(box: Box, size: Vector3, spacing: Vector3, sigmaMm: number): Box {
  const reach = spacing.map((mm) => Math.ceil((REACH * sigmaMm) / mm) + SHORTEST_AXIS);
  const start = box.start.map((n, axis) => Math.max(0, n - reach[axis])) as Vector3;
  const last = box.start.map((n, axis) =>
    Math.min(size[axis], n + box.size[axis] + reach[axis]),
  ) as Vector3;
  return { start, size: last.map((n, axis) => n - start[axis]) as Vector3 };
}

/**
 * Sum of the second derivatives along the three axes, each smoothed along the other two. Which axis is
 * filtered first, and what is rounded to single precision when, is as in ITK.
 */
function respond(
  block: Block,
  from: Vector3,
  size: Vector3,
  spacing: Vector3,
  sigmaMm: number,
): Float32Array<ArrayBuffer> {
  const sum = new Float32Array(size[0] * size[1] * size[2]);
  const smoothing = spacing.map((mm) => gaussianCoefficients(sigmaMm / mm));
  for (const axis of [0, 1, 2] as const) {
    const derivative = secondDerivativeCoefficients(sigmaMm / spacing[axis], sigmaMm * sigmaMm);
    let term = filterAlong(block, axis, derivative, from[axis], from[axis] + size[axis]);
    for (const other of [0, 1, 2] as const) {
      if (other === axis) continue;
      const end = from[other] + size[other];
      term = filterAlong(term, other, smoothing[other], from[other], end, term.data);
    }
    const perSquaredMm = 1 / (spacing[axis] * spacing[axis]);
    for (let i = 0; i < sum.length; i++) sum[i] += term.data[i] * perSquaredMm;
  }
  return sum;
}
