import {
  FILTER_DEFAULTS,
  type FilterSettings,
  type ResolvedFilterSettings,
} from './filter-settings.js';
import type { ImageTypes } from './image-types.js';
import {
  PREPARATION_DEFAULTS,
  type PreparationSettings,
  type ResolvedPreparationSettings,
} from './preparation-settings.js';
import {
  type ResolvedVoxelSettings,
  VOXEL_DEFAULTS,
  type VoxelSettings,
} from './voxel-settings.js';

/** Settings of discretisation and texture. */
export interface TextureSettings {
  /** Width of a gray-level bin, in the unit of the image, > 0. Default 25. Ignored when `binCount` is given. */
  binWidth?: number;
  /** Number of bins between minimum and maximum of the region, a positive integer. Default: none. */
  binCount?: number;
  /** Texture within planes only, never across. Default false. */
  force2D?: boolean;
  /**
   * Axis across the planes: 0 = z, 1 = y, 2 = x (PyRadiomics counts the axes backwards). Default 0.
   * Ignored by texture unless `force2D` is set; `shape2D` always uses it.
   */
  force2Ddimension?: 0 | 1 | 2;
  /**
   * Distances to neighbours in voxels, along the longest axis of the step, integers 1 to 15. For GLCM,
   * GLDM and NGTDM; GLRLM and GLSZM ignore it. Default [1].
   */
  distances?: readonly number[];
  /** Count each pair of voxels both ways in the GLCM. Default true. */
  symmetricalGLCM?: boolean;
  /**
   * Add the GLCMs and GLRLMs of all directions up to one, each weighted by the length of its step in mm
   * under this norm: exp(−length²) for the GLCM, the length for the GLRLM. Default null: a feature is the
   * mean over the directions.
   */
  weightingNorm?: 'manhattan' | 'euclidean' | 'infinity' | 'no_weighting' | null;
  /** Largest difference of gray levels at which voxels depend on each other in the GLDM, an integer ≥ 0. Default 0. */
  gldm_a?: number;
  /** Added to every value in Energy, TotalEnergy and RootMeanSquared. Default 0. */
  voxelArrayShift?: number;
}

/**
 * What to extract and how. Names and defaults are those of PyRadiomics' parameter files.
 */
export interface Settings
  extends TextureSettings, PreparationSettings, FilterSettings, VoxelSettings {
  /** Value of the region's voxels in the mask; a positive integer. Default 1. */
  label?: number;
  /** Axes along which the region must be longer than one voxel, 1 to 3. Default 2. */
  minimumROIDimensions?: 1 | 2 | 3;
  /** The region must have more voxels than this, an integer > 0. Default: no minimum beyond one voxel. */
  minimumROISize?: number;
  /**
   * NaN inside the region: `'error'` (default) refuses it; `'pyradiomics'` leaves it out of the
   * first-order statistics and puts it into the gray level after the last, as PyRadiomics does.
   */
  nanPolicy?: 'error' | 'pyradiomics';
  /**
   * Which features: names of families (`'glcm'`), keys of single features (`'original_glcm_Contrast'`),
   * or a record from family to names, an empty list or null standing for all. Deprecated names are
   * computed only when named. Default: every current feature but `shape2D`, 107.
   */
  featureClasses?: readonly string[] | Readonly<Record<string, readonly string[] | null>>;
  /**
   * Images to take features from, each with the settings that differ for it:
   * `{ Original: {}, Wavelet: { wavelet: 'db2' }, LoG: { sigma: [1, 3] } }`. Default: the original alone.
   */
  imageTypes?: ImageTypes | undefined;
}

/** Settings with every default filled in, without the choice of features and image types. */
export type ResolvedSettings = Required<
  Omit<Settings, 'featureClasses' | 'imageTypes' | 'binCount' | 'minimumROISize'>
> & { binCount: number | null; minimumROISize: number | null } & ResolvedPreparationSettings &
  ResolvedFilterSettings &
  ResolvedVoxelSettings;

export const DEFAULTS = {
  label: 1,
  binWidth: 25,
  binCount: null,
  force2D: false,
  force2Ddimension: 0,
  distances: [1],
  symmetricalGLCM: true,
  weightingNorm: null,
  gldm_a: 0,
  voxelArrayShift: 0,
  minimumROIDimensions: 2,
  minimumROISize: null,
  nanPolicy: 'error',
  ...PREPARATION_DEFAULTS,
  ...FILTER_DEFAULTS,
  ...VOXEL_DEFAULTS,
} as const satisfies ResolvedSettings;
