import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import type { TextureArena } from '../kernels/arena.js';
import { dependenceCounts } from '../kernels/dependence-counts.js';
import { listSizes } from '../kernels/listed-sizes.js';
import { type RunTable, runTableWidth, visitRunTables } from '../kernels/run-counts.js';
import { findZones } from '../kernels/zones.js';
import { DirectionMean, type Feature } from './family.js';
import { LevelSizeMeasures, type PlacedLevelSizes } from './level-size-measures.js';
import { WeightedRuns } from './weighted-runs.js';

/**
 * Run-length features, averaged over the directions that have runs. With weights the matrices of all
 * directions are added up to one first.
 */
export function evaluateGlrlm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  weights: readonly number[] | undefined,
): number[] {
  const { grayLevels, arena } = grid;
  const measures = new LevelSizeMeasures(arena);
  const mean = new DirectionMean(features);
  const take = (runs: PlacedLevelSizes): void => {
    measures.loadPlaced(runs, grayLevels);
    if (measures.total > 0) mean.add(measures);
  };
  if (weights === undefined) {
    visitRunTables(grid, directions, (table) => {
      const mark = arena.mark();
      take(placedRuns(arena, table, grayLevels.length));
      arena.release(mark);
    });
  } else if (directions.length > 0) {
    const mark = arena.mark();
    const sum = new WeightedRuns(grid, runTableWidth(grid));
    visitRunTables(grid, directions, (table, d) => sum.add(table, weights[d]));
    take(sum.placed());
    arena.release(mark);
  }
  return mean.means();
}

function placedRuns(arena: TextureArena, table: RunTable, n: number): PlacedLevelSizes {
  const { address, width, longer, longerCount } = table;
  const pairs = arena.u32(longer, 2 * longerCount);
  const { listed, listedEnd } = listSizes(arena, pairs, n);
  const steps = { rowStep: 4, columnStep: 4 * n };
  return { address, weighted: false, width, ...steps, listed, listedEnd };
}

/** Size-zone features. */
export function evaluateGlszm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
): number[] {
  const { arena, grayLevels } = grid;
  const { cells, width, large } = findZones(grid, directions);
  const measures = new LevelSizeMeasures(arena);
  const mark = arena.mark();
  const address = arena.reserve(4 * cells.length);
  arena.words.set(cells, address >> 2);
  // The matrix is never laid out: it would have a column for every size up to the largest zone.
  const { listed, listedEnd } = listSizes(arena, large, grayLevels.length);
  const steps = { rowStep: 4 * width, columnStep: 4 };
  measures.loadPlaced({ address, weighted: false, width, ...steps, listed, listedEnd }, grayLevels);
  arena.release(mark);
  return features.map((feature) => feature(measures));
}

/** Dependence features. */
export function evaluateGldm(
  features: readonly Feature<LevelSizeMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  tolerance: number,
): number[] {
  const cells = dependenceCounts(grid, directions, tolerance);
  const measures = new LevelSizeMeasures(grid.arena);
  measures.load({ cells, width: 2 * directions.length + 1, levels: grid.grayLevels });
  return features.map((feature) => feature(measures));
}
