import { sameGridOrThrow, type Volume } from '@steatosis/core';
import { resampleCentred, resampleMaskCentred } from '../../prepare/resample-centred.js';
import type { ResolvedIbsiSettings } from '../settings.js';

/** Image and mask on one grid. */
export interface IbsiStage {
  readonly image: Volume;
  readonly mask: Volume;
  /** Value of the region's voxels in the mask. */
  readonly label: number;
}

/** Interpolate image and mask to other voxel sizes, where the settings ask for it. */
export function interpolate(stage: IbsiStage, settings: ResolvedIbsiSettings): IbsiStage {
  const { resampling } = settings;
  if (resampling === null) return stage;
  const { image, mask, label } = stage;
  sameGridOrThrow(image, mask);
  const { spacing, interpolation, round, maskThreshold: threshold } = resampling;
  return {
    image: resampleCentred(image, { spacing, interpolation, round }),
    mask: resampleMaskCentred(mask, { spacing, label, threshold }),
    label: 1,
  };
}
