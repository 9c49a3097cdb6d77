import type { ImageType } from '../image-type.js';
import { localBinaryPattern3D } from './local-binary-pattern-3d.js';

/** Local binary patterns on a sphere: `lbp-3D-m1` and on, one for each level, and `lbp-3D-k`. */
export const lbp3DType: ImageType = {
  *derive(image, { settings, within, onWarning }) {
    if (settings.force2D) {
      onWarning(
        'LBP3D compares voxels in all directions, but texture is taken within planes: set force2D to false.',
      );
    }
    const { orders, kurtosis } = localBinaryPattern3D(image, {
      levels: settings.lbp3DLevels,
      radius: settings.lbp3DIcosphereRadius,
      subdivisions: settings.lbp3DIcosphereSubdivision,
      within,
    });
    for (let n = 0; n < orders.length; n++) yield { name: `lbp-3D-m${n + 1}`, image: orders[n] };
    yield { name: 'lbp-3D-k', image: kurtosis };
  },
};
