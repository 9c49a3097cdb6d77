import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { type CooccurrenceOptions, visitCooccurrences } from '../kernels/glcm-cells.js';
import { DirectionMean, type Feature } from './family.js';
import { GlcmMeasures } from './glcm-measures.js';

/** Each feature averaged over the directions that have pairs. */
export function evaluateGlcm(
  features: readonly Feature<GlcmMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
  options: CooccurrenceOptions,
): number[] {
  const { grayLevels, highest, arena } = grid;
  const measures = new GlcmMeasures(grayLevels, highest, options.symmetric, arena);
  const mean = new DirectionMean(features);
  visitCooccurrences(grid, directions, options, (cells) => {
    if (measures.loadCells(cells)) mean.add(measures);
  });
  return mean.means();
}
