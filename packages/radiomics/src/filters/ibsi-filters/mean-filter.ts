import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { centredFilter } from './axis-filter.js';
import { type FilterOptions, sumOfSeparable } from './sum-of-separable.js';

/** Options of {@link meanFilter}. */
export interface MeanFilterOptions extends FilterOptions {
  /** Edge of the cube, or square, to average over, in voxels: an odd integer from 1 to 999. */
  supportVoxels: number;
}

/**
 * Mean of the voxels around each voxel, itself included, by IBSI's definition.
 *
 * Source: IBSI 2 reference manual, arXiv:2006.05470, "mean filter".
 *
 * @returns double precision, in the unit of the image
 * @throws InvalidArgumentError for an even or impossible support, or an unknown boundary rule
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { meanFilter } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(3, 0, 0, 9), [4, 1, 1]);
 * console.log(meanFilter(image, { supportVoxels: 3 }).data.data.join(' ')); // 2 1 3 6
 * ```
 */
export function meanFilter(image: Volume, options: MeanFilterOptions): Volume<Float64Array> {
  const { supportVoxels, planar = false } = options;
  if (!(supportVoxels % 2 === 1 && supportVoxels <= 999)) {
    throw new InvalidArgumentError('supportVoxels', supportVoxels, 'an odd integer from 1 to 999');
  }
  const axes = planar ? 2 : 3;
  const ones = centredFilter(new Float64Array(supportVoxels).fill(1));
  const along = Array.from({ length: axes }, () => ones);
  return sumOfSeparable(image, [along], supportVoxels ** -axes, options);
}
