import type { ExtractionWarning } from '../extract/warnings.js';
import type { Region } from '../roi/region.js';

/**
 * Fewer voxels than this make texture doubtful: 8×8 of them have 56 pairs in a row's direction, for the 136
 * cells of a symmetric co-occurrence matrix of 16 gray levels, so that most of the matrix is chance. A
 * convention of this package.
 */
const DOUBTFUL_VOXELS = 64;

/**
 * Fewer gray levels than this make texture doubtful: from 16 to 128 bins, a study of PET that PyRadiomics'
 * FAQ cites found that texture differs little (Tixier et al. 2012, J Nucl Med 53:693–700).
 */
const DOUBTFUL_GRAY_LEVELS = 16;

/**
 * From this share of voxels with the smallest value of the whole image on, a region is taken to reach
 * beyond the body: padding, masked background and clamped values have that value, tissue seldom has. A
 * convention of this package; a tenth is more than the outermost voxels of a careful outline.
 */
const DOUBTFUL_BACKGROUND_SHARE = 0.1;

/** What is known of a region beside its values. */
export interface RegionCircumstances {
  /** Gray levels: how many the region has, and the highest. Left out where there is no texture. */
  grayLevels?: { present: number; highest: number } | undefined;
  /** The smallest value of the whole image. Left out: the body's outline is not looked at. */
  imageMinimum?: number | undefined;
  /**
   * Voxels of the image that are NaN or infinite. Left out or 0: no doubt. Only where the image was
   * filtered or resampled do those outside of the region matter.
   */
  imageNonFinite?: number | undefined;
}

/** What makes the features of a region doubtful; nothing for most regions. */
export function doubtsAbout(
  region: Pick<Region, 'count' | 'minimum' | 'maximum' | 'nanCount' | 'values'>,
  { grayLevels, imageMinimum, imageNonFinite = 0 }: RegionCircumstances = {},
): ExtractionWarning[] {
  const { count, minimum, maximum, nanCount } = region;
  const doubts: ExtractionWarning[] = [];
  const doubt = (code: string, message: string) => doubts.push({ code, message });
  if (count < DOUBTFUL_VOXELS) {
    doubt(
      'FEW_VOXELS',
      `The region has ${count} voxels: below ${DOUBTFUL_VOXELS}, texture says little.`,
    );
  }
  if (minimum === maximum) {
    doubt('CONSTANT_REGION', `Every value of the region is ${minimum}: texture is constant.`);
  } else if (grayLevels !== undefined) {
    const { present, highest } = grayLevels;
    if (highest < DOUBTFUL_GRAY_LEVELS) {
      doubt(
        'FEW_GRAY_LEVELS',
        `The values from ${minimum} to ${maximum} give ${highest} gray level${highest === 1 ? '' : 's'}; ` +
          `below ${DOUBTFUL_GRAY_LEVELS}, texture says little. Set a smaller binWidth, or a binCount.`,
      );
    }
    if (present > 1 && 2 * present > count) {
      doubt(
        'MANY_GRAY_LEVELS',
        `The ${count} voxels have ${present} gray levels: most levels occur once, so that texture ` +
          `describes noise. Set a larger binWidth, or a binCount.`,
      );
    }
  }
  if (imageMinimum !== undefined && minimum === imageMinimum && minimum < maximum) {
    const background = countOf(region.values, imageMinimum);
    const percent = Math.round((100 * background) / count);
    if (background >= DOUBTFUL_BACKGROUND_SHARE * count) {
      doubt(
        'OFF_BODY',
        `${background} of the region's ${count} voxels (${percent} %) have the smallest value of the image, ` +
          `${imageMinimum}, as its background does: does the region reach beyond the body?`,
      );
    }
  }
  if (nanCount > 0) {
    doubt(
      'NAN_IN_REGION',
      `${nanCount} of the region's ${count} voxels are NaN: left out of first-order statistics, and in a ` +
        `gray level of their own in texture.`,
    );
  }
  const outside = imageNonFinite - nanCount;
  if (outside > 0) {
    doubt(
      'NON_FINITE_OUTSIDE',
      `The image is NaN or infinite at ${outside} voxels outside of the region: filters and resampling ` +
        `carry them to their neighbours.`,
    );
  }
  return doubts;
}

function countOf(values: Float64Array, wanted: number): number {
  let count = 0;
  for (const value of values) if (value === wanted) count++;
  return count;
}
