import type { FeatureTable } from './family.js';
import type { LevelSizeMeasures } from './level-size-measures.js';

/**
 * The 16 features of the gray-level size-zone matrix (Thibault et al. 2014).
 *
 * P(i, j) is the number of connected zones of j voxels of level i, N_z their number, N_p the voxels of
 * the region, p = P/N_z.
 */
export const glszmTable = {
  /** Σ_i (Σ_j P(i,j))²/N_z. Low where the gray levels of the zones are spread evenly. */
  GrayLevelNonUniformity: (m) => m.byLevel.squares() / m.total,
  /** Σ_i (Σ_j P(i,j))²/N_z². 1 in a flat region. */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares() / m.total ** 2,
  /** Σ p(i,j)·(i − μ)², μ the mean level of the zones. 0 in a flat region. */
  GrayLevelVariance: (m) => m.byLevel.variance(m.total),
  /** Σ P(i,j)·i²/N_z. High for zones of high levels. */
  HighGrayLevelZoneEmphasis: (m) => m.byLevel.emphasis() / m.total,
  /** Σ P(i,j)·j²/N_z. High for large zones, coarse texture. */
  LargeAreaEmphasis: (m) => m.bySize.emphasis() / m.total,
  /** Σ P(i,j)·i²j²/N_z. */
  LargeAreaHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /** Σ P(i,j)·j²/i²/N_z. */
  LargeAreaLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /** Σ P(i,j)/i²/N_z. High for zones of low levels. */
  LowGrayLevelZoneEmphasis: (m) => m.byLevel.inverseEmphasis() / m.total,
  /** Σ_j (Σ_i P(i,j))²/N_z. Low where zone sizes are spread evenly. */
  SizeZoneNonUniformity: (m) => m.bySize.squares() / m.total,
  /** Σ_j (Σ_i P(i,j))²/N_z². */
  SizeZoneNonUniformityNormalized: (m) => m.bySize.squares() / m.total ** 2,
  /** Σ P(i,j)/j²/N_z. High for small zones, fine texture. */
  SmallAreaEmphasis: (m) => m.bySize.inverseEmphasis() / m.total,
  /** Σ P(i,j)·i²/j²/N_z. */
  SmallAreaHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /** Σ P(i,j)/(i²j²)/N_z. */
  SmallAreaLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
  /** −Σ p(i,j)·log₂(p(i,j) + ε), bits. */
  ZoneEntropy: (m) => m.entropy(),
  /** N_z/N_p, 1/N_p to 1. High for fine texture. */
  ZonePercentage: (m) => m.total / m.voxels,
  /** Σ p(i,j)·(j − μ)², μ the mean zone size. */
  ZoneVariance: (m) => m.bySize.variance(m.total),
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the size-zone features. */
export type GlszmFeatureName = keyof typeof glszmTable;
