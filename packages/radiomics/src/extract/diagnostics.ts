import { type Grid, gridOf, indexToWorld, type Vector3, type Volume } from '@steatosis/core';
import { halfDirections } from '../kernels/directions.js';
import { maskMoments } from '../kernels/mask-moments.js';
import { sharedWorkspace } from '../kernels/workspace.js';
import { findZones } from '../kernels/zones.js';
import { rankLevels } from '../discretise/gray-levels.js';
import type { Region } from '../roi/region.js';
import type { ResolvedSettings } from '../settings/settings.js';
import { packageVersion } from '../version.js';

/** What made a set of features: plain data, ready for JSON. */
export interface Diagnostics {
  /** Package versions by name. */
  versions: Record<string, string>;
  /** Every setting, defaults included, without the choice of features. */
  settings: ResolvedSettings;
  /** The grid of image and mask: size in voxels, spacing and origin in mm (LPS), direction. */
  grid: Grid;
  mask: {
    /** First voxel and number of voxels along x, y, z. */
    boundingBox: { start: Vector3; size: Vector3 };
    voxelCount: number;
    /** Parts of the region that do not touch (26-connected). */
    volumeCount: number;
    /** Mean voxel index x, y, z, and the same point in LPS mm. */
    centreOfMassIndex: Vector3;
    centreOfMass: Vector3;
    /** Of the image inside the region. */
    mean: number;
    minimum: number;
    maximum: number;
    /** Voxels of the region that are NaN. */
    nanCount: number;
  };
}

export function describeExtraction(
  image: Volume,
  region: Region,
  settings: ResolvedSettings,
): Diagnostics {
  const { start, size, count, minimum, maximum, nanCount, values } = region;
  let sum = 0;
  for (const value of values) if (!Number.isNaN(value)) sum += value;
  const inBox = maskMoments(region).mean;
  const centre = inBox.map((at, axis) => at + start[axis]) as Vector3;
  return {
    versions: { '@steatosis/radiomics': packageVersion() },
    settings: { ...settings, distances: [...settings.distances] },
    grid: plainGrid(gridOf(image)),
    mask: {
      boundingBox: { start: [...start], size: [...size] },
      voxelCount: count,
      volumeCount: countParts(region),
      centreOfMassIndex: centre,
      centreOfMass: indexToWorld(image, centre),
      mean: sum / (count - nanCount),
      minimum,
      maximum,
      nanCount,
    },
  };
}

function plainGrid({ size, spacing, origin, direction }: Grid): Grid {
  return {
    size: [...size],
    spacing: [...spacing],
    origin: [...origin],
    direction: [...direction],
  };
}

/** Parts of the region: zones of a region of one gray level. */
function countParts(region: Region): number {
  const workspace = sharedWorkspace();
  const ones = workspace.uint16('levels', region.paddedLength);
  const { runs } = region;
  for (let r = 0; r < runs.length; r += 2) ones.fill(1, runs[r], runs[r + 1]);
  const grid = rankLevels(region, ones, 1, workspace);
  return findZones(grid, halfDirections(region.size, { distances: [1] }), workspace).count;
}
