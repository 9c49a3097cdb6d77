import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { neighbourhoodDifferences } from '../kernels/neighbourhood-differences.js';
import type { Feature } from './family.js';
import type { NgtdmMeasures } from './ngtdm.js';

/** Gray-tone difference features. */
export function evaluateNgtdm(
  features: readonly Feature<NgtdmMeasures>[],
  grid: LevelGrid,
  directions: readonly Vector3[],
): number[] {
  const { grayLevels, frequencies, count } = grid;
  const measures: NgtdmMeasures = {
    levels: grayLevels,
    p: frequencies.map((n) => n / count),
    s: neighbourhoodDifferences(grid, directions),
    voxels: count,
  };
  return features.map((feature) => feature(measures));
}
