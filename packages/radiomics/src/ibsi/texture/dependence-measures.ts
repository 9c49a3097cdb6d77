import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../../discretise/gray-levels.js';
import { LevelSizeMeasures } from '../../features/level-size-measures.js';
import { dependenceCounts } from '../../kernels/dependence-counts.js';

/** A dependence matrix s(i, j) with what PyRadiomics' features do not need. */
export interface DependenceMeasures {
  readonly table: LevelSizeMeasures;
  /** Voxels of the region. */
  readonly voxels: number;
  /** Σ p². */
  readonly energy: number;
}

/** Measure the neighbourhoods of a grid. */
export function measureDependences(
  grid: LevelGrid,
  directions: readonly Vector3[],
  coarseness: number,
): DependenceMeasures {
  const cells = dependenceCounts(grid, directions, coarseness);
  const width = 2 * directions.length + 1;
  return measuresOfCells(cells, width, grid.grayLevels, grid.count);
}

/** @param cells one row per level, columns for 1, 2, … dependences */
export function measuresOfCells(
  cells: Uint32Array | Float64Array,
  width: number,
  levels: Float64Array,
  voxels: number,
): DependenceMeasures {
  const table = new LevelSizeMeasures();
  table.load({ cells, width, levels });
  let squares = 0;
  for (let c = 0; c < cells.length; c++) squares += cells[c] ** 2;
  return { table, voxels, energy: squares / table.total ** 2 };
}
