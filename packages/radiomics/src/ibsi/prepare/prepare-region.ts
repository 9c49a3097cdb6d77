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
  /** The intensity mask on the filtered image; the same as `intensity` without a filter. */
  readonly response: Region;
  /** The values of the response. */
  readonly distribution: ValueDistribution;
  /** Ends of the range of values that are known beforehand, infinite if open. */
  readonly valueRange: readonly [number, number];
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
  const intensity =
    resegmented === undefined
      ? morphological
      : regionOf(image, resegmented, 1, settings.distance, new Workspace());
  const morphologicalMask = label === 1 ? mask : onesAt(mask, label);
  const { filter, distance, resegmentRange } = settings;
  const response =
    filter === null
      ? intensity
      : regionOf(
          filter(image),
          resegmented ?? mask,
          resegmented === undefined ? label : 1,
          distance,
          new Workspace(),
        );
  return {
    image,
    morphologicalMask,
    intensityMask: resegmented ?? morphologicalMask,
    morphological,
    intensity,
    response,
    distribution: valueDistribution(response, new Workspace()),
    valueRange: filter === null ? resegmentRange : [-Infinity, Infinity],
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
