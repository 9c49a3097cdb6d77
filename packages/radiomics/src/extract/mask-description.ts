import { indexToWorld, type Vector3, type Volume } from '@steatosis/core';
import { gridOfLevels } from '../discretise/gray-levels.js';
import { halfDirections } from '../kernels/directions.js';
import { maskMoments } from '../kernels/mask-moments.js';
import { sharedWorkspace } from '../kernels/workspace.js';
import { findZones } from '../kernels/zones.js';
import { cutRegion, type Region } from '../roi/region.js';

/** A region: where it is, and the image inside it. */
export interface MaskDescription {
  /** First voxel and number of voxels along x, y, z. */
  boundingBox: { start: Vector3; size: Vector3 };
  voxelCount: number;
  /** Parts of the region that do not touch (26-connected). */
  volumeCount: number;
  /** Mean voxel index x, y, z, and the same point in LPS mm. */
  centreOfMassIndex: Vector3;
  centreOfMass: Vector3;
  /** Of the image inside the region. NaN for a mask on another grid than the image. */
  mean: number;
  minimum: number;
  maximum: number;
  /** Voxels of the region that are NaN. */
  nanCount: number;
}

/** @param image on the grid of the mask; without one the values are NaN */
export function describeMask(mask: Volume, label: number, image?: Volume): MaskDescription {
  const region = cutRegion(
    image ?? mask,
    mask,
    { label, reach: 1, minimumDimensions: 0, minimumSize: 0, allowNaN: true },
    sharedWorkspace(),
  );
  const { start, size, count, nanCount, values } = region;
  let sum = 0;
  for (let k = 0; k < count; k++) if (values[k] === values[k]) sum += values[k];
  const inBox = maskMoments(region).mean;
  const centre = inBox.map((at, axis) => at + start[axis]) as Vector3;
  const known = image !== undefined;
  return {
    boundingBox: { start: [...start], size: [...size] },
    voxelCount: count,
    mean: known ? sum / (count - nanCount) : NaN,
    minimum: known ? region.minimum : NaN,
    maximum: known ? region.maximum : NaN,
    nanCount: known ? nanCount : 0,
    centreOfMassIndex: centre,
    centreOfMass: indexToWorld(mask, centre),
    volumeCount: countParts(region),
  };
}

/** Parts of the region: zones of a region of one gray level. */
function countParts(region: Region): number {
  const workspace = sharedWorkspace();
  const ones = workspace.uint32Unset('levels', region.count).fill(1);
  const grid = gridOfLevels(region, ones, 1, workspace);
  return findZones(grid, halfDirections(region.size, { distances: [1] })).count;
}
