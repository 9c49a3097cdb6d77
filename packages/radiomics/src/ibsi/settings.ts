import type { Volume } from '@steatosis/core';
import type { IbsiAggregation } from './aggregation.js';

/**
 * How gray values X become gray levels 1, 2, ….
 *
 * - `'none'`: the values are levels already, integers ≥ 1.
 * - `{ binWidth, start }`: ⌊(X − start)/binWidth⌋ + 1, bins of a fixed size in the unit of the image. `start`
 *   is by default the lower end of `resegmentRange`, or without one or with a filter the smallest value of
 *   the region.
 * - `{ binCount }`: that many bins between the smallest and the largest value of the region.
 */
export type IbsiDiscretisation =
  'none' | { readonly binWidth: number; readonly start?: number } | { readonly binCount: number };

/** Interpolation to other voxel sizes, before anything else, on a grid with the centre of the image's. */
export interface IbsiResampling {
  /** Voxel size in mm along x, y, z, ≥ 0; 0 keeps the size of an axis: `[2, 2, 0]` interpolates within slices. */
  readonly spacing: readonly [number, number, number];
  /** How values of the image between voxels are found. Default `'trilinear'`. */
  readonly interpolation?: 'nearest' | 'trilinear' | 'cubic spline';
  /** Round the new values to integers, as IBSI wants for Hounsfield units. Default false. */
  readonly round?: boolean;
  /**
   * The new mask holds the voxels of which at least this share lies in the region by trilinear
   * interpolation, > 0 and ≤ 1. Default 0.5.
   */
  readonly maskThreshold?: number;
}

/** Families of IBSI 1 by the first part of their tags. */
export type IbsiFamilyName =
  'morph' | 'loc' | 'stat' | 'ih' | 'ivh' | 'cm' | 'rlm' | 'szm' | 'dzm' | 'ngt' | 'ngl';

/**
 * Extraction by the definitions of the Image Biomarker Standardisation Initiative (IBSI 1, reference manual
 * arXiv:1612.07003) under its tags. The string `'ibsi'` stands for `{ definitions: 'ibsi' }`.
 *
 * The steps follow each other as in the manual: interpolation, rounding, re-segmentation of the intensity
 * mask by range and by outliers, discretisation. The morphological mask is not re-segmented.
 */
export interface IbsiSettings {
  /** Marks these settings. */
  readonly definitions: 'ibsi';
  /** Value of the region's voxels in the mask; a positive integer. Default 1. */
  readonly label?: number;
  /** Interpolation. Default: none. */
  readonly resampling?: IbsiResampling;
  /**
   * Lowest and highest value that stay in the intensity mask, in the unit of the image; ±Infinity leaves an
   * end open. Default: all values.
   */
  readonly resegmentRange?: readonly [number, number];
  /**
   * Values further than so many standard deviations from the mean leave the intensity mask, > 0; IBSI uses 3.
   * Mean and deviation are those before `resegmentRange` applies. Default: none do.
   */
  readonly outlierSd?: number;
  /**
   * A filter for the interpolated image, such as those of IBSI 2: `stat`, `ih`, `ivh` and texture then
   * describe its response within the intensity mask that the unfiltered image gives, `morph` and `loc` the
   * unfiltered image. The response lies on the grid of the image. Default: none.
   */
  readonly filter?: (image: Volume) => Volume;
  /** Gray levels of the intensity histogram and of texture. Default `'none'`. */
  readonly discretisation?: IbsiDiscretisation;
  /**
   * Gray levels of the intensity–volume histogram: `'none'` (default) for integer values, counted one by
   * one over `resegmentRange`, or over the range of the region without one or with a filter.
   */
  readonly ivhDiscretisation?: IbsiDiscretisation;
  /**
   * Chebyshev distance in voxels to the neighbours of `cm`, and up to which voxels are neighbours for `ngt`
   * and `ngl`; an integer 1 to 15. Default 1. Ignored by the other families.
   */
  readonly distance?: number;
  /** Largest difference of gray levels at which neighbours depend on each other for `ngl`, an integer ≥ 0. Default 0. */
  readonly dependenceCoarseness?: number;
  /** Which families. Default: all. */
  readonly families?: readonly IbsiFamilyName[];
  /** Which aggregations of texture. Default: all. Ignored by families that have no matrix. */
  readonly aggregations?: readonly IbsiAggregation[];
}

/** Settings with every default filled in. */
export interface ResolvedIbsiSettings {
  readonly label: number;
  readonly resampling: Required<IbsiResampling> | null;
  readonly resegmentRange: readonly [number, number];
  readonly outlierSd: number;
  readonly filter: ((image: Volume) => Volume) | null;
  readonly discretisation: IbsiDiscretisation;
  readonly ivhDiscretisation: IbsiDiscretisation;
  readonly distance: number;
  readonly dependenceCoarseness: number;
  readonly families: readonly IbsiFamilyName[];
  readonly aggregations: readonly IbsiAggregation[];
}

export const FAMILY_NAMES = [
  'morph',
  'loc',
  'stat',
  'ih',
  'ivh',
  'cm',
  'rlm',
  'szm',
  'dzm',
  'ngt',
  'ngl',
] as const satisfies readonly IbsiFamilyName[];
