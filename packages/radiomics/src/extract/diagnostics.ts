import { denseData, type Grid, gridOf, sameGrid, type Volume } from '@steatosis/core';
import type { ImageTypes } from '../settings/image-types.js';
import type { ResolvedSettings } from '../settings/settings.js';
import { packageVersion } from '../version.js';
import type { ExtractionPlan } from './extraction-plan.js';
import { imageHash, maskHash } from './hash.js';
import { describeMask, type MaskDescription } from './mask-description.js';
import type { PreparationStage, PreparedCase } from './prepare-case.js';
import type { ExtractionWarning } from './warnings.js';

/** An image at some stage. */
export interface ImageDescription {
  /** Size in voxels, spacing and origin in mm (LPS), direction. */
  grid: Grid;
  /** Over the whole image; over its finite values where some are not. */
  mean: number;
  minimum: number;
  maximum: number;
  /** Voxels that are NaN or infinite. */
  nonFiniteCount: number;
}

/** What made a set of features: plain data, ready for JSON. */
export interface Diagnostics {
  /** Package versions by name. */
  versions: Record<string, string>;
  /** Every setting, defaults included, without the choice of features. */
  settings: ResolvedSettings;
  /** Image types with the settings that were given for them. */
  imageTypes: ImageTypes;
  /** The grid of the image as given. */
  grid: Grid;
  /** The image as given. Absent when `additionalInfo` is false. */
  image?: ImageDescription & {
    /** SHA-1 of the voxels, x fastest, equal to `SimpleITK.Hash` and to PyRadiomics' `Image-original_Hash`. */
    hash: string;
  };
  /** The region as given. */
  mask: MaskDescription & {
    /** SHA-1 of the voxels as 32-bit integers, equal to PyRadiomics' `Mask-original_Hash`. Absent when `additionalInfo` is false. */
    hash?: string;
  };
  /** The mask on the grid of the image, where `correctMask` had to resample it. */
  corrected?: MaskDescription;
  /** Image and region after resampling. */
  interpolated?: { image?: ImageDescription; mask: MaskDescription };
  /** The region after resegmentation, from which all features but shape are taken. */
  resegmented?: MaskDescription;
  /** What makes the values doubtful; empty if nothing does. */
  warnings: ExtractionWarning[];
}

/** What is the same for every region of an image. */
export interface WholeDescription {
  image: NonNullable<Diagnostics['image']>;
  maskHash: string;
}

/** Statistics and hashes of image and mask as given: a pass over each, however small the region. */
export function describeWhole({ image, mask }: PreparationStage): WholeDescription {
  return {
    image: { ...describeImage(image), hash: imageHash(image) },
    maskHash: maskHash(mask),
  };
}

/** @param whole left out where the settings ask for no such information */
export function describeExtraction(
  prepared: PreparedCase,
  plan: ExtractionPlan,
  warnings: ExtractionWarning[],
  whole: WholeDescription | undefined,
): Diagnostics {
  const { original, corrected, interpolated, resegmented } = prepared;
  const { label, additionalInfo } = plan.settings;
  // A mask on another grid, to be corrected or resampled, has no values of the image: it may lie anywhere.
  const valuesOf = sameGrid(original.image, original.mask) ? original.image : undefined;
  return {
    versions: { '@steatosis/radiomics': packageVersion() },
    settings: plainSettings(plan.settings),
    imageTypes: plan.givenImageTypes,
    grid: plainGrid(original.image),
    ...(whole === undefined ? {} : { image: whole.image }),
    mask: {
      ...describeMask(original.mask, label, valuesOf),
      ...(whole === undefined ? {} : { hash: whole.maskHash }),
    },
    ...(corrected === undefined
      ? {}
      : { corrected: describeMask(corrected.mask, label, corrected.image) }),
    ...(interpolated === undefined
      ? {}
      : {
          interpolated: {
            ...(additionalInfo ? { image: describeImage(interpolated.image) } : {}),
            mask: describeMask(interpolated.mask, label, interpolated.image),
          },
        }),
    ...(resegmented === undefined
      ? {}
      : { resegmented: describeMask(resegmented, label, prepared.texture.image) }),
    warnings,
  };
}

function describeImage(image: Volume): ImageDescription {
  const data = denseData(image);
  let sum = 0;
  let count = 0;
  let minimum = Infinity;
  let maximum = -Infinity;
  for (const value of data) {
    if (value - value !== 0) continue;
    count++;
    sum += value;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  const nonFiniteCount = data.length - count;
  return { grid: plainGrid(image), mean: sum / count, minimum, maximum, nonFiniteCount };
}

/** The grid of a volume as a copy that shares no list with it. */
export function plainGrid(volume: Volume): Grid {
  const { size, spacing, origin, direction } = gridOf(volume);
  return {
    size: [...size],
    spacing: [...spacing],
    origin: [...origin],
    direction: [...direction],
  };
}

/** A copy that shares no list with the settings in use. */
function plainSettings(settings: ResolvedSettings): ResolvedSettings {
  const entries = Object.entries(settings).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) ? value.slice() : value,
  ]);
  return Object.fromEntries(entries) as ResolvedSettings;
}
