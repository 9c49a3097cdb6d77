import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { dependenceCounts } from '../kernels/dependence-counts.js';
import { visitRunCounts } from '../kernels/run-counts.js';
import type { Workspace } from '../kernels/workspace.js';
import { findZones, type Zones } from '../kernels/zones.js';
import { DirectionMean, type Feature } from './family.js';
import { LevelSizeMeasures } from './level-size-measures.js';

/** Cells of a matrix with one row per level and columns for the sizes 1, 2, …. */
export interface LevelSizeTable {
  cells: Uint32Array | Float64Array;
  width: number;
  /** Gray level of each row. */
  levels: Float64Array;
}

/** Fill measures from a dense table. */
export function measureTable(
  measures: LevelSizeMeasures,
  { cells, width, levels }: LevelSizeTable,
  workspace: Workspace,
): void {
  measures.clear();
  const bySize = workspace.float64('bySize', width);
  for (let row = 0; row < levels.length; row++) {
    const level = levels[row];
    let sum = 0;
    for (let column = 0; column < width; column++) {
      const count = cells[row * width + column];
      if (count === 0) continue;
      sum += count;
      bySize[column] += count;
      measures.add(level, column + 1, count);
    }
    if (sum > 0) measures.byLevel.push(level, sum);
  }
  for (let column = 0; column < width; column++) {
    if (bySize[column] > 0) measures.bySize.push(column + 1, bySize[column]);
  }
}

/**
 * Run-length features, averaged over the directions that have runs. With weights the matrices of all
 * directions are added up to one first.
 */
export function evaluateGlrlm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  weights: readonly number[] | undefined,
  workspace: Workspace,
): number[] {
  const levels = grid.grayLevels;
  const measures = new LevelSizeMeasures();
  const mean = new DirectionMean(features);
  const take = (cells: Uint32Array | Float64Array): void => {
    measureTable(measures, { cells, width: cells.length / levels.length, levels }, workspace);
    if (measures.total > 0) mean.add(measures);
  };
  let sum: Float64Array | undefined;
  visitRunCounts(grid, directions, workspace, (counts, direction) => {
    const weight = weights?.[direction];
    if (weight === undefined) return take(counts);
    sum ??= workspace.float64('weightedRuns', counts.length);
    for (let c = 0; c < counts.length; c++) sum[c] += weight * counts[c];
  });
  if (sum !== undefined) take(sum);
  return mean.means();
}

/** Size-zone features. */
export function evaluateGlszm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  workspace: Workspace,
): number[] {
  const measures = new LevelSizeMeasures();
  measureZones(measures, findZones(grid, directions), grid.grayLevels, workspace);
  return features.map((feature) => feature(measures));
}

/**
 * Fill measures from zones. The matrix is never laid out: it would have a column for every size up to the
 * largest zone.
 */
function measureZones(
  measures: LevelSizeMeasures,
  { cells, width, large }: Zones,
  levels: Float64Array,
  workspace: Workspace,
): void {
  measureTable(measures, { cells, width, levels }, workspace);
  const byLevel = workspace.float64('zonesByLevel', levels.length);
  for (let c = 0; c < cells.length; c++) byLevel[Math.floor(c / width)] += cells[c];
  // By size, then by level: few zones are large.
  const keys = new Float64Array(large.length / 2);
  for (let k = 0; k < keys.length; k++) {
    const row = large[2 * k] - 1;
    byLevel[row]++;
    keys[k] = large[2 * k + 1] * levels.length + row;
  }
  addLargeZones(measures, keys.sort(), levels);
  measures.byLevel.clear();
  for (let row = 0; row < levels.length; row++) {
    if (byLevel[row] > 0) measures.byLevel.push(levels[row], byLevel[row]);
  }
}

/** @param keys size·levels + row of each zone, ascending */
function addLargeZones(
  measures: LevelSizeMeasures,
  keys: Float64Array,
  levels: Float64Array,
): void {
  const rows = levels.length;
  let zonesOfSize = 0;
  for (let from = 0; from < keys.length;) {
    const key = keys[from];
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to++;
    const size = Math.floor(key / rows);
    measures.add(levels[key - size * rows], size, to - from);
    zonesOfSize += to - from;
    if (to === keys.length || Math.floor(keys[to] / rows) !== size) {
      measures.bySize.push(size, zonesOfSize);
      zonesOfSize = 0;
    }
    from = to;
  }
}

/** Dependence features. */
export function evaluateGldm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  tolerance: number,
  workspace: Workspace,
): number[] {
  const cells = dependenceCounts(grid, directions, tolerance);
  const measures = new LevelSizeMeasures();
  const width = 2 * directions.length + 1;
  measureTable(measures, { cells, width, levels: grid.grayLevels }, workspace);
  return features.map((feature) => feature(measures));
}
