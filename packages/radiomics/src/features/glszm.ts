import type { FeatureTable } from './family.js';
import type { LevelSizeMeasures } from './level-size-measures.js';

/**
 * The 16 features of the gray-level size-zone matrix (Thibault et al. 2014).
 *
 * P(i, j) is the number of connected zones of j voxels of level i, N_z their number, N_p the voxels of
 * the region, p = P/N_z.
 */
export const glszmTable = {
  /**
   * Σ_i (Σ_j P(i,j))²/N_z.
   *
   * Low where the gray levels of the zones are spread evenly. Grows with the number of zones.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: zones.
   * Source: Thibault et al. 2014; IBSI JNSA.
   */
  GrayLevelNonUniformity: (m) => m.byLevel.squares / m.total,
  /**
   * Σ_i (Σ_j P(i,j))²/N_z², 0 to 1.
   *
   * Low where the gray levels of the zones are spread evenly, whatever their number.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI Y1RO.
   */
  GrayLevelNonUniformityNormalized: (m) => m.byLevel.squares / m.total ** 2,
  /**
   * Σ p(i,j)·(i − μ)², μ = Σ p(i,j)·i.
   *
   * Spread of the gray levels of the zones.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Thibault et al. 2014; IBSI BYLV.
   */
  GrayLevelVariance: (m) => m.byLevel.variance,
  /**
   * Σ P(i,j)·i²/N_z.
   *
   * High for zones of high levels.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels squared.
   * Source: Thibault et al. 2014; IBSI 5GN9.
   */
  HighGrayLevelZoneEmphasis: (m) => m.byLevel.emphasis / m.total,
  /**
   * Σ P(i,j)·j²/N_z.
   *
   * High for large zones: coarse texture.
   * Degenerate: N_p² in a flat region without gaps.
   * Unit: voxels squared.
   * Source: Thibault et al. 2014; IBSI 48P8.
   */
  LargeAreaEmphasis: (m) => m.bySize.emphasis / m.total,
  /**
   * Σ P(i,j)·i²j²/N_z.
   *
   * High for large zones of high levels.
   * Degenerate: N_p² in a flat region without gaps.
   * Unit: gray levels squared × voxels squared.
   * Source: Thibault et al. 2014; IBSI J17V.
   */
  LargeAreaHighGrayLevelEmphasis: (m) => m.largeHigh / m.total,
  /**
   * Σ P(i,j)·j²/i²/N_z.
   *
   * High for large zones of low levels.
   * Degenerate: N_p² in a flat region without gaps.
   * Unit: voxels squared per gray level squared.
   * Source: Thibault et al. 2014; IBSI YH51.
   */
  LargeAreaLowGrayLevelEmphasis: (m) => m.largeLow / m.total,
  /**
   * Σ P(i,j)/i²/N_z, 0 to 1.
   *
   * High for zones of low levels.
   * Degenerate: 1 in a flat region.
   * Unit: 1/gray levels squared.
   * Source: Thibault et al. 2014; IBSI XMSY.
   */
  LowGrayLevelZoneEmphasis: (m) => m.byLevel.inverseEmphasis / m.total,
  /**
   * Σ_j (Σ_i P(i,j))²/N_z.
   *
   * Low where zone sizes are spread evenly. Grows with the number of zones.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: zones.
   * Source: Thibault et al. 2014; IBSI 4JP3.
   */
  SizeZoneNonUniformity: (m) => m.bySize.squares / m.total,
  /**
   * Σ_j (Σ_i P(i,j))²/N_z², 0 to 1.
   *
   * Low where zone sizes are spread evenly, whatever their number.
   * Degenerate: 1 in a flat region without gaps.
   * Unit: none.
   * Source: IBSI VB3A.
   */
  SizeZoneNonUniformityNormalized: (m) => m.bySize.squares / m.total ** 2,
  /**
   * Σ P(i,j)/j²/N_z, 0 to 1.
   *
   * High for small zones: fine texture.
   * Degenerate: 1/N_p² in a flat region without gaps.
   * Unit: 1/voxels squared.
   * Source: Thibault et al. 2014; IBSI P001.
   */
  SmallAreaEmphasis: (m) => m.bySize.inverseEmphasis / m.total,
  /**
   * Σ P(i,j)·i²/j²/N_z.
   *
   * High for small zones of high levels.
   * Degenerate: 1/N_p² in a flat region without gaps.
   * Unit: gray levels squared per voxel squared.
   * Source: Thibault et al. 2014; IBSI HW1V.
   */
  SmallAreaHighGrayLevelEmphasis: (m) => m.smallHigh / m.total,
  /**
   * Σ P(i,j)/(i²j²)/N_z, 0 to 1.
   *
   * High for small zones of low levels.
   * Degenerate: 1/N_p² in a flat region without gaps.
   * Unit: 1/(gray levels squared × voxels squared).
   * Source: Thibault et al. 2014; IBSI 5RAI.
   */
  SmallAreaLowGrayLevelEmphasis: (m) => m.smallLow / m.total,
  /**
   * −Σ p(i,j)·log₂(p(i,j) + ε).
   *
   * Disorder of levels and sizes of the zones.
   * Degenerate: 0 in a flat region without gaps (−3·10⁻¹⁶ with ε).
   * Unit: bits.
   * Source: IBSI GU8N.
   */
  ZoneEntropy: (m) => m.entropy(),
  /**
   * N_z/N_p, 1/N_p to 1.
   *
   * Zones per voxel: high for fine texture.
   * Degenerate: 1/N_p in a flat region without gaps.
   * Unit: none.
   * Source: Thibault et al. 2014; IBSI P30P.
   */
  ZonePercentage: (m) => m.total / m.voxels,
  /**
   * Σ p(i,j)·(j − μ)², μ = Σ p(i,j)·j.
   *
   * Spread of the zone sizes.
   * Degenerate: 0 in a flat region without gaps.
   * Unit: voxels squared.
   * Source: Thibault et al. 2014; IBSI 3NSA.
   */
  ZoneVariance: (m) => m.bySize.variance,
} as const satisfies FeatureTable<LevelSizeMeasures>;

/** Names of the size-zone features. */
export type GlszmFeatureName = keyof typeof glszmTable;
