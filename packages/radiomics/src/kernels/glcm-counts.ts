import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { expectTableFits } from './table-size.js';
import type { Workspace } from './workspace.js';

/** Cells that the tables of one group of directions may have together. */
const GROUP_CELLS = 1 << 22;

/**
 * Count, for each direction, the pairs (rank of a voxel, rank of the voxel one step on).
 *
 * All directions of a group are counted in one visit of each run of voxels. Row and column 0 of a table
 * take the pairs that leave the region, so that the loop has no branch.
 *
 * @param visit receives the counts of one direction: `(n + 1)²` cells, row-major by the first voxel's
 * rank, valid during the call; row and column 0 are to be ignored
 */
export function visitPairCounts(
  grid: LevelGrid,
  directions: readonly Vector3[],
  workspace: Workspace,
  visit: (counts: Uint32Array, direction: number) => void,
): void {
  const width = grid.grayLevels.length + 1;
  expectTableFits(width - 1, width);
  const cells = width * width;
  const atOnce = Math.max(1, Math.min(directions.length, Math.floor(GROUP_CELLS / cells)));
  for (let from = 0; from < directions.length; from += atOnce) {
    const group = directions.slice(from, from + atOnce);
    const tables = workspace.uint32('pairCounts', cells * group.length);
    const steps = Int32Array.from(group, ([x, y, z]) => x + y * grid.rowStep + z * grid.sliceStep);
    countPairs(grid, steps, width, tables);
    for (let d = 0; d < group.length; d++) {
      visit(tables.subarray(d * cells, (d + 1) * cells), from + d);
    }
  }
}

function countPairs(grid: LevelGrid, steps: Int32Array, width: number, tables: Uint32Array): void {
  const { ranks, runs } = grid;
  const cells = width * width;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r];
    const end = runs[r + 1];
    // One direction after the other along a run: the counter of a direction stays in the cache.
    for (let d = 0; d < steps.length; d++) {
      const table = d * cells;
      const step = steps[d];
      for (let p = start; p < end; p++) tables[table + ranks[p] * width + ranks[p + step]]++;
    }
  }
}
