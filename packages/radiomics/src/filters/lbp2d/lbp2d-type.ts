import type { ImageType } from '../image-type.js';
import { localBinaryPattern2D } from './local-binary-pattern-2d.js';

/** Local binary patterns of each plane across `force2Ddimension`: `lbp-2D`. */
export const lbp2DType: ImageType = {
  *derive(image, { settings, within, onWarning }) {
    if (!settings.force2D) {
      onWarning(
        'LBP2D compares voxels within planes, but texture is taken across planes: set force2D to true.',
      );
    }
    const pattern = localBinaryPattern2D(image, {
      radius: settings.lbp2DRadius,
      samples: settings.lbp2DSamples,
      method: settings.lbp2DMethod,
      force2Ddimension: settings.force2Ddimension,
      flatVariance: settings.nanPolicy === 'pyradiomics' ? NaN : 0,
      within,
    });
    yield { name: 'lbp-2D', image: pattern };
  },
};
