import { InvalidArgumentError, type Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { type NgtdmFeatureName, ngtdmTable } from '../features/ngtdm.js';
import { neighbourhoodDifferences } from '../kernels/neighbourhood-differences.js';
import {
  type DistanceOptions,
  evaluateAll,
  expectCount,
  expectMatrix,
  prepareLevels,
} from './level-volume.js';

/**
 * Neighbouring gray-tone difference matrix: for each level i the number n of its voxels, and the sum s of
 * the differences |i − mean of the neighbours|.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns shape [levels that are present, 3]: n, s and i
 */
export function ngtdm(
  levels: Volume,
  mask: Volume,
  options: DistanceOptions = {},
): NdArray<Float64Array> {
  const { grid, directions } = prepareLevels(levels, mask, options);
  const steps = directions(options.distances ?? [1]);
  const s = neighbourhoodDifferences(grid, steps);
  const n = grid.grayLevels.length;
  const matrix = ndarray(new Float64Array(n * 3), [n, 3]);
  grid.grayLevels.forEach((level, rank) => {
    matrix.set(rank, 0, grid.frequencies[rank]);
    matrix.set(rank, 1, s[rank]);
    matrix.set(rank, 2, level);
  });
  return matrix;
}

/**
 * The five features of a gray-tone difference matrix.
 *
 * @param matrix shape [levels, 3]: number of voxels, sum of differences, gray level
 */
export function ngtdmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<NgtdmFeatureName, number> {
  expectMatrix(matrix, 2, '[level, (n, s, level)]');
  const [n = 0, columns] = matrix.shape;
  if (columns !== 3)
    throw new InvalidArgumentError('matrix', matrix.shape, 'three columns: n, s, level');
  const rows = Array.from({ length: n }, (_, k) => k).filter((k) => matrix.get(k, 0) > 0);
  const column = (c: number) => Float64Array.from(rows, (k) => expectCount(matrix.get(k, c)));
  const counts = column(0);
  const voxels = counts.reduce((a, b) => a + b, 0);
  const measures = {
    levels: column(2),
    p: counts.map((count) => count / voxels),
    s: column(1),
    voxels,
  };
  return evaluateAll(ngtdmTable, (features) => features.map((feature) => feature(measures)));
}
