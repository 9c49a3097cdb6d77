import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import type { Workspace } from './workspace.js';

/** Cells that the tables of one group of directions may have together. */
const GROUP_CELLS = 1 << 22;

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
  const cells = grid.grayLevels.length * lengths;
  const atOnce = Math.max(1, Math.min(directions.length, Math.floor(GROUP_CELLS / cells)));
  for (let from = 0; from < directions.length; from += atOnce) {
    const group = directions.slice(from, from + atOnce);
    const tables = workspace.uint32('runCounts', cells * group.length);
    countPositionsInRuns(grid, group, lengths, tables, workspace);
    for (let d = 0; d < group.length; d++) {
      const counts = tables.subarray(d * cells, (d + 1) * cells);
      const longest = positionsToRuns(counts, lengths);
      if (longest < 2 && !someLineHasTwo(grid, group[d]!)) counts.fill(0);
      visit(counts, from + d);
    }
  }
  return lengths;
}

function countPositionsInRuns(
  grid: LevelGrid,
  directions: readonly Vector3[],
  lengths: number,
  tables: Uint32Array,
  workspace: Workspace,
): void {
  const { ranks, positions, count, rowStep, sliceStep } = grid;
  const cells = grid.grayLevels.length * lengths;
  const n = directions.length;
  const back = Int32Array.from(directions, ([x, y, z]) => x + y * rowStep + z * sliceStep);
  // Position in its run of each voxel of the current and the previous slice, per direction.
  const ring = workspace.uint16('runRing', 2 * n * sliceStep);
  const half = n * sliceStep;
  const ringBack = Int32Array.from(directions, ([x, y]) => x + y * rowStep);
  const crosses = Uint8Array.from(directions, ([, , z]) => (z === 0 ? 0 : 1));
  let sliceStart = 0;
  let currentHalf = 0;
  for (let k = 0; k < count; k++) {
    const p = positions[k]!;
    const rank = ranks[p]!;
    while (p >= sliceStart + sliceStep) {
      sliceStart += sliceStep;
      currentHalf = half - currentHalf;
    }
    const current = currentHalf + p - sliceStart;
    const previous = half - currentHalf + p - sliceStart;
    let cell = (rank - 1) * lengths;
    for (let d = 0; d < n; d++, cell += cells) {
      const at = d * sliceStep;
      let position = 0;
      if (ranks[p - back[d]!] === rank) {
        position = ring[(crosses[d] === 0 ? current : previous) + at - ringBack[d]!]! + 1;
      }
      ring[current + at] = position;
      tables[cell + position]!++;
    }
  }
}

/** Turn counts of voxels by position into counts of runs by length; the longest length is returned. */
function positionsToRuns(counts: Uint32Array, lengths: number): number {
  let longest = 0;
  for (let row = 0; row < counts.length; row += lengths) {
    for (let l = 0; l < lengths; l++) {
      const atLeast = counts[row + l]!;
      if (atLeast === 0) break;
      if (l + 1 < lengths) counts[row + l] = atLeast - counts[row + l + 1]!;
      if (l + 1 > longest) longest = l + 1;
    }
  }
  return longest;
}

/** Whether two voxels of the region lie on one line along a direction, neighbours or not. */
function someLineHasTwo(grid: LevelGrid, [dx, dy, dz]: Vector3): boolean {
  const { positions, count, size, rowStep, sliceStep, pad } = grid;
  const lineStarts = new Set<number>();
  for (let k = 0; k < count; k++) {
    const p = positions[k]!;
    const z = Math.floor(p / sliceStep);
    const y = Math.floor((p - z * sliceStep) / rowStep);
    const x = p - z * sliceStep - y * rowStep;
    const steps = Math.min(
      stepsToEdge(x - pad, dx, size[0]),
      stepsToEdge(y - pad, dy, size[1]),
      stepsToEdge(z - pad, dz, size[2]),
    );
    const start = p - steps * (dx + dy * rowStep + dz * sliceStep);
    if (lineStarts.has(start)) return true;
    lineStarts.add(start);
  }
  return false;
}

/** Steps back along one axis until the box ends. */
function stepsToEdge(at: number, step: number, size: number): number {
  if (step === 0) return Infinity;
  return step > 0 ? at : size - 1 - at;
}
