import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { expectTableFits } from './table-size.js';
import type { Workspace } from './workspace.js';

/** Runs of one direction: cell `(rank − 1)·lengths + (length − 1)`. */
export type RunVisitor = (counts: Uint32Array, direction: number) => void;

/**
 * Count the runs of equal rank along each direction (steps of one voxel).
 *
 * The voxel that is the l-th of its run adds one to cell l; a cell then holds the number of runs of at
 * least that length, and the difference of neighbouring cells is the number of exactly that length. A
 * direction in which no line meets two voxels of the region has no runs, as in PyRadiomics.
 *
 * @returns the number of run lengths that each table has
 */
export function visitRunCounts(
  grid: LevelGrid,
  directions: readonly Vector3[],
  workspace: Workspace,
  visit: RunVisitor,
): number {
  const lengths = Math.max(...grid.size);
  expectTableFits(grid.grayLevels.length, lengths);
  const cells = grid.grayLevels.length * lengths;
  // The position of each voxel in its run; what an earlier direction left is never read.
  const positionInRun = workspace.uint16Unset('runPosition', grid.ranks.length);
  directions.forEach((direction, d) => {
    const counts = workspace.uint32('runCounts', cells);
    countPositionsInRuns(grid, direction, lengths, counts, positionInRun);
    const longest = positionsToRuns(counts, lengths);
    if (longest < 2 && !someLineHasTwo(grid, direction)) counts.fill(0);
    visit(counts, d);
  });
  return lengths;
}

function countPositionsInRuns(
  grid: LevelGrid,
  [x, y, z]: Vector3,
  lengths: number,
  counts: Uint32Array,
  positionInRun: Uint16Array,
): void {
  const { ranks, runs, rowStep, sliceStep } = grid;
  const back = x + y * rowStep + z * sliceStep;
  for (let r = 0; r < runs.length; r += 2) {
    const end = runs[r + 1];
    for (let p = runs[r]; p < end; p++) {
      const rank = ranks[p];
      const position = ranks[p - back] === rank ? positionInRun[p - back] + 1 : 0;
      positionInRun[p] = position;
      counts[(rank - 1) * lengths + position]++;
    }
  }
}

/** Turn counts of voxels by position into counts of runs by length; the longest length is returned. */
function positionsToRuns(counts: Uint32Array, lengths: number): number {
  let longest = 0;
  for (let row = 0; row < counts.length; row += lengths) {
    for (let l = 0; l < lengths; l++) {
      const atLeast = counts[row + l];
      if (atLeast === 0) break;
      if (l + 1 < lengths) counts[row + l] = atLeast - counts[row + l + 1];
      if (l + 1 > longest) longest = l + 1;
    }
  }
  return longest;
}

/** Whether two voxels of the region lie on one line along a direction, neighbours or not. */
function someLineHasTwo(grid: LevelGrid, [dx, dy, dz]: Vector3): boolean {
  const { runs, size, rowStep, sliceStep, pad } = grid;
  const back = dx + dy * rowStep + dz * sliceStep;
  const lineStarts = new Set<number>();
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      const x = p - z * sliceStep - y * rowStep;
      const steps = Math.min(
        stepsToEdge(x - pad, dx, size[0]),
        stepsToEdge(y - pad, dy, size[1]),
        stepsToEdge(z - pad, dz, size[2]),
      );
      const start = p - steps * back;
      if (lineStarts.has(start)) return true;
      lineStarts.add(start);
    }
  }
  return false;
}

/** Steps back along one axis until the box ends. */
function stepsToEdge(at: number, step: number, size: number): number {
  if (step === 0) return Infinity;
  return step > 0 ? at : size - 1 - at;
}
