import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';

/** Cells that the tables of one group of directions may have together. */
const GROUP_CELLS = 1 << 20;

type CountPairs = (
  ranks: number,
  runs: number,
  runsEnd: number,
  steps: number,
  directions: number,
  width: number,
  tables: number,
) => void;

interface PairKernels {
  countPairs8: CountPairs;
  countPairs16: CountPairs;
}

/**
 * Count, for each direction, the pairs (rank of a voxel, rank of the voxel one step on).
 *
 * @param grid with no more than 65,535 levels: `(n + 1)²` counters a direction are laid out
 * @param visit receives where in the arena the counts of one direction lie, valid during the call: 32 bits
 * each, `(n + 1)²` cells, row-major by the first voxel's rank; row and column 0 are to be ignored
 */
export function visitPairTables(
  grid: LevelGrid,
  directions: readonly Vector3[],
  visit: (table: number, direction: number) => void,
): void {
  const { arena, ranksAddress, runsAddress, runsEnd } = grid;
  const width = grid.grayLevels.length + 1;
  const cells = width * width;
  const atOnce = Math.max(1, Math.min(directions.length, Math.floor(GROUP_CELLS / cells)));
  const { countPairs8, countPairs16 } = arena.exports as unknown as PairKernels;
  const countPairs = grid.rankBytes === 1 ? countPairs8 : countPairs16;
  const mark = arena.mark();
  const steps = grid.reserveSteps(directions);
  const tables = arena.reserve(4 * cells * atOnce);
  for (let from = 0; from < directions.length; from += atOnce) {
    const group = Math.min(atOnce, directions.length - from);
    arena.bytes.fill(0, tables, tables + 4 * cells * group);
    countPairs(ranksAddress, runsAddress, runsEnd, steps + 4 * from, group, width, tables);
    for (let d = 0; d < group; d++) visit(tables + 4 * d * cells, from + d);
  }
  arena.release(mark);
}
