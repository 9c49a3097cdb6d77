import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
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
  const { levels, ranks, positions, count, rowStep, sliceStep } = grid;
  const half = directions.length;
  const steps = new Int32Array(2 * half);
  directions.forEach(([x, y, z], d) => {
    steps[d] = x + y * rowStep + z * sliceStep;
    steps[half + d] = -steps[d]!;
  });
  const width = steps.length + 1;
  const counts = workspace.uint32('dependenceCounts', grid.grayLevels.length * width);
  for (let k = 0; k < count; k++) {
    const p = positions[k]!;
    const level = levels[p]!;
    // Level 0 is outside the region and is never dependent.
    const low = Math.max(1, level - tolerance);
    const high = level + tolerance;
    let dependent = steps.length;
    for (let s = 0; s < steps.length; s++) {
      const other = levels[p + steps[s]!]!;
      dependent -= ((other - low) | (high - other)) >>> 31;
    }
    counts[(ranks[p]! - 1) * width + dependent]!++;
  }
  return counts;
}
