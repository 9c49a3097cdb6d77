import type { FeatureTable } from './family.js';
import type { LevelSizeMeasures } from './level-size-measures.js';

/**
 * The 14 features of the gray-level dependence matrix (Sun and Wee 1983).
 *
 * P(i, j) is the number of voxels of level i with j dependent voxels: itself and the neighbours whose
 * level differs by at most `gldm_a`. N_z is the number of voxels, p = P/N_z.
 */
export const gldmTable = {
  /** −Σ p(i,j)·log₂(p(i,j) + ε), bits. */
  DependenceEntropy: (m) => m.entropy(),
  /** Σ_j (Σ_i P(i,j))²/N_z. Low where dependences are spread evenly. */
  DependenceNonUniformity: (m) => m.bySize.squares() / m.total,
  /** Σ_j (Σ_i P(i,j))²/N_z². */
  DependenceNonUniformityNormalized: (m) => m.bySize.squares() / m.total ** 2,
  /** Σ p(i,j)·(j − μ)², μ the mean dependence. */
  DependenceVariance: (m) => m.bySize.variance(m.total),
  /** Σ_i (Σ_j P(i,j))²/N_z. Low where gray levels are spread evenly. */
  GrayLevelNonUniformity: (m) => m.byLevel.squares() / m.total,
  /** Σ p(i,j)·(i − μ)², μ the mean level. 0 in a flat region. */
  GrayLevelVariance: (m) => m.byLevel.variance(m.total),
  /** Σ P(i,j)·i²/N_z. High for high levels. */
  HighGrayLevelEmphasis: (m) => m.byLevel.emphasis() / m.total,
  /** Σ P(i,j)·j²/N_z. High for homogeneous texture. */
  LargeDependenceEmphasis: (m) => m.bySize.emphasis() / m.total,
  /** Σ P(i,j)·i²j²/N_z. */
  LargeDependenceHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /** Σ P(i,j)·j²/i²/N_z. */
  LargeDependenceLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /** Σ P(i,j)/i²/N_z. High for low levels. */
  LowGrayLevelEmphasis: (m) => m.byLevel.inverseEmphasis() / m.total,
  /** Σ P(i,j)/j²/N_z. High for heterogeneous texture. */
  SmallDependenceEmphasis: (m) => m.bySize.inverseEmphasis() / m.total,
  /** Σ P(i,j)·i²/j²/N_z. */
  SmallDependenceHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /** Σ P(i,j)/(i²j²)/N_z. */
  SmallDependenceLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names that PyRadiomics retired, by their identity with current ones. */
export const gldmDeprecatedTable = {
  /** Σ_i (Σ_j P(i,j))²/N_z²: equal to the first-order Uniformity. */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares() / m.total ** 2,
  /** N_z/N_p, which is 1: every voxel has a dependence. */
  DependencePercentage: () => 1,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the dependence features. */
export type GldmFeatureName = keyof typeof gldmTable;
