import type { Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { DirectionMean } from '../features/family.js';
import { type GlcmFeatureName, glcmTable } from '../features/glcm.js';
import { GlcmMeasures } from '../features/glcm-measures.js';
import { CELL_BYTES, visitCooccurrences } from '../kernels/glcm-cells.js';
import {
  type DistanceOptions,
  evaluateAll,
  expectCount,
  expectMatrix,
  expectMatrixFits,
  levelsUpTo,
  MOST_CELLS,
  prepareLevels,
} from './level-volume.js';

/** Options of {@link glcm}. */
export interface GlcmOptions extends DistanceOptions {
  /** Count each pair both ways. Default true. */
  symmetric?: boolean;
}

/**
 * Gray-level co-occurrence matrices: how often a voxel of level i has a voxel of level j one step on.
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, Ng, directions]; index 0 is level 1. Directions in PyRadiomics' order: one
 * of each opposite pair of steps, z falling, then y, then x
 * @throws TooManyGrayLevelsError when the matrices would have more than 2²⁶ cells
 */
export function glcm(
  levels: Volume,
  mask: Volume,
  options: GlcmOptions = {},
): NdArray<Float64Array> {
  const { grid, directions } = prepareLevels(levels, mask, options);
  const steps = directions(options.distances ?? [1]);
  const symmetric = options.symmetric ?? true;
  const n = grid.highest;
  expectMatrixFits(n, Math.sqrt(MOST_CELLS / Math.max(1, steps.length)));
  const matrix = ndarray(new Float64Array(n * n * steps.length), [n, n, steps.length]);
  const { arena, grayLevels } = grid;
  visitCooccurrences(grid, steps, { symmetric }, ({ address, end }, direction) => {
    for (let cell = address; cell < end; cell += CELL_BYTES) {
      const i = grayLevels[arena.words[cell >> 2]] - 1;
      const j = grayLevels[arena.words[(cell >> 2) + 1]] - 1;
      const count = arena.doubles[(cell >> 3) + 1];
      matrix.set(i, j, direction, count);
      if (symmetric) matrix.set(j, i, direction, count);
    }
  });
  return matrix;
}

/**
 * The 24 features of co-occurrence matrices, each the mean over the directions that have pairs.
 *
 * @param matrix counts or weights, shape [Ng, Ng, directions]
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { glcm, glcmFeatures } from '@steatosis/radiomics';
 *
 * const levels = createVolume(Uint8Array.of(1, 2, 1, 2, 1, 2, 1, 2, 1), [3, 3, 1]);
 * const mask = createVolume(new Uint8Array(9).fill(1), [3, 3, 1]);
 * const matrix = glcm(levels, mask);
 * console.log(matrix.shape); // [2, 2, 4]
 * console.log(glcmFeatures(matrix).Contrast); // 0.5
 * ```
 */
export function glcmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<GlcmFeatureName, number> {
  expectMatrix(matrix, 3, '[level, level, direction], levels alike');
  const [n = 0, columns = 0, directions = 0] = matrix.shape;
  if (n !== columns) expectMatrix(matrix, NaN, '[level, level, direction], levels alike');
  const present = presentLevels(matrix);
  const cells = new Float64Array(present.length ** 2);
  const each = (direction: number): Float64Array => {
    present.forEach((a, i) => {
      present.forEach((b, j) => {
        cells[i * present.length + j] = matrix.get(a - 1, b - 1, direction);
      });
    });
    return cells;
  };
  let symmetric = true;
  for (let d = 0; d < directions; d++) symmetric &&= isSymmetric(each(d), present.length);
  const measures = new GlcmMeasures(present, n, symmetric);
  return evaluateAll(glcmTable, (features) => {
    const mean = new DirectionMean(features);
    for (let d = 0; d < directions; d++) {
      if (measures.load(each(d))) mean.add(measures);
    }
    return mean.means();
  });
}

/** Levels that occur in any direction, as row or column. */
function presentLevels(matrix: NdArray<Float64Array | Uint32Array>): Float64Array {
  const [n = 0, , directions = 0] = matrix.shape;
  const occurs = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let d = 0; d < directions; d++) {
        if (expectCount(matrix.get(i, j, d)) > 0) occurs[i] = occurs[j] = 1;
      }
    }
  }
  return levelsUpTo(n).filter((level) => occurs[level - 1] === 1);
}

function isSymmetric(cells: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if (cells[i * n + j] !== cells[j * n + i]) return false;
  }
  return true;
}
