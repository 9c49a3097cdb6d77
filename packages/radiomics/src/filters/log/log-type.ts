import type { Volume } from '@steatosis/core';
import { SettingsError } from '../../errors.js';
import type { ResolvedSettings } from '../../settings/settings.js';
import { laplacianOfGaussianFir } from '../ibsi-filters/laplacian-of-gaussian-fir.js';
import type { DerivedImage, ImageType, ImageTypeContext } from '../image-type.js';
import { laplacianOfGaussian, SHORTEST_AXIS } from './laplacian-of-gaussian.js';

/**
 * Laplacian of Gaussian, one image per `sigma` in mm: `log-sigma-1-0-mm-3D`. For the recursive filter an image
 * with fewer than four voxels along an axis, or smaller than σ, is left out with a warning.
 */
export const logType: ImageType = {
  *derive(image, context) {
    yield* context.settings.logKernel === 'ibsi'
      ? sampled(image, context)
      : recursive(image, context);
  },
};

function* recursive(
  image: Volume,
  { settings, within, onWarning }: ImageTypeContext,
): Generator<DerivedImage> {
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
    yield { name: logName(sigmaMm, '3D'), image: laplacianOfGaussian(image, { sigmaMm, within }) };
  }
}

function* sampled(image: Volume, { settings, within }: ImageTypeContext): Generator<DerivedImage> {
  const planar = settings.force2D;
  if (planar) expectPlanesAcrossZ(settings);
  for (const sigmaMm of settings.sigma) {
    const response = laplacianOfGaussianFir(image, { sigmaMm, planar, within });
    yield { name: logName(sigmaMm, planar ? '2D' : '3D'), image: response };
  }
}

function expectPlanesAcrossZ({ force2Ddimension }: ResolvedSettings): void {
  if (force2Ddimension === 0) return;
  throw new SettingsError(
    'force2Ddimension',
    force2Ddimension,
    `logKernel 'ibsi' filters planes across z only (force2Ddimension 0); found ${force2Ddimension}. ` +
      'Turn the image, or set force2D to false for LoG.',
  );
}

/** PyRadiomics' name of the response: σ as Python prints a float, with a dash for the point. */
function logName(sigmaMm: number, dimensions: '2D' | '3D'): string {
  const printed = Number.isInteger(sigmaMm) ? sigmaMm.toFixed(1) : String(sigmaMm);
  return `log-sigma-${printed.replace('.', '-')}-mm-${dimensions}`;
}
