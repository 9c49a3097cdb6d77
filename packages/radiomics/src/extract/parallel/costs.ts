import type { FamilyName } from '../../features/families.js';
import type { ResolvedImageType } from '../../settings/image-types.js';

// What things cost against each other, about milliseconds for an organ of 1.5 million voxels in an image of
// 5.7 million. Only who does what depends on it, no value.

export const FAMILY_COSTS: Readonly<Record<FamilyName, number>> = {
  glrlm: 20,
  glcm: 16,
  glszm: 14,
  shape: 12,
  ngtdm: 5,
  gldm: 4,
  firstorder: 2,
  shape2D: 1,
};

const DERIVING: Readonly<Record<ResolvedImageType['name'], number>> = {
  Original: 0,
  Wavelet: 900,
  LoG: 1100,
  Square: 30,
  SquareRoot: 30,
  Logarithm: 40,
  Exponential: 40,
  Gradient: 300,
  LBP2D: 300,
  LBP3D: 20000,
};

/** Deriving the images of a type. */
export function derivingCost({ name, settings }: ResolvedImageType): number {
  if (name === 'LoG') return DERIVING.LoG * settings.sigma.length;
  return DERIVING[name] * (name === 'Wavelet' ? settings.level : 1);
}

/** Features of the images of a type. */
export function featuresCost(type: ResolvedImageType): number {
  const ofImage = Object.values(FAMILY_COSTS).reduce((a, b) => a + b, 0);
  return ofImage * imagesOf(type);
}

function imagesOf({ name, settings }: ResolvedImageType): number {
  if (name === 'Wavelet') return 7 * (settings.level - settings.start_level) + 1;
  if (name === 'LoG') return settings.sigma.length;
  return name === 'LBP3D' ? settings.lbp3DLevels + 1 : 1;
}
