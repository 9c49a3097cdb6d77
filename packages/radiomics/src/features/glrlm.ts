import type { FeatureTable } from './family.js';
import type { LevelSizeMeasures } from './level-size-measures.js';

/**
 * The 16 features of the gray-level run-length matrix (Galloway 1975; Chu et al. 1990; Dasarathy and
 * Holder 1991).
 *
 * P(i, j) is the number of runs of j voxels of level i in a given direction, N_r their number, N_p the
 * voxels in them, p = P/N_r. Each feature is computed per direction and averaged over the directions
 * that have runs.
 */
export const glrlmTable = {
  /**
   * Σ_i (Σ_j P(i,j))²/N_r.
   *
   * Low where the gray levels of the runs are spread evenly. Grows with the number of runs.
   * Degenerate: N_r in a flat region.
   * Unit: runs.
   * Source: Galloway 1975; IBSI R5YN.
   */
  GrayLevelNonUniformity: (m) => m.byLevel.squares / m.total,
  /**
   * Σ_i (Σ_j P(i,j))²/N_r², 0 to 1.
   *
   * Low where the gray levels of the runs are spread evenly, whatever their number.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI OVBL.
   */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares / m.total ** 2,
  /**
   * Σ p(i,j)·(i − μ)², μ = Σ p(i,j)·i.
   *
   * Spread of the gray levels of the runs.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI 8CE5.
   */
  GrayLevelVariance: (m) => m.byLevel.variance,
  /**
   * Σ P(i,j)·i²/N_r.
   *
   * High for runs of high levels.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels squared.
   * Source: Chu et al. 1990; IBSI G3QZ.
   */
  HighGrayLevelRunEmphasis: (m) => m.byLevel.emphasis / m.total,
  /**
   * Σ P(i,j)·j²/N_r.
   *
   * High for long runs: coarse texture.
   * Degenerate: mean of the squared run lengths in a flat region.
   * Unit: voxels squared.
   * Source: Galloway 1975; IBSI W4KF.
   */
  LongRunEmphasis: (m) => m.bySize.emphasis / m.total,
  /**
   * Σ P(i,j)·i²j²/N_r.
   *
   * High for long runs of high levels.
   * Degenerate: that of LongRunEmphasis in a flat region.
   * Unit: gray levels squared × voxels squared.
   * Source: Dasarathy and Holder 1991; IBSI 3KUM.
   */
  LongRunHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /**
   * Σ P(i,j)·j²/i²/N_r.
   *
   * High for long runs of low levels.
   * Degenerate: that of LongRunEmphasis in a flat region.
   * Unit: voxels squared per gray level squared.
   * Source: Dasarathy and Holder 1991; IBSI IVPO.
   */
  LongRunLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /**
   * Σ P(i,j)/i²/N_r, 0 to 1.
   *
   * High for runs of low levels.
   * Degenerate: 1 in a flat region.
   * Unit: 1/gray levels squared.
   * Source: Chu et al. 1990; IBSI V3SW.
   */
  LowGrayLevelRunEmphasis: (m) => m.byLevel.inverseEmphasis / m.total,
  /**
   * −Σ p(i,j)·log₂(p(i,j) + ε).
   *
   * Disorder of levels and lengths of the runs.
   * Degenerate: entropy of the run lengths in a flat region.
   * Unit: bits.
   * Source: IBSI HJ9O.
   */
  RunEntropy: (m) => m.entropy(),
  /**
   * Σ_j (Σ_i P(i,j))²/N_r.
   *
   * Low where run lengths are spread evenly. Grows with the number of runs.
   * Degenerate: that of the rows of the region in a flat region.
   * Unit: runs.
   * Source: Galloway 1975; IBSI W92Y.
   */
  RunLengthNonUniformity: (m) => m.bySize.squares / m.total,
  /**
   * Σ_j (Σ_i P(i,j))²/N_r², 0 to 1.
   *
   * Low where run lengths are spread evenly, whatever their number.
   * Degenerate: that of the rows of the region in a flat region.
   * Unit: none.
   * Source: IBSI IC23.
   */
  RunLengthNonUniformityNormalized: (m) => m.bySize.squares / m.total ** 2,
  /**
   * N_r/N_p, 1/N_p to 1.
   *
   * Runs per voxel: high for fine texture.
   * Degenerate: rows of the region per voxel in a flat region.
   * Unit: none.
   * Source: Galloway 1975; IBSI 9ZK5.
   */
  RunPercentage: (m) => m.total / m.voxels,
  /**
   * Σ p(i,j)·(j − μ)², μ = Σ p(i,j)·j.
   *
   * Spread of the run lengths.
   * Degenerate: that of the rows of the region in a flat region.
   * Unit: voxels squared.
   * Source: IBSI SXLW.
   */
  RunVariance: (m) => m.bySize.variance,
  /**
   * Σ P(i,j)/j²/N_r, 0 to 1.
   *
   * High for short runs: fine texture.
   * Degenerate: that of the rows of the region in a flat region.
   * Unit: 1/voxels squared.
   * Source: Galloway 1975; IBSI 22OV.
   */
  ShortRunEmphasis: (m) => m.bySize.inverseEmphasis / m.total,
  /**
   * Σ P(i,j)·i²/j²/N_r.
   *
   * High for short runs of high levels.
   * Degenerate: that of ShortRunEmphasis in a flat region.
   * Unit: gray levels squared per voxel squared.
   * Source: Dasarathy and Holder 1991; IBSI GD3A.
   */
  ShortRunHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /**
   * Σ P(i,j)/(i²j²)/N_r, 0 to 1.
   *
   * High for short runs of low levels.
   * Degenerate: that of ShortRunEmphasis in a flat region.
   * Unit: 1/(gray levels squared × voxels squared).
   * Source: Dasarathy and Holder 1991; IBSI HTZT.
   */
  ShortRunLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the run-length features. */
export type GlrlmFeatureName = keyof typeof glrlmTable;
