import { InvalidArgumentError, type Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { type GlszmFeatureName, glszmTable } from '../features/glszm.js';
import { findZones, type Zones } from '../kernels/zones.js';
import { type MatrixOptions, prepareLevels } from './level-volume.js';
import { levelSizeFeatures } from './level-size-matrix.js';

/** Above this many cells the matrix is refused; `extractFeatures` never lays it out. */
const MOST_CELLS = 2 ** 26;

/**
 * Gray-level size-zone matrix: how many connected zones of j voxels of level i there are (26-connected,
 * 8-connected in a plane).
 *
 * @param levels gray levels ≥ 1 inside the region, as {@link discretise} returns them
 * @param mask integers on the same grid
 * @returns counts, shape [Ng, largest zone]; index 0 is level 1 and size 1
 * @throws InvalidArgumentError when the matrix would have more than 2²⁶ cells
 */
export function glszm(
  levels: Volume,
  mask: Volume,
  options: MatrixOptions = {},
): NdArray<Float64Array> {
  const { grid, directions } = prepareLevels(levels, mask, options);
  const zones = findZones(grid, directions([1]));
  const largest = largestZone(zones);
  if (grid.highest * largest > MOST_CELLS) {
    throw new InvalidArgumentError(
      'levels',
      levels.data.shape,
      `a region whose size-zone matrix has at most ${MOST_CELLS} cells, not ${grid.highest}×${largest}; ` +
        `extractFeatures computes the features without it`,
    );
  }
  const matrix = ndarray(new Float64Array(grid.highest * largest), [grid.highest, largest]);
  const { cells, width, large } = zones;
  grid.grayLevels.forEach((level, rank) => {
    for (let j = 0; j < Math.min(width, largest); j++) {
      matrix.set(level - 1, j, cells[rank * width + j]);
    }
  });
  for (let k = 0; k < large.length; k += 2) {
    const level = grid.grayLevels[large[k] - 1];
    const size = large[k + 1];
    matrix.set(level - 1, size - 1, matrix.get(level - 1, size - 1) + 1);
  }
  return matrix;
}

function largestZone({ cells, width, large }: Zones): number {
  let largest = 0;
  for (let c = 0; c < cells.length; c++) {
    if (cells[c] > 0) largest = Math.max(largest, (c % width) + 1);
  }
  for (let k = 1; k < large.length; k += 2) largest = Math.max(largest, large[k]);
  return largest;
}

/**
 * The 16 features of a size-zone matrix.
 *
 * @param matrix counts, shape [Ng, sizes]
 */
export function glszmFeatures(
  matrix: NdArray<Float64Array | Uint32Array>,
): Record<GlszmFeatureName, number> {
  return levelSizeFeatures(glszmTable, matrix, '[level, zone size]');
}
