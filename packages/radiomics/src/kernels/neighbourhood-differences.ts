import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { expectTableFits } from './table-size.js';
import type { Workspace } from './workspace.js';

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
  workspace: Workspace,
): Float64Array {
  const { levels, ranks, runs, rowStep, sliceStep } = grid;
  const steps = Int32Array.from(directions, ([x, y, z]) => x + y * rowStep + z * sliceStep);
  const half = steps.length;
  const width = 2 * half + 1;
  const n = grid.grayLevels.length;
  expectTableFits(n, width);
  const scaled = workspace.float64('scaledDifferences', n * width);
  for (let r = 0; r < runs.length; r += 2) {
    const end = runs[r + 1];
    for (let p = runs[r]; p < end; p++) {
      let sum = 0;
      let around = 0;
      for (let d = 0; d < half; d++) {
        const step = steps[d];
        const ahead = levels[p + step];
        const behind = levels[p - step];
        sum += ahead + behind;
        // 1 for a level, 0 for the outside.
        around += ((ahead + 65535) >>> 16) + ((behind + 65535) >>> 16);
      }
      scaled[(ranks[p] - 1) * width + around] += Math.abs(around * levels[p] - sum);
    }
  }
  const differences = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    let sum = 0;
    for (let around = 1; around < width; around++) sum += scaled[rank * width + around] / around;
    differences[rank] = sum;
  }
  return differences;
}
