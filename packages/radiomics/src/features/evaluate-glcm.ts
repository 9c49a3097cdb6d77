import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { visitPairCounts } from '../kernels/glcm-counts.js';
import type { Workspace } from '../kernels/workspace.js';
import { DirectionMean, type Feature } from './family.js';
import { GlcmMeasures } from './glcm-measures.js';

export interface CooccurrenceOptions {
  /** Add the transpose, so that (i, j) and (j, i) count alike. */
  symmetric: boolean;
  /** Weight of each direction; where given, the directions are added up to one matrix. */
  weights?: readonly number[] | undefined;
}

/**
 * Visit the co-occurrence matrices: n×n over the levels that are present, row-major. One per direction,
 * or one in all where the directions are weighted.
 */
function visitCooccurrences(
  grid: LevelGrid,
  directions: readonly Vector3[],
  options: CooccurrenceOptions,
  workspace: Workspace,
  visit: (cells: Float64Array) => void,
): void {
  const n = grid.grayLevels.length;
  const cells = workspace.float64('cooccurrence', n * n);
  const { weights, symmetric } = options;
  visitPairCounts(grid, directions, (counts, direction) => {
    const weight = weights?.[direction] ?? 1;
    if (weights === undefined) cells.fill(0);
    addCounts(counts, n, symmetric, weight, cells);
    if (weights === undefined) visit(cells);
  });
  if (weights !== undefined && directions.length > 0) visit(cells);
}

function addCounts(
  counts: Uint32Array,
  n: number,
  symmetric: boolean,
  weight: number,
  cells: Float64Array,
): void {
  const width = n + 1;
  for (let i = 0; i < n; i++) {
    const row = (i + 1) * width + 1;
    for (let j = 0; j < n; j++) {
      const count = counts[row + j];
      if (count === 0) continue;
      const weighted = count * weight;
      cells[i * n + j] += weighted;
      if (symmetric) cells[j * n + i] += weighted;
    }
  }
}

/** Each feature averaged over the directions that have pairs. */
export function evaluateGlcm(
  features: readonly Feature<GlcmMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  options: CooccurrenceOptions,
  workspace: Workspace,
): number[] {
  const { grayLevels, highest } = grid;
  const measures = new GlcmMeasures(grayLevels, highest, options.symmetric, workspace);
  const mean = new DirectionMean(features);
  visitCooccurrences(grid, directions, options, workspace, (cells) => {
    if (measures.load(cells)) mean.add(measures);
  });
  return mean.means();
}
