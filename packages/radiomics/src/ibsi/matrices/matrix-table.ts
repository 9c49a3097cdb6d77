import type { NdArray } from 'ndarray';
import type { LevelSizeTable } from '../../features/level-size-measures.js';
import { expectCount, expectMatrix, levelsUpTo } from '../../matrices/level-volume.js';

/** A matrix of two axes as a table of its cells. @throws InvalidArgumentError for another form or no counts */
export function matrixTable(
  matrix: NdArray<Float64Array | Uint32Array>,
  axes: string,
): LevelSizeTable {
  expectMatrix(matrix, 2, axes);
  const [n = 0, width = 0] = matrix.shape;
  const cells = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < width; j++) cells[i * width + j] = expectCount(matrix.get(i, j));
  }
  return { cells, width, levels: levelsUpTo(n) };
}
