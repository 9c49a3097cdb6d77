import { glszmTable } from '../../features/glszm.js';
import type { LevelSizeMeasures } from '../../features/level-size-measures.js';
import type { IbsiTable } from '../ibsi-feature.js';

/**
 * The 16 features of the gray-level size-zone matrix (IBSI 1, family 9SAK; Thibault et al. 2014): s(i, j)
 * zones of j voxels of level i, N_s in all. Each is PyRadiomics' feature of the name given.
 */
export const sizeZoneTable = {
  /** Σ s/j² over N_s: PyRadiomics' SmallAreaEmphasis. Source: IBSI P001. */
  szm_sze: {
    tag: 'szm_sze',
    name: 'Small zone emphasis',
    compute: (m) => glszmTable.SmallAreaEmphasis(m),
  },
  /** Σ s·j² over N_s: PyRadiomics' LargeAreaEmphasis. Source: IBSI 48P8. */
  szm_lze: {
    tag: 'szm_lze',
    name: 'Large zone emphasis',
    compute: (m) => glszmTable.LargeAreaEmphasis(m),
  },
  /** Σ s/i² over N_s: PyRadiomics' LowGrayLevelZoneEmphasis. Source: IBSI XMSY. */
  szm_lgze: {
    tag: 'szm_lgze',
    name: 'Low grey level zone emphasis',
    compute: (m) => glszmTable.LowGrayLevelZoneEmphasis(m),
  },
  /** Σ s·i² over N_s: PyRadiomics' HighGrayLevelZoneEmphasis. Source: IBSI 5GN9. */
  szm_hgze: {
    tag: 'szm_hgze',
    name: 'High grey level zone emphasis',
    compute: (m) => glszmTable.HighGrayLevelZoneEmphasis(m),
  },
  /** Σ s/(i²j²) over N_s: PyRadiomics' SmallAreaLowGrayLevelEmphasis. Source: IBSI 5RAI. */
  szm_szlge: {
    tag: 'szm_szlge',
    name: 'Small zone low grey level emphasis',
    compute: (m) => glszmTable.SmallAreaLowGrayLevelEmphasis(m),
  },
  /** Σ s·i²/j² over N_s: PyRadiomics' SmallAreaHighGrayLevelEmphasis. Source: IBSI HW1V. */
  szm_szhge: {
    tag: 'szm_szhge',
    name: 'Small zone high grey level emphasis',
    compute: (m) => glszmTable.SmallAreaHighGrayLevelEmphasis(m),
  },
  /** Σ s·j²/i² over N_s: PyRadiomics' LargeAreaLowGrayLevelEmphasis. Source: IBSI YH51. */
  szm_lzlge: {
    tag: 'szm_lzlge',
    name: 'Large zone low grey level emphasis',
    compute: (m) => glszmTable.LargeAreaLowGrayLevelEmphasis(m),
  },
  /** Σ s·i²j² over N_s: PyRadiomics' LargeAreaHighGrayLevelEmphasis. Source: IBSI J17V. */
  szm_lzhge: {
    tag: 'szm_lzhge',
    name: 'Large zone high grey level emphasis',
    compute: (m) => glszmTable.LargeAreaHighGrayLevelEmphasis(m),
  },
  /** Σ_i (Σ_j s)² over N_s: PyRadiomics' GrayLevelNonUniformity. Source: IBSI JNSA. */
  szm_glnu: {
    tag: 'szm_glnu',
    name: 'Grey level non-uniformity',
    compute: (m) => glszmTable.GrayLevelNonUniformity(m),
  },
  /** Σ_i (Σ_j s)² over N_s²: PyRadiomics' GrayLevelNonUniformityNormalized. Source: IBSI Y1RO. */
  szm_glnu_norm: {
    tag: 'szm_glnu_norm',
    name: 'Normalised grey level non-uniformity',
    compute: (m) => glszmTable.GrayLevelNonUniformityNormalized(m),
  },
  /** Σ_j (Σ_i s)² over N_s: PyRadiomics' SizeZoneNonUniformity. Source: IBSI 4JP3. */
  szm_zsnu: {
    tag: 'szm_zsnu',
    name: 'Zone size non-uniformity',
    compute: (m) => glszmTable.SizeZoneNonUniformity(m),
  },
  /** Σ_j (Σ_i s)² over N_s²: PyRadiomics' SizeZoneNonUniformityNormalized. Source: IBSI VB3A. */
  szm_zsnu_norm: {
    tag: 'szm_zsnu_norm',
    name: 'Normalised zone size non-uniformity',
    compute: (m) => glszmTable.SizeZoneNonUniformityNormalized(m),
  },
  /** N_s over the number of voxels: PyRadiomics' ZonePercentage. Source: IBSI P30P. */
  szm_z_perc: {
    tag: 'szm_z_perc',
    name: 'Zone percentage',
    compute: (m) => glszmTable.ZonePercentage(m),
  },
  /** Variance of i: PyRadiomics' GrayLevelVariance. Source: IBSI BYLV. */
  szm_gl_var: {
    tag: 'szm_gl_var',
    name: 'Grey level variance',
    compute: (m) => glszmTable.GrayLevelVariance(m),
  },
  /** Variance of j: PyRadiomics' ZoneVariance. Source: IBSI 3NSA. */
  szm_zs_var: {
    tag: 'szm_zs_var',
    name: 'Zone size variance',
    compute: (m) => glszmTable.ZoneVariance(m),
  },
  /** −Σ p·log₂ p, p = s/N_s, bits: PyRadiomics' ZoneEntropy. Source: IBSI GU8N. */
  szm_zs_entr: {
    tag: 'szm_zs_entr',
    name: 'Zone size entropy',
    compute: (m) => glszmTable.ZoneEntropy(m),
  },
} as const satisfies IbsiTable<LevelSizeMeasures>;
