import { gridOf, type Volume, volumeLike } from '@steatosis/core';
import { type ValueDistribution, valueDistribution } from '../../features/value-distribution.js';
import { Workspace } from '../../kernels/workspace.js';
import { cutRegion, type Region } from '../../roi/region.js';
import type { ResolvedIbsiSettings } from '../settings.js';
import type { IbsiStage } from './interpolate.js';
import { intensityMask } from './resegment.js';

/** A region before and after re-segmentation. */
export interface IbsiRegion {
  readonly image: Volume;
  /** 1 inside. */
  readonly morphologicalMask: Volume;
  /** 1 inside; the same volume where re-segmentation removes nothing. */
  readonly intensityMask: Volume;
  readonly morphological: Region;
  readonly intensity: Region;
  /** The values of the intensity mask. */
  readonly distribution: ValueDistribution;
}

/**
 * Find the voxels of a region and re-segment them.
 *
 * @throws GridMismatchError EmptyMaskError LabelAbsentError RegionTooSmallError NonFiniteRegionError
 */
export function prepareRegion(
  { image, mask, label }: IbsiStage,
  settings: ResolvedIbsiSettings,
): IbsiRegion {
  const morphological = regionOf(image, mask, label, settings.distance, new Workspace());
  const resegmented = intensityMask(image, morphological, settings);
  const workspace = new Workspace();
  const intensity =
    resegmented === undefined
      ? morphological
      : regionOf(image, resegmented, 1, settings.distance, workspace);
  const morphologicalMask = label === 1 ? mask : onesAt(mask, label);
  return {
    image,
    morphologicalMask,
    intensityMask: resegmented ?? morphologicalMask,
    morphological,
    intensity,
    distribution: valueDistribution(intensity, workspace),
  };
}

function regionOf(
  image: Volume,
  mask: Volume,
  label: number,
  reach: number,
  workspace: Workspace,
): Region {
  const options = { label, reach, minimumDimensions: 1, minimumSize: 0, allowNaN: false };
  return cutRegion(image, mask, options, workspace);
}

function onesAt(mask: Volume, label: number): Volume<Uint8Array> {
  const [nx, ny, nz] = gridOf(mask).size;
  const ones = new Uint8Array(nx * ny * nz);
  let to = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) ones[to++] = mask.data.get(x, y, z) === label ? 1 : 0;
    }
  }
  return volumeLike(mask, ones);
}
