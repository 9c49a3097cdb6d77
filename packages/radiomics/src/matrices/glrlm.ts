import type { Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { DirectionMean } from '../features/family.js';
import { type GlrlmFeatureName, glrlmTable } from '../features/glrlm.js';
import { LevelSizeMeasures } from '../features/level-size-measures.js';
import { visitRunCounts } from '../kernels/run-counts.js';
import {
  evaluateAll,
  expectCount,
  expectMatrix,
  expectMatrixFits,
  levelsUpTo,
  type MatrixOptions,
  MOST_CELLS,
  prepareLevels,
} from './level-volume.js';

/**
 * Gray-level run-length matrices: how many runs of j voxels of level i there are along each direction.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, longest side of the region, directions]; index 0 is level 1 and length 1.
 * A direction in which no line meets two voxels of the region is empty
 * @throws TooManyGrayLevelsError when the matrix would have more than 2²⁶ cells
 */
export function glrlm(
  levels: Volume,
  mask: Volume,
  options: MatrixOptions = {},
): NdArray<Float64Array> {
  const { grid, directions } = prepareLevels(levels, mask, options);
  const steps = directions([1]);
  const lengths = Math.max(...grid.size);
  expectMatrixFits(grid.highest, MOST_CELLS / (lengths * Math.max(1, steps.length)));
  const matrix = ndarray(new Float64Array(grid.highest * lengths * steps.length), [
    grid.highest,
    lengths,
    steps.length,
  ]);
  visitRunCounts(grid, steps, (counts, direction) => {
    grid.grayLevels.forEach((level, rank) => {
      for (let l = 0; l < lengths; l++) {
        matrix.set(level - 1, l, direction, counts[rank * lengths + l]);
      }
    });
  });
  return matrix;
}

/**
 * The 16 features of run-length matrices, each the mean over the directions that have runs.
 *
 * @param matrix counts or weights, shape [Ng, lengths, directions]
 */
export function glrlmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<GlrlmFeatureName, number> {
  expectMatrix(matrix, 3, '[level, run length, direction]');
  const [n = 0, width = 0, directions = 0] = matrix.shape;
  const levels = levelsUpTo(n);
  const cells = new Float64Array(n * width);
  const measures = new LevelSizeMeasures();
  return evaluateAll(glrlmTable, (features) => {
    const mean = new DirectionMean(features);
    for (let d = 0; d < directions; d++) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < width; j++) cells[i * width + j] = expectCount(matrix.get(i, j, d));
      }
      measures.load({ cells, width, levels });
      if (measures.total > 0) mean.add(measures);
    }
    return mean.means();
  });
}
