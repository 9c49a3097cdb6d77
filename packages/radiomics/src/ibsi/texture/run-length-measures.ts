import type { LevelGrid } from '../../discretise/gray-levels.js';
import { LevelSizeMeasures } from '../../features/level-size-measures.js';
import { WeightedRuns } from '../../features/weighted-runs.js';
import { type RunTable, runTableWidth, visitRunTables } from '../../kernels/run-counts.js';
import type { TextureSource } from './texture-source.js';

/**
 * Evaluate features of the run-length matrices: of each direction's, and of their sum. Unlike PyRadiomics,
 * IBSI drops no direction: where no line meets two voxels, every voxel is a run of its own.
 */
export function evaluateRunLengths(
  features: readonly ((measures: LevelSizeMeasures) => number)[],
  { grid, adjacent }: TextureSource,
): { apart: number[][]; merged: number[][] } {
  const { arena, grayLevels } = grid;
  const width = runTableWidth(grid);
  const measures = new LevelSizeMeasures(arena);
  const evaluate = (runs: WeightedRuns): number[] => {
    measures.loadPlaced(runs.placed(), grayLevels);
    return features.map((feature) => feature(measures));
  };
  const apart: number[][] = [];
  const start = arena.mark();
  const sum = new WeightedRuns(grid, width);
  visitRunTables(grid, adjacent, (table) => {
    fillDropped(table, grid);
    const mark = arena.mark();
    const runs = new WeightedRuns(grid, width);
    runs.add(table, 1);
    sum.add(table, 1);
    apart.push(evaluate(runs));
    arena.release(mark);
  });
  const merged = adjacent.length === 0 ? [] : [evaluate(sum)];
  arena.release(start);
  return { apart, merged };
}

/** Where a direction was dropped, count a run of length 1 for every voxel. */
function fillDropped({ address, width, longerCount }: RunTable, grid: LevelGrid): void {
  const { arena, grayLevels, frequencies } = grid;
  const counts = arena.u32(address, grayLevels.length * width);
  if (longerCount === 0 && !counts.some((count) => count > 0)) counts.set(frequencies);
}
