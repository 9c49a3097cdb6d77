import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../../discretise/gray-levels.js';
import type { NgtdmMeasures } from '../../features/ngtdm.js';
import { dependenceCounts } from '../../kernels/dependence-counts.js';
import { neighbourhoodDifferences } from '../../kernels/neighbourhood-differences.js';

/** Measure the gray-tone differences of the voxels that have a neighbour in the region; undefined if none has. */
export function measureToneDifferences(
  grid: LevelGrid,
  directions: readonly Vector3[],
): NgtdmMeasures | undefined {
  const { grayLevels, frequencies, highest } = grid;
  const differences = neighbourhoodDifferences(grid, directions);
  // With a tolerance as wide as the levels every neighbour counts: column 0 has the voxels without one.
  const neighbours = dependenceCounts(grid, directions, highest);
  const width = 2 * directions.length + 1;
  const counts = frequencies.map((n, rank) => n - neighbours[rank * width]);
  const kept = Array.from(counts.keys()).filter((rank) => counts[rank] > 0);
  const voxels = counts.reduce((sum, n) => sum + n, 0);
  if (voxels === 0) return undefined;
  return {
    levels: Float64Array.from(kept, (rank) => grayLevels[rank]),
    p: Float64Array.from(kept, (rank) => counts[rank] / voxels),
    s: Float64Array.from(kept, (rank) => differences[rank]),
    voxels,
  };
}
