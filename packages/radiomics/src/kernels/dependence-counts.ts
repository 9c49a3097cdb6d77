import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { expectTableFits } from './table-size.js';
import type { Workspace } from './workspace.js';

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
  workspace: Workspace,
): Uint32Array {
  const { levels, ranks, runs, rowStep, sliceStep } = grid;
  const steps = Int32Array.from(directions, ([x, y, z]) => x + y * rowStep + z * sliceStep);
  const half = steps.length;
  const width = 2 * half + 1;
  expectTableFits(grid.grayLevels.length, width);
  const counts = workspace.uint32('dependenceCounts', grid.grayLevels.length * width);
  for (let r = 0; r < runs.length; r += 2) {
    const end = runs[r + 1];
    for (let p = runs[r]; p < end; p++) {
      const level = levels[p];
      // Level 0 is outside the region and is never dependent.
      const low = Math.max(1, level - tolerance);
      const high = level + tolerance;
      let independent = 0;
      for (let d = 0; d < half; d++) {
        const step = steps[d];
        const ahead = levels[p + step];
        const behind = levels[p - step];
        // The sign bit is set where a level lies below `low` or above `high`.
        independent +=
          (((ahead - low) | (high - ahead)) >>> 31) + (((behind - low) | (high - behind)) >>> 31);
      }
      counts[(ranks[p] - 1) * width + 2 * half - independent]++;
    }
  }
  return counts;
}
