import { gridOf, type Vector3, type Volume } from '@steatosis/core';
import { Workspace } from '../../kernels/workspace.js';
import { cutRegion, type Region } from '../../roi/region.js';
import type { IbsiStage } from './interpolate.js';
import type { IbsiRegion } from './prepare-region.js';

const AXES = ['x', 'y', 'z'] as const;

/**
 * What IBSI reports on image and masks at each stage, by its tags: as given (`init`), after interpolation
 * (`interp`, the same without interpolation) and after re-segmentation (`reseg`). Sizes in voxels, `vox_dim`
 * in mm, intensities in the unit of the image.
 */
export function describeStages(
  initial: IbsiStage,
  interpolated: IbsiStage,
  region: IbsiRegion,
): Record<string, number> {
  const before = initial === interpolated ? region.morphological : regionAt(initial);
  const { morphological, intensity } = region;
  return {
    ...describeImage(initial.image, 'init_img'),
    ...describeImage(interpolated.image, 'interp_img'),
    ...describeRegion(initial.image, before, before, 'init_roi'),
    ...describeRegion(interpolated.image, morphological, morphological, 'interp_roi'),
    ...describeRegion(interpolated.image, intensity, morphological, 'reseg_roi'),
  };
}

function regionAt({ image, mask, label }: IbsiStage): Region {
  const options = { label, reach: 1, minimumDimensions: 1, minimumSize: 0, allowNaN: false };
  return cutRegion(image, mask, options, new Workspace());
}

function describeImage(image: Volume, stage: string): Record<string, number> {
  const { size, spacing } = gridOf(image);
  const { data } = image;
  const [nx, ny, nz] = size;
  let minimum = Infinity;
  let maximum = -Infinity;
  let sum = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        const value = data.get(x, y, z);
        sum += value;
        if (value < minimum) minimum = value;
        if (value > maximum) maximum = value;
      }
    }
  }
  return {
    ...byAxis('img_dim', stage, size),
    ...byAxis('vox_dim', stage, spacing),
    [`mean_int_${stage}`]: sum / (nx * ny * nz),
    [`min_int_${stage}`]: minimum,
    [`max_int_${stage}`]: maximum,
  };
}

function describeRegion(
  image: Volume,
  intensity: Region,
  morphological: Region,
  stage: string,
): Record<string, number> {
  let sum = 0;
  for (const value of intensity.values) sum += value;
  return {
    ...byAxis('int_mask_dim', stage, gridOf(image).size),
    ...byAxis('int_mask_bb_dim', stage, intensity.size),
    ...byAxis('morph_mask_bb_dim', stage, morphological.size),
    [`int_mask_vox_count_${stage}`]: intensity.count,
    [`morph_mask_vox_count_${stage}`]: morphological.count,
    [`int_mask_mean_int_${stage}`]: sum / intensity.count,
    [`int_mask_min_int_${stage}`]: intensity.minimum,
    [`int_mask_max_int_${stage}`]: intensity.maximum,
  };
}

function byAxis(name: string, stage: string, values: Vector3): Record<string, number> {
  return Object.fromEntries(
    AXES.map((axis, k) => [`${name}_${axis}_${stage}`, values[k]] as const),
  );
}
