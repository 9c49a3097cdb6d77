/**
 * Settings of the image types. They may stand among the general settings, for every image type, or
 * under the image type that they belong to.
 */
export interface FilterSettings {
  /**
   * Wavelet: name of the wavelet as PyWavelets has it: `haar`, `db1` … `db38`, `sym2` … `sym20`,
   * `coif1` … `coif17`, `bior1.1` … `bior6.8`, `rbio1.1` … `rbio6.8`, `dmey`. Default `'coif1'`.
   */
  wavelet?: string;
  /** Wavelet: number of decomposition levels, an integer ≥ 1. Default 1. */
  level?: number;
  /** Wavelet: levels to leave out before the first, an integer ≥ 0. Default 0. */
  start_level?: number;
  /** LoG: standard deviations of the Gaussian in mm, each > 0. No default: LoG needs it. */
  sigma?: readonly number[];
  /**
   * LoG: `'recursive'` is SimpleITK's filter, multiplied by σ², which PyRadiomics uses; `'ibsi'` the sampled
   * one of IBSI 2, cut off after 4 σ, not multiplied, in planes with `force2D` (then across z, and named
   * `log-sigma-1-0-mm-2D`). Default `'recursive'`.
   */
  logKernel?: 'recursive' | 'ibsi';
  /** Gradient: per mm (true) or per voxel. Default true. */
  gradientUseSpacing?: boolean;
  /** LBP2D: radius of the circle of neighbours in voxels, > 0. Default 1. */
  lbp2DRadius?: number;
  /** LBP2D: neighbours on the circle, an integer ≥ 1. Default 8. */
  lbp2DSamples?: number;
  /** LBP2D: how the pattern becomes a number. Default `'uniform'`. */
  lbp2DMethod?: 'default' | 'ror' | 'uniform' | 'var';
  /** LBP3D: orders of spherical harmonics, an integer ≥ 1. Default 2. */
  lbp3DLevels?: number;
  /** LBP3D: radius of the sphere of neighbours in voxels, > 0. Default 1. */
  lbp3DIcosphereRadius?: number;
  /** LBP3D: how often the faces of the icosahedron are divided, an integer from 0 to 5. Default 1. */
  lbp3DIcosphereSubdivision?: number;
}

/** {@link FilterSettings} with every default filled in. */
export type ResolvedFilterSettings = Required<FilterSettings>;

export const FILTER_DEFAULTS = {
  wavelet: 'coif1',
  level: 1,
  start_level: 0,
  sigma: [],
  logKernel: 'recursive',
  gradientUseSpacing: true,
  lbp2DRadius: 1,
  lbp2DSamples: 8,
  lbp2DMethod: 'uniform',
  lbp3DLevels: 2,
  lbp3DIcosphereRadius: 1,
  lbp3DIcosphereSubdivision: 1,
} as const satisfies ResolvedFilterSettings;
