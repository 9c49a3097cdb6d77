import type { Vector3 } from '@steatosis/core';
import { gridOfLevels, type LevelGrid } from '../../discretise/gray-levels.js';
import { halfDirections } from '../../kernels/directions.js';
import type { Workspace } from '../../kernels/workspace.js';
import type { Region } from '../../roi/region.js';
import type { Extent } from '../aggregation.js';
import { edgeDistances } from './edge-distances.js';

/** The discretised intensity mask, and the morphological mask around it. */
export interface DiscretisedRegion {
  /** The intensity mask. */
  readonly region: Region;
  /** Gray level of each of its voxels, x fastest. */
  readonly levels: Uint32Array;
  /** Ng, the highest of them. */
  readonly highest: number;
  readonly morphological: Region;
  readonly distance: number;
  readonly dependenceCoarseness: number;
}

/** What matrices are made of: the volume, or one of its slices. */
export interface TextureSource {
  readonly grid: LevelGrid;
  /** Ng of the whole region, also in a slice that has fewer levels. */
  readonly grayLevelCount: number;
  readonly dependenceCoarseness: number;
  /** One of each opposite pair of steps of one voxel. */
  readonly adjacent: readonly Vector3[];
  /** The same of steps as long as the distance. */
  readonly distant: readonly Vector3[];
  /** The same of steps up to the distance. */
  readonly around: readonly Vector3[];
  /** Steps from each voxel out of the morphological mask, on the padded box of the grid. */
  readonly edge: () => Int32Array;
  readonly workspace: Workspace;
}

/**
 * The sources of an extent one after the other: a slice each for `2D`, the volume otherwise. The next one
 * overwrites the one before.
 */
export function* textureSources(
  discretised: DiscretisedRegion,
  extent: Extent,
  workspace: Workspace,
): Generator<TextureSource> {
  const { region, morphological, distance, highest } = discretised;
  const forbiddenAxis = extent === '3D' ? undefined : 2;
  const steps = (distances: readonly number[]) =>
    halfDirections(region.size, { distances, forbiddenAxis });
  let edge: Int32Array | undefined;
  const wholeEdge = () => (edge ??= edgeDistances(morphological, region, forbiddenAxis));
  const common = {
    grayLevelCount: highest,
    dependenceCoarseness: discretised.dependenceCoarseness,
    adjacent: steps([1]),
    distant: steps([distance]),
    around: steps(Array.from({ length: distance }, (_, d) => d + 1)),
    workspace,
  };
  if (extent !== '2D') {
    const grid = gridOfLevels(region, discretised.levels.slice(), highest, workspace);
    yield { ...common, grid, edge: wholeEdge };
    return;
  }
  for (const slice of slicesOf(region)) {
    const levels = discretised.levels.slice(slice.firstVoxel, slice.firstVoxel + slice.count);
    const grid = gridOfLevels(slice, levels, highest, workspace);
    const shift = slice.z * region.sliceStep;
    const ofSlice = () => wholeEdge().subarray(shift, shift + slice.paddedLength);
    yield { ...common, grid, edge: ofSlice };
  }
}

/** The slices of a region that have voxels, each as a region of one slice. */
function* slicesOf(region: Region) {
  const { runs, sliceStep, pad, size, spacing, rowStep } = region;
  const sliceSize: Vector3 = [size[0], size[1], 1];
  const paddedLength = (1 + 2 * pad) * sliceStep;
  let firstVoxel = 0;
  for (let from = 0; from < runs.length;) {
    const z = Math.floor(runs[from] / sliceStep) - pad;
    const end = (z + pad + 1) * sliceStep;
    let to = from;
    let count = 0;
    for (; to < runs.length && runs[to] < end; to += 2) count += runs[to + 1] - runs[to];
    const ownRuns = runs.slice(from, to).map((p) => p - z * sliceStep);
    const place = { size: sliceSize, spacing, rowStep, sliceStep, pad, paddedLength };
    yield { ...place, count, runs: ownRuns, z, firstVoxel };
    firstVoxel += count;
    from = to;
  }
}
