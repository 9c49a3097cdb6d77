import type { Volume } from '@steatosis/core';
import { Workspace } from '../../kernels/workspace.js';
import { forEachVoxel } from '../region-voxels.js';
import { cutIntensityRegion } from '../region-voxels.js';
import { inverseDistanceSums } from './inverse-distance-sums.js';

/** What Moran's and Geary's measures are computed from; sums run over ordered pairs i ≠ j. */
export interface SpatialMeasures {
  /** N */
  readonly count: number;
  /** Σ w_ij, 1/mm */
  readonly weights: number;
  /** Σ w_ij·(x_i − μ)(x_j − μ) */
  readonly products: number;
  /** Σ w_ij·(x_i − x_j)² */
  readonly differences: number;
  /** Σ (x_i − μ)² */
  readonly squares: number;
}

/**
 * Measure the spatial autocorrelation of a region.
 *
 * @param image gray values, three dimensions
 * @param intensityMask 1 inside, on the same grid
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError NonFiniteRegionError
 */
export function measureSpatial(image: Volume, intensityMask: Volume): SpatialMeasures {
  const region = cutIntensityRegion(image, intensityMask, new Workspace());
  const [nx, ny, nz] = region.size;
  let total = 0;
  for (const value of region.values) total += value;
  const mean = total / region.count;
  const inside = new Uint8Array(nx * ny * nz);
  const values = new Float64Array(inside.length);
  const flat = region.minimum === region.maximum;
  let squares = 0;
  forEachVoxel(region, (x, y, z, value) => {
    const at = (z * ny + y) * nx + x;
    const deviation = flat ? 0 : value - mean;
    inside[at] = 1;
    values[at] = deviation;
    squares += deviation * deviation;
  });
  const sums = inverseDistanceSums({ size: region.size, spacing: region.spacing, inside, values });
  return {
    count: region.count,
    weights: sums.weights,
    products: sums.products,
    differences: 2 * (sums.squares - sums.products),
    squares,
  };
}
