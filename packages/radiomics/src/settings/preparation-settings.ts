/** Settings of what happens to image and mask before features are computed, in this order. */
export interface PreparationSettings {
  /** Channel of a mask with several, an integer ≥ 0. Default 0. Ignored by masks with one channel. */
  label_channel?: number;
  /** Subtract the mean of the whole image and divide by its standard deviation. Default false. */
  normalize?: boolean;
  /** Factor on the normalised values, > 0. Default 1. Ignored unless `normalize` is set. */
  normalizeScale?: number;
  /**
   * Standard deviations from the mean beyond which normalised values are set to that bound, > 0.
   * Default: none. Ignored unless `normalize` is set.
   */
  removeOutliers?: number | null;
  /**
   * Voxel size in mm along x, y, z to resample image and mask to; 0 keeps the size of an axis. Default:
   * no resampling.
   */
  resampledPixelSpacing?: readonly [number, number, number] | readonly number[] | null;
  /** How image values between voxels are found when resampling; masks take the nearest. Null switches resampling off. Default `'sitkBSpline'`. */
  interpolator?: Interpolator | InterpolatorNumber | null;
  /** Crop the image to the region's box and `padDistance` before filters. Default false. Ignored when resampling, which crops anyway. */
  preCrop?: boolean;
  /** Voxels kept around the region's box when resampling or pre-cropping, an integer ≥ 0. Default 5. */
  padDistance?: number;
  /**
   * How far geometries of image and mask may differ, in voxels for the origin and the spacing. Default:
   * no voxel centre further from its twin than 1 % of a voxel.
   */
  geometryTolerance?: number | null;
  /** Resample a mask on another grid onto that of the image (nearest neighbour). Default false: it is an error. */
  correctMask?: boolean;
  /** Bounds of the values that stay in the region, `[lower, upper]` or `[lower]`. Default: none. */
  resegmentRange?: readonly number[] | null;
  /**
   * What `resegmentRange` counts in: image units (`'absolute'`), shares of the region's maximum
   * (`'relative'`) or standard deviations from the region's mean (`'sigma'`). Default `'absolute'`.
   */
  resegmentMode?: 'absolute' | 'relative' | 'sigma';
  /** Take the resegmented region for shape features too. Default false. */
  resegmentShape?: boolean;
  /** Put image statistics and hashes into the diagnostics. Default true. */
  additionalInfo?: boolean;
}

/** SimpleITK's interpolators by name. */
export type Interpolator =
  | 'sitkNearestNeighbor'
  | 'sitkLinear'
  | 'sitkBSpline'
  | 'sitkGaussian'
  | 'sitkLabelGaussian'
  | 'sitkHammingWindowedSinc'
  | 'sitkCosineWindowedSinc'
  | 'sitkWelchWindowedSinc'
  | 'sitkLanczosWindowedSinc'
  | 'sitkBlackmanWindowedSinc';

/** The same by SimpleITK's numbers. */
export type InterpolatorNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** {@link PreparationSettings} with every default filled in. */
export type ResolvedPreparationSettings = Required<PreparationSettings>;

export const PREPARATION_DEFAULTS = {
  label_channel: 0,
  normalize: false,
  normalizeScale: 1,
  removeOutliers: null,
  resampledPixelSpacing: null,
  interpolator: 'sitkBSpline',
  preCrop: false,
  padDistance: 5,
  geometryTolerance: null,
  correctMask: false,
  resegmentRange: null,
  resegmentMode: 'absolute',
  resegmentShape: false,
  additionalInfo: true,
} as const satisfies ResolvedPreparationSettings;

export const INTERPOLATORS: readonly Interpolator[] = [
  'sitkNearestNeighbor',
  'sitkLinear',
  'sitkBSpline',
  'sitkGaussian',
  'sitkLabelGaussian',
  'sitkHammingWindowedSinc',
  'sitkCosineWindowedSinc',
  'sitkWelchWindowedSinc',
  'sitkLanczosWindowedSinc',
  'sitkBlackmanWindowedSinc',
];
