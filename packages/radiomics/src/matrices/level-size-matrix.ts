import type { NdArray } from 'ndarray';
import { LevelSizeMeasures } from '../features/level-size-measures.js';
import { evaluateAll, expectCount, expectMatrix, levelsUpTo } from './level-volume.js';

/** The features of one matrix of gray level against size. */
export function levelSizeFeatures<Name extends string>(
  table: Readonly<Record<Name, (measured: LevelSizeMeasures) => number>>,
  matrix: NdArray<Float64Array | Uint32Array>,
  axes: string,
): Record<Name, number> {
  expectMatrix(matrix, 2, axes);
  const [n = 0, width = 0] = matrix.shape;
  const cells = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < width; j++) cells[i * width + j] = expectCount(matrix.get(i, j));
  }
  const measures = new LevelSizeMeasures();
  measures.load({ cells, width, levels: levelsUpTo(n) });
  return evaluateAll(table, (features) => features.map((feature) => feature(measures)));
}
