import {
  type Box,
  cropVolume,
  denseData,
  InvalidArgumentError,
  sameGridOrThrow,
  type Volume,
} from '@steatosis/core';

/** Mean and spread of a map in a region. */
export interface RoiSummary {
  mean: number;
  /** Sample standard deviation (n − 1); NaN for a single voxel. */
  sd: number;
  /** Number of voxels. */
  n: number;
}

/**
 * Mean, SD and number of voxels of a map in a region of interest.
 *
 * @param map one value a voxel, `[x, y, z]`
 * @param roi a mask on the same grid (voxels ≠ 0 count) or a box of voxels
 * @throws GridMismatchError when the mask lies on another grid
 * @throws InvalidArgumentError when the region is empty, leaves the map or holds values that are not finite
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { summariseRoi } from '@steatosis/io';
 *
 * const pdffPercent = createVolume(Float32Array.of(4, 5, 6, 90), [4, 1, 1]);
 * const box = { start: [0, 0, 0] as [number, number, number], size: [3, 1, 1] as [number, number, number] };
 * console.log(summariseRoi(pdffPercent, box)); // { mean: 5, sd: 1, n: 3 }
 * ```
 */
export function summariseRoi(map: Volume, roi: Volume | Box): RoiSummary {
  if (map.data.shape.length !== 3) {
    throw new InvalidArgumentError('map', map.data.shape, 'a map of shape [nx, ny, nz]');
  }
  const values = 'data' in roi ? insideMask(map, roi) : denseData(cropVolume(map, roi));
  let sum = 0;
  for (const value of values) sum += value;
  if (!Number.isFinite(sum)) {
    throw new InvalidArgumentError(
      'roi',
      sum,
      'a region in which every value of the map is finite',
    );
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (values.length - 1)), n: values.length };
}

function insideMask(map: Volume, mask: Volume): Float64Array {
  sameGridOrThrow(map, mask, 'map', 'mask');
  const inside = denseData(mask);
  const values = Float64Array.from(denseData(map)).filter((_, i) => inside[i] !== 0);
  if (values.length === 0) {
    throw new InvalidArgumentError('roi', 'a mask of zeros', 'a mask with at least one voxel ≠ 0');
  }
  return values;
}
