import type { Vector3 } from '@steatosis/core';
import type { ElementBytes, LevelGrid } from '../discretise/level-grid.js';
import { someLineHasTwo } from './lines.js';
import { expectTableFits } from './table-size.js';

/** Bytes that the tables of one group of directions may take together. */
const GROUP_BYTES = 1 << 23;
/** A table of all lengths may have this many cells, whatever the size of the region … */
const SMALL_TABLE = 1 << 14;
/** … or this many for each voxel. With more only short runs are counted in one, and longer ones listed. */
const CELLS_PER_VOXEL = 2;
/** Lengths up to this are short, unless there are more levels than cells. */
const SHORT_RUN = 64;
const MOST_CELLS = 1 << 22;

interface RunKernels {
  countRuns(
    ranks: number,
    rankBytes: number,
    runs: number,
    runsEnd: number,
    steps: number,
    directions: number,
    rowStep: number,
    sliceStep: number,
    n: number,
    lengths: number,
    positionBytes: number,
    positions: number,
    tables: number,
  ): number;
  listRuns(
    ranks: number,
    rankBytes: number,
    runs: number,
    runsEnd: number,
    step: number,
    n: number,
    width: number,
    positions: number,
    table: number,
    large: number,
  ): number;
}

/** Runs of one direction, where they lie in the arena. */
export interface RunTable {
  /** Counts, 32 bits each, of the lengths 1 … `width`: cell `(length − 1)·n + rank − 1`. */
  readonly address: number;
  readonly width: number;
  /** Longer runs, as pairs of 32-bit numbers: rank and length. */
  readonly longer: number;
  readonly longerCount: number;
}

/**
 * Count the runs of equal rank along each direction (steps of one voxel). A direction in which no line meets
 * two voxels of the region has no runs, as in PyRadiomics.
 *
 * @param visit receives the runs of one direction, valid during the call
 */
export function visitRunTables(
  grid: LevelGrid,
  directions: readonly Vector3[],
  visit: (table: RunTable, direction: number) => void,
): void {
  if (hasTable(grid)) visitDense(grid, directions, visit);
  else visitListed(grid, directions, visit);
}

/** The lengths that {@link visitRunTables} counts in tables: 1 to this. */
export function runTableWidth(grid: LevelGrid): number {
  const longest = longestPossible(grid);
  if (hasTable(grid)) return longest;
  const fitting = Math.floor(MOST_CELLS / grid.grayLevels.length);
  return Math.max(1, Math.min(SHORT_RUN, longest, fitting));
}

/** Whether there is room for a table of all lengths. */
function hasTable(grid: LevelGrid): boolean {
  const cells = grid.grayLevels.length * longestPossible(grid);
  return cells <= Math.max(SMALL_TABLE, CELLS_PER_VOXEL * grid.count);
}

/**
 * The same as one array, valid during the call: cell `(rank − 1)·lengths + length − 1`.
 *
 * @returns the number of lengths
 * @throws TooManyGrayLevelsError
 */
export function visitRunCounts(
  grid: LevelGrid,
  directions: readonly Vector3[],
  visit: (counts: Uint32Array, direction: number) => void,
): number {
  const n = grid.grayLevels.length;
  const lengths = longestPossible(grid);
  expectTableFits(n, lengths);
  const counts = new Uint32Array(n * lengths);
  visitDense(grid, directions, ({ address, width }, direction) => {
    const table = grid.arena.u32(address, n * width);
    for (let length = 0; length < width; length++) {
      for (let row = 0; row < n; row++) counts[row * lengths + length] = table[length * n + row];
    }
    visit(counts, direction);
  });
  return lengths;
}

function longestPossible({ size }: LevelGrid): number {
  return Math.max(...size);
}

function visitDense(
  grid: LevelGrid,
  directions: readonly Vector3[],
  visit: (table: RunTable, direction: number) => void,
): void {
  const { arena, rowStep, sliceStep, rankBytes } = grid;
  const kernels = arena.exports as unknown as RunKernels;
  const n = grid.grayLevels.length;
  const lengths = longestPossible(grid);
  const tableBytes = 4 * n * lengths;
  const atOnce = Math.max(
    1,
    Math.min(directions.length, Math.floor(GROUP_BYTES / (2 * tableBytes))),
  );
  const positionBytes = Math.max(rankBytes, bytesForPosition(lengths));
  const mark = arena.mark();
  const steps = grid.reserveSteps(directions);
  const positions = arena.reserve(2 * atOnce * (sliceStep * positionBytes + 64));
  const tables = arena.reserve(2 * tableBytes * atOnce);
  for (let from = 0; from < directions.length; from += atOnce) {
    const group = Math.min(atOnce, directions.length - from);
    arena.bytes.fill(0, tables, tables + 2 * tableBytes * group);
    const longer = kernels.countRuns(
      grid.ranksAddress,
      rankBytes,
      grid.runsAddress,
      grid.runsEnd,
      steps + 4 * from,
      group,
      rowStep,
      sliceStep,
      n,
      lengths,
      positionBytes,
      positions,
      tables,
    );
    for (let d = 0; d < group; d++) {
      const address = tables + 2 * tableBytes * d;
      if (((longer >>> d) & 1) === 0 && !someLineHasTwo(grid, directions[from + d])) {
        arena.bytes.fill(0, address, address + tableBytes);
      }
      visit({ address, width: lengths, longer: 0, longerCount: 0 }, from + d);
    }
  }
  arena.release(mark);
}

function bytesForPosition(lengths: number): ElementBytes {
  return lengths <= 0x100 ? 1 : lengths <= 0x10000 ? 2 : 4;
}

function visitListed(
  grid: LevelGrid,
  directions: readonly Vector3[],
  visit: (table: RunTable, direction: number) => void,
): void {
  const { arena, rowStep, sliceStep } = grid;
  const kernels = arena.exports as unknown as RunKernels;
  const n = grid.grayLevels.length;
  const width = runTableWidth(grid);
  const mark = arena.mark();
  const positions = arena.reserve(4 * grid.paddedLength);
  const longer = arena.reserve(8 * Math.floor(grid.count / (width + 1)));
  const address = arena.reserve(4 * n * width);
  directions.forEach((direction, d) => {
    const [x, y, z] = direction;
    arena.bytes.fill(0, address, address + 4 * n * width);
    let longerCount = kernels.listRuns(
      grid.ranksAddress,
      grid.rankBytes,
      grid.runsAddress,
      grid.runsEnd,
      x + y * rowStep + z * sliceStep,
      n,
      width,
      positions,
      address,
      longer,
    );
    if (!someLineHasTwo(grid, direction)) {
      arena.bytes.fill(0, address, address + 4 * n * width);
      longerCount = 0;
    }
    visit({ address, width, longer, longerCount }, d);
  });
  arena.release(mark);
}
