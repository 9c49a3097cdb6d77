import type { LevelGrid } from '../discretise/gray-levels.js';
import {
  neighbourhoodDifferences,
  type NeighbourhoodOptions,
} from '../kernels/neighbourhood-differences.js';
import type { Workspace } from '../kernels/workspace.js';
import type { Feature } from './family.js';
import type { NgtdmMeasures } from './ngtdm.js';

/** Gray-tone difference features. */
export function evaluateNgtdm(
  features: readonly Feature<NgtdmMeasures>[],
  grid: LevelGrid,
  options: NeighbourhoodOptions,
  workspace: Workspace,
): number[] {
  const { grayLevels, frequencies, count } = grid;
  const measures: NgtdmMeasures = {
    levels: grayLevels,
    p: frequencies.map((n) => n / count),
    s: neighbourhoodDifferences(grid, options, workspace),
    voxels: count,
  };
  return features.map((feature) => feature(measures));
}
