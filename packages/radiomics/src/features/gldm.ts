import type { FeatureTable } from './family.js';
import type { LevelSizeMeasures } from './level-size-measures.js';

/**
 * The 14 features of the gray-level dependence matrix (Sun and Wee 1983).
 *
 * P(i, j) is the number of voxels of level i with j dependent voxels: itself and the neighbours whose
 * level differs by at most `gldm_a`. N_z is the number of voxels, p = P/N_z.
 */
export const gldmTable = {
  /**
   * −Σ p(i,j)·log₂(p(i,j) + ε).
   *
   * Disorder of levels and dependences.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: bits.
   * Source: IBSI FCBV.
   */
  DependenceEntropy: (m) => m.entropy(),
  /**
   * Σ_j (Σ_i P(i,j))²/N_z.
   *
   * Low where dependences are spread evenly. Grows with the number of voxels.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: voxels.
   * Source: Sun and Wee 1983 (number nonuniformity); IBSI Z87G.
   */
  DependenceNonUniformity: (m) => m.bySize.squares / m.total,
  /**
   * Σ_j (Σ_i P(i,j))²/N_z², 0 to 1.
   *
   * Low where dependences are spread evenly, whatever the number of voxels.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: none.
   * Source: IBSI OKJI.
   */
  DependenceNonUniformityNormalized: (m) => m.bySize.squares / m.total ** 2,
  /**
   * Σ p(i,j)·(j − μ)², μ = Σ p(i,j)·j.
   *
   * Spread of the dependences: high where smooth and rough parts alternate.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: voxels squared.
   * Source: IBSI DNX2.
   */
  DependenceVariance: (m) => m.bySize.variance,
  /**
   * Σ_i (Σ_j P(i,j))²/N_z.
   *
   * Low where gray levels are spread evenly. Grows with the number of voxels.
   * Degenerate: N_z in a flat region.
   * Unit: voxels.
   * Source: IBSI FP8K.
   */
  GrayLevelNonUniformity: (m) => m.byLevel.squares / m.total,
  /**
   * Σ p(i,j)·(i − μ)², μ = Σ p(i,j)·i.
   *
   * Spread of the gray levels.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI 1PFV.
   */
  GrayLevelVariance: (m) => m.byLevel.variance,
  /**
   * Σ P(i,j)·i²/N_z.
   *
   * High for high levels.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI OAE7.
   */
  HighGrayLevelEmphasis: (m) => m.byLevel.emphasis / m.total,
  /**
   * Σ P(i,j)·j²/N_z.
   *
   * High for homogeneous texture, whose voxels have many like neighbours.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: voxels squared.
   * Source: Sun and Wee 1983 (large number emphasis); IBSI IMOQ.
   */
  LargeDependenceEmphasis: (m) => m.bySize.emphasis / m.total,
  /**
   * Σ P(i,j)·i²j²/N_z.
   *
   * High for homogeneous texture of high levels.
   * Degenerate: that of LargeDependenceEmphasis in a flat region.
   * Unit: gray levels squared × voxels squared.
   * Source: IBSI 9QMG.
   */
  LargeDependenceHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /**
   * Σ P(i,j)·j²/i²/N_z.
   *
   * High for homogeneous texture of low levels.
   * Degenerate: that of LargeDependenceEmphasis in a flat region.
   * Unit: voxels squared per gray level squared.
   * Source: IBSI NBZI.
   */
  LargeDependenceLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /**
   * Σ P(i,j)/i²/N_z, 0 to 1.
   *
   * High for low levels.
   * Degenerate: 1 in a flat region.
   * Unit: 1/gray levels squared.
   * Source: IBSI TL9H.
   */
  LowGrayLevelEmphasis: (m) => m.byLevel.inverseEmphasis / m.total,
  /**
   * Σ P(i,j)/j²/N_z, 0 to 1.
   *
   * High for heterogeneous texture, whose voxels have few like neighbours.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: 1/voxels squared.
   * Source: Sun and Wee 1983 (small number emphasis); IBSI SODN.
   */
  SmallDependenceEmphasis: (m) => m.bySize.inverseEmphasis / m.total,
  /**
   * Σ P(i,j)·i²/j²/N_z.
   *
   * High for heterogeneous texture of high levels.
   * Degenerate: that of SmallDependenceEmphasis in a flat region.
   * Unit: gray levels squared per voxel squared.
   * Source: IBSI JA6D.
   */
  SmallDependenceHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /**
   * Σ P(i,j)/(i²j²)/N_z, 0 to 1.
   *
   * High for heterogeneous texture of low levels.
   * Degenerate: that of SmallDependenceEmphasis in a flat region.
   * Unit: 1/(gray levels squared × voxels squared).
   * Source: IBSI EQ3F.
   */
  SmallDependenceLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names that PyRadiomics retired, by their identity with current ones. */
export const gldmDeprecatedTable = {
  /**
   * Σ_i (Σ_j P(i,j))²/N_z², 0 to 1.
   *
   * Low where gray levels are spread evenly.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Deprecated: equal to the first-order Uniformity.
   * Source: IBSI 5SPA.
   */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares / m.total ** 2,
  /**
   * N_z/N_p = 1.
   *
   * Says nothing: every voxel has a dependence.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Deprecated: always 1.
   * Source: IBSI 6XV8.
   */
  DependencePercentage: () => 1,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the dependence features. */
export type GldmFeatureName = keyof typeof gldmTable;
