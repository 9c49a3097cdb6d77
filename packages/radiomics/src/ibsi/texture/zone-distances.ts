import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../../discretise/gray-levels.js';
import type { Workspace } from '../../kernels/workspace.js';

/** Connected zones of equal rank, one entry a zone. */
export interface ZoneDistances {
  readonly count: number;
  /** Rank of the zone's gray level, 1 for the lowest. */
  readonly ranks: Uint32Array;
  /** The smallest edge distance of its voxels. */
  readonly distances: Int32Array;
  /** The largest of these. */
  readonly furthest: number;
}

/**
 * Find the zones and how near each comes to the edge of the region.
 *
 * @param directions the half of the unit steps that connect voxels
 * @param edge steps from each voxel to the outside, on the padded box of the grid
 */
export function zoneDistances(
  grid: LevelGrid,
  directions: readonly Vector3[],
  edge: Int32Array,
  workspace: Workspace,
): ZoneDistances {
  const { runs, rowStep, sliceStep, count, ranks } = grid;
  const steps = Int32Array.from(
    directions.flatMap(([x, y, z]) => {
      const step = x + y * rowStep + z * sliceStep;
      return [step, -step];
    }),
  );
  // 1 for voxels of the region that no zone has yet.
  const pending = workspace.uint8('pendingVoxels', grid.paddedLength);
  for (let r = 0; r < runs.length; r += 2) pending.fill(1, runs[r], runs[r + 1]);
  const stack = workspace.int32Unset('zoneStack', count);
  const zoneRanks = workspace.uint32Unset('distanceZoneRanks', count);
  const distances = workspace.int32Unset('distanceZoneDistances', count);
  let zones = 0;
  let furthest = 0;
  for (let r = 0; r < runs.length; r += 2) {
    for (let start = runs[r]; start < runs[r + 1]; start++) {
      if (pending[start] === 0) continue;
      const rank = ranks[start];
      let nearest = edge[start];
      let open = 1;
      stack[0] = start;
      pending[start] = 0;
      while (open > 0) {
        const p = stack[--open];
        if (edge[p] < nearest) nearest = edge[p];
        for (let s = 0; s < steps.length; s++) {
          const q = p + steps[s];
          if (pending[q] === 0 || ranks[q] !== rank) continue;
          pending[q] = 0;
          stack[open++] = q;
        }
      }
      zoneRanks[zones] = rank;
      distances[zones++] = nearest;
      if (nearest > furthest) furthest = nearest;
    }
  }
  return {
    count: zones,
    ranks: zoneRanks.subarray(0, zones),
    distances: distances.subarray(0, zones),
    furthest,
  };
}
