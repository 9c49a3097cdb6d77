import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { type AxisFilter, centredFilter } from './axis-filter.js';
import { type FilterOptions, sumOfSeparable } from './sum-of-separable.js';

/** Options of {@link laplacianOfGaussianFir}. */
export interface LaplacianOfGaussianFirOptions extends FilterOptions {
  /** Standard deviation of the Gaussian in mm, > 0. */
  sigmaMm: number;
  /** Standard deviations after which the filter is cut off, > 0. Default 4. */
  cutoffSigmas?: number;
}

/** Longest half of a filter in voxels: beyond, the image has long ended and time would be wasted. */
const LONGEST_REACH = 2000;

/**
 * Laplacian of Gaussian by IBSI's definition: a sampled filter of finite length, not normalised across scale.
 *
 * Along each axis of spacing s the filter has 1 + 2·⌊d·σ/s + ½⌋ taps, d being `cutoffSigmas`; lengths are in voxels, as
 * IBSI has them. Where voxels are no cubes (squares), which IBSI leaves open, derivatives are taken in mm and the
 * response is multiplied by the square of the geometric mean of the spacings.
 *
 * Source: IBSI 2 reference manual, arXiv:2006.05470, "Laplacian-of-Gaussian filter". PyRadiomics' LoG,
 * {@link laplacianOfGaussian}, is recursive and multiplied by σ².
 *
 * @returns double precision, in the unit of the image; a bright spot is negative
 * @throws InvalidArgumentError for an impossible σ or cut-off, or an unknown boundary rule
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { laplacianOfGaussianFir } from '@steatosis/radiomics';
 *
 * const dot = createVolume(new Float32Array(9 ** 2), [9, 9, 1]);
 * dot.data.set(4, 4, 0, 100);
 * const response = laplacianOfGaussianFir(dot, { sigmaMm: 1, planar: true });
 * console.log(response.data.get(4, 4, 0).toFixed(3)); // -31.831: −100 · 2 / (2π)
 * ```
 */
export function laplacianOfGaussianFir(
  image: Volume,
  options: LaplacianOfGaussianFirOptions,
): Volume<Float64Array> {
  const { sigmaMm, cutoffSigmas = 4, planar = false } = options;
  const spacings = image.spacing.slice(0, planar ? 2 : 3);
  expectReach('sigmaMm', sigmaMm, (sigmaMm * 4) / Math.min(...spacings));
  expectReach('cutoffSigmas', cutoffSigmas, (sigmaMm * cutoffSigmas) / Math.min(...spacings));
  const unit = spacings.reduce((product, s) => product * s, 1) ** (2 / spacings.length);
  const gaussians = spacings.map((s) => gaussian(sigmaMm / s, cutoffSigmas));
  const filters = spacings.map((s, axis) =>
    gaussians.map((filter, other) =>
      other === axis ? secondDerivative(filter, sigmaMm / s, unit / s ** 2) : filter,
    ),
  );
  return sumOfSeparable(image, filters, 1, options);
}

function expectReach(name: string, value: number, reachVoxels: number): void {
  if (value > 0 && reachVoxels <= LONGEST_REACH) return;
  throw new InvalidArgumentError(
    name,
    value,
    `a number > 0 whose filter reaches at most ${LONGEST_REACH} voxels`,
  );
}

/** Samples of a Gaussian, σ in voxels. */
function gaussian(sigma: number, cutoff: number): AxisFilter {
  const reach = Math.floor(cutoff * sigma + 0.5);
  const height = 1 / (Math.sqrt(2 * Math.PI) * sigma);
  return centredFilter(
    Float64Array.from(
      { length: 2 * reach + 1 },
      (_, k) => height * Math.exp(-0.5 * ((k - reach) / sigma) ** 2),
    ),
  );
}

function secondDerivative({ taps, ahead }: AxisFilter, sigma: number, scale: number): AxisFilter {
  return centredFilter(
    taps.map((tap, k) => (scale * tap * (((k - ahead) / sigma) ** 2 - 1)) / sigma ** 2),
  );
}
