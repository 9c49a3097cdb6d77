import { LevelSizeMeasures } from '../../features/level-size-measures.js';
import { visitRunCounts } from '../../kernels/run-counts.js';
import type { TextureSource } from './texture-source.js';

/**
 * Evaluate features of the run-length matrices: of each direction's, and of their sum. Unlike PyRadiomics,
 * IBSI drops no direction: where no line meets two voxels, every voxel is a run of its own.
 */
export function evaluateRunLengths(
  features: readonly ((measures: LevelSizeMeasures) => number)[],
  { grid, adjacent }: TextureSource,
): { apart: number[][]; merged: number[][] } {
  const { grayLevels: levels, frequencies } = grid;
  const measures = new LevelSizeMeasures();
  const apart: number[][] = [];
  const row = (cells: Uint32Array | Float64Array): number[] => {
    const width = cells.length / levels.length;
    measures.load({ cells, width, levels });
    return features.map((feature) => feature(measures));
  };
  let sum = new Float64Array(0);
  visitRunCounts(grid, adjacent, (counts) => {
    const width = counts.length / levels.length;
    if (counts.every((count) => count === 0)) {
      frequencies.forEach((count, rank) => (counts[rank * width] = count));
    }
    if (sum.length === 0) sum = new Float64Array(counts.length);
    for (let c = 0; c < counts.length; c++) sum[c] += counts[c];
    apart.push(row(counts));
  });
  return { apart, merged: sum.length === 0 ? [] : [row(sum)] };
}
