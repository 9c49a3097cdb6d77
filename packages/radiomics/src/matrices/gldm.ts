import type { Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { type GldmFeatureName, gldmTable } from '../features/gldm.js';
import { dependenceCounts } from '../kernels/dependence-counts.js';
import { checkSetting } from '../settings/resolve-settings.js';
import { levelSizeFeatures } from './level-size-matrix.js';
import {
  type DistanceOptions,
  expectMatrixFits,
  MOST_CELLS,
  prepareLevels,
} from './level-volume.js';

/** Options of {@link gldm}. */
export interface GldmOptions extends DistanceOptions {
  /** Largest difference of gray levels at which voxels depend on each other, an integer ≥ 0. Default 0. */
  gldm_a?: number;
}

/**
 * Gray-level dependence matrix: how many voxels of level i have j dependent voxels, themselves and the
 * neighbours whose level differs by at most `gldm_a`.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, neighbours + 1]; index 0 is level 1 and a dependence of 1
 * @throws TooManyGrayLevelsError when the matrix would have more than 2²⁶ cells
 */
export function gldm(
  levels: Volume,
  mask: Volume,
  options: GldmOptions = {},
): NdArray<Float64Array> {
  if (options.gldm_a !== undefined) checkSetting('gldm_a', options.gldm_a, 'gldm_a');
  const { grid, directions } = prepareLevels(levels, mask, options);
  const steps = directions(options.distances ?? [1]);
  const width = 2 * steps.length + 1;
  expectMatrixFits(grid.highest, MOST_CELLS / width);
  const counts = dependenceCounts(grid, steps, options.gldm_a ?? 0);
  const matrix = ndarray(new Float64Array(grid.highest * width), [grid.highest, width]);
  grid.grayLevels.forEach((level, rank) => {
    for (let j = 0; j < width; j++) matrix.set(level - 1, j, counts[rank * width + j]);
  });
  return matrix;
}

/**
 * The 14 features of a dependence matrix.
 *
 * @param matrix counts, shape [Ng, dependences]
 */
export function gldmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<GldmFeatureName, number> {
  return levelSizeFeatures(gldmTable, matrix, '[level, dependence]');
}
