import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../../discretise/gray-levels.js';
import { LevelSizeMeasures } from '../../features/level-size-measures.js';
import { expectTableFits } from '../../kernels/table-size.js';
import type { Workspace } from '../../kernels/workspace.js';
import { zoneDistances } from './zone-distances.js';

/** A distance-zone matrix d(i, j), and the number of voxels that its zones have. */
export interface DistanceZoneMeasures {
  readonly table: LevelSizeMeasures;
  readonly voxels: number;
}

/** Measure the zones of a grid. @throws TooManyGrayLevelsError */
export function measureDistanceZones(
  grid: LevelGrid,
  directions: readonly Vector3[],
  edge: Int32Array,
  workspace: Workspace,
): DistanceZoneMeasures {
  const zones = zoneDistances(grid, directions, edge, workspace);
  const levels = grid.grayLevels;
  const width = zones.furthest;
  expectTableFits(levels.length, width);
  const cells = new Uint32Array(levels.length * width);
  for (let k = 0; k < zones.count; k++) {
    cells[(zones.ranks[k] - 1) * width + zones.distances[k] - 1]++;
  }
  const table = new LevelSizeMeasures();
  table.load({ cells, width, levels });
  return { table, voxels: grid.count };
}
