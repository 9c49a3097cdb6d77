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
  /** Σ_i (Σ_j P(i,j))²/N_r. Low where the gray levels of the runs are spread evenly. */
  GrayLevelNonUniformity: (m) => m.byLevel.squares() / m.total,
  /** Σ_i (Σ_j P(i,j))²/N_r². 1 in a flat region. */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares() / m.total ** 2,
  /** Σ p(i,j)·(i − μ)², μ the mean level of the runs. 0 in a flat region. */
  GrayLevelVariance: (m) => m.byLevel.variance(m.total),
  /** Σ P(i,j)·i²/N_r. High for runs of high levels. */
  HighGrayLevelRunEmphasis: (m) => m.byLevel.emphasis() / m.total,
  /** Σ P(i,j)·j²/N_r. High for long runs, coarse texture. */
  LongRunEmphasis: (m) => m.bySize.emphasis() / m.total,
  /** Σ P(i,j)·i²j²/N_r. */
  LongRunHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /** Σ P(i,j)·j²/i²/N_r. */
  LongRunLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /** Σ P(i,j)/i²/N_r. High for runs of low levels. */
  LowGrayLevelRunEmphasis: (m) => m.byLevel.inverseEmphasis() / m.total,
  /** −Σ p(i,j)·log₂(p(i,j) + ε), bits. */
  RunEntropy: (m) => m.entropy(),
  /** Σ_j (Σ_i P(i,j))²/N_r. Low where run lengths are spread evenly. */
  RunLengthNonUniformity: (m) => m.bySize.squares() / m.total,
  /** Σ_j (Σ_i P(i,j))²/N_r². */
  RunLengthNonUniformityNormalized: (m) => m.bySize.squares() / m.total ** 2,
  /** N_r/N_p, 1/N_p to 1. High for fine texture. */
  RunPercentage: (m) => m.total / m.voxels,
  /** Σ p(i,j)·(j − μ)², μ the mean run length. */
  RunVariance: (m) => m.bySize.variance(m.total),
  /** Σ P(i,j)/j²/N_r. High for short runs, fine texture. */
  ShortRunEmphasis: (m) => m.bySize.inverseEmphasis() / m.total,
  /** Σ P(i,j)·i²/j²/N_r. */
  ShortRunHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /** Σ P(i,j)/(i²j²)/N_r. */
  ShortRunLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the run-length features. */
export type GlrlmFeatureName = keyof typeof glrlmTable;
