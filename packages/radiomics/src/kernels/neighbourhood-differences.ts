import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { longestRun } from './longest-run.js';
import { expectTableFits } from './table-size.js';

interface DifferenceKernels {
  addDifferences(
    levels: number,
    levelBytes: number,
    ranks: number,
    rankBytes: number,
    runs: number,
    runsEnd: number,
    steps: number,
    directions: number,
    scratch: number,
    width: number,
    table: number,
  ): void;
}

/**
 * Compare each voxel with the mean of the voxels of the region around it: per rank, the sum of
 * |level − mean of the neighbours|. A voxel without neighbours has no difference.
 *
 * |count·level − sum| is an integer: it is added up per level and count and divided at the end, so that
 * the result does not depend on the order of the voxels.
 *
 * @param directions the half of the steps to neighbours; opposites are added
 */
export function neighbourhoodDifferences(
  grid: LevelGrid,
  directions: readonly Vector3[],
): Float64Array {
  const { arena, runsAddress, runsEnd, ranksAddress, rankBytes, levelsAddress, levelBytes } = grid;
  const width = 2 * directions.length + 1;
  const n = grid.grayLevels.length;
  expectTableFits(n, width);
  const mark = arena.mark();
  const steps = grid.reserveSteps(directions);
  const scratch = arena.reserve(8 * (longestRun(grid.runs) + 16));
  const table = arena.reserveZeroed(8 * n * width);
  const kernels = arena.exports as unknown as DifferenceKernels;
  kernels.addDifferences(
    levelsAddress,
    levelBytes,
    ranksAddress,
    rankBytes,
    runsAddress,
    runsEnd,
    steps,
    directions.length,
    scratch,
    width,
    table,
  );
  arena.release(mark);
  const halves = arena.u32(table, 2 * n * width);
  const differences = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    let sum = 0;
    for (let around = 1; around < width; around++) {
      const cell = 2 * (rank * width + around);
      sum += (halves[cell + 1] * 2 ** 32 + halves[cell]) / around;
    }
    differences[rank] = sum;
  }
  return differences;
}
