import type { ImageType } from '../image-type.js';
import { laplacianOfGaussian, SHORTEST_AXIS } from './laplacian-of-gaussian.js';

/**
 * Laplacian of Gaussian, one image per `sigma` in mm: `log-sigma-1-0-mm-3D`. An image with fewer than four
 * voxels along an axis, or smaller than σ, is left out with a warning.
 */
export const logType: ImageType = {
  *derive(image, { settings, within, onWarning }) {
    const size = image.data.shape;
    if (Math.min(...size) < SHORTEST_AXIS) {
      onWarning(
        `LoG is left out: the image has ${size.join('×')} voxels and needs ${SHORTEST_AXIS} along each axis.`,
      );
      return;
    }
    for (const sigmaMm of settings.sigma) {
      const fits = size.every((n, axis) => n >= Math.ceil(sigmaMm / image.spacing[axis]) + 1);
      if (!fits) {
        onWarning(
          `LoG with sigma ${sigmaMm} mm is left out: it needs an image longer than sigma along each axis, ` +
            `and this one has ${size.join('×')} voxels of ${image.spacing.join('×')} mm.`,
        );
        continue;
      }
      yield { name: logName(sigmaMm), image: laplacianOfGaussian(image, { sigmaMm, within }) };
    }
  },
};

/** PyRadiomics' name of the response: σ as Python prints a float, with a dash for the point. */
function logName(sigmaMm: number): string {
  const printed = Number.isInteger(sigmaMm) ? sigmaMm.toFixed(1) : String(sigmaMm);
  return `log-sigma-${printed.replace('.', '-')}-mm-3D`;
}
