import type { Volume } from '@steatosis/core';
import { alignMask } from '../../prepare/align-mask.js';
import { resampleCentred, resampleMaskCentred } from '../../prepare/resample-centred.js';
import type { ResolvedIbsiSettings } from '../settings.js';

/** Image and mask on one grid. */
export interface IbsiStage {
  readonly image: Volume;
  readonly mask: Volume;
  /** Value of the region's voxels in the mask. */
  readonly label: number;
}

/**
 * Check image and mask, and interpolate them to other voxel sizes where the settings ask for it.
 *
 * @throws GridMismatchError NonIntegerMaskError InvalidArgumentError
 */
export function interpolate(stage: IbsiStage, settings: ResolvedIbsiSettings): IbsiStage {
  const { image, mask, label } = stage;
  alignMask(image, mask);
  const { resampling } = settings;
  if (resampling === null) return stage;
  const { spacing, interpolation, round, maskThreshold: threshold } = resampling;
  return {
    image: resampleCentred(image, { spacing, interpolation, round }),
    mask: resampleMaskCentred(mask, { spacing, label, threshold }),
    label: 1,
  };
}
