import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { longestRun } from './longest-run.js';
import { expectTableFits } from './table-size.js';

interface DependenceKernels {
  countDependences(
    levels: number,
    levelBytes: number,
    ranks: number,
    rankBytes: number,
    runs: number,
    runsEnd: number,
    steps: number,
    directions: number,
    tolerance: number,
    counts: number,
    width: number,
    table: number,
  ): void;
}

/**
 * Count the voxels by rank and by the number of dependent voxels among their neighbours: those of the
 * region whose gray level differs by at most `tolerance`.
 *
 * @param directions the half of the steps to neighbours; opposites are added
 * @returns cell `(rank − 1)·(2·directions + 1) + dependent neighbours`
 */
export function dependenceCounts(
  grid: LevelGrid,
  directions: readonly Vector3[],
  tolerance: number,
): Uint32Array {
  const { arena, runsAddress, runsEnd, ranksAddress, rankBytes } = grid;
  const width = 2 * directions.length + 1;
  const cells = grid.grayLevels.length * width;
  expectTableFits(grid.grayLevels.length, width);
  const mark = arena.mark();
  const steps = grid.reserveSteps(directions);
  const counts = arena.reserve(2 * (longestRun(grid.runs) + 16));
  const table = arena.reserveZeroed(4 * cells);
  // Equal levels have equal ranks, which are the narrower ones.
  const compareRanks = tolerance === 0;
  const kernels = arena.exports as unknown as DependenceKernels;
  kernels.countDependences(
    compareRanks ? ranksAddress : grid.levelsAddress,
    compareRanks ? rankBytes : grid.levelBytes,
    ranksAddress,
    rankBytes,
    runsAddress,
    runsEnd,
    steps,
    directions.length,
    Math.min(tolerance, grid.highest),
    counts,
    width,
    table,
  );
  arena.release(mark);
  return arena.u32(table, cells).slice();
}
