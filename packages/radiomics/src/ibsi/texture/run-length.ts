import { glrlmTable } from '../../features/glrlm.js';
import type { LevelSizeMeasures } from '../../features/level-size-measures.js';
import type { IbsiTable } from '../ibsi-feature.js';

/**
 * The 16 features of the gray-level run-length matrix (IBSI 1, family TP0I; Galloway 1975): r(i, j) runs of
 * j voxels of level i, N_s in all. Each is PyRadiomics' feature of the name given.
 */
export const runLengthTable = {
  /** Σ r/j² over N_s: PyRadiomics' ShortRunEmphasis. Source: IBSI 22OV. */
  rlm_sre: {
    tag: 'rlm_sre',
    name: 'Short runs emphasis',
    compute: (m) => glrlmTable.ShortRunEmphasis(m),
  },
  /** Σ r·j² over N_s: PyRadiomics' LongRunEmphasis. Source: IBSI W4KF. */
  rlm_lre: {
    tag: 'rlm_lre',
    name: 'Long runs emphasis',
    compute: (m) => glrlmTable.LongRunEmphasis(m),
  },
  /** Σ r/i² over N_s: PyRadiomics' LowGrayLevelRunEmphasis. Source: IBSI V3SW. */
  rlm_lgre: {
    tag: 'rlm_lgre',
    name: 'Low grey level run emphasis',
    compute: (m) => glrlmTable.LowGrayLevelRunEmphasis(m),
  },
  /** Σ r·i² over N_s: PyRadiomics' HighGrayLevelRunEmphasis. Source: IBSI G3QZ. */
  rlm_hgre: {
    tag: 'rlm_hgre',
    name: 'High grey level run emphasis',
    compute: (m) => glrlmTable.HighGrayLevelRunEmphasis(m),
  },
  /** Σ r/(i²j²) over N_s: PyRadiomics' ShortRunLowGrayLevelEmphasis. Source: IBSI HTZT. */
  rlm_srlge: {
    tag: 'rlm_srlge',
    name: 'Short run low grey level emphasis',
    compute: (m) => glrlmTable.ShortRunLowGrayLevelEmphasis(m),
  },
  /** Σ r·i²/j² over N_s: PyRadiomics' ShortRunHighGrayLevelEmphasis. Source: IBSI GD3A. */
  rlm_srhge: {
    tag: 'rlm_srhge',
    name: 'Short run high grey level emphasis',
    compute: (m) => glrlmTable.ShortRunHighGrayLevelEmphasis(m),
  },
  /** Σ r·j²/i² over N_s: PyRadiomics' LongRunLowGrayLevelEmphasis. Source: IBSI IVPO. */
  rlm_lrlge: {
    tag: 'rlm_lrlge',
    name: 'Long run low grey level emphasis',
    compute: (m) => glrlmTable.LongRunLowGrayLevelEmphasis(m),
  },
  /** Σ r·i²j² over N_s: PyRadiomics' LongRunHighGrayLevelEmphasis. Source: IBSI 3KUM. */
  rlm_lrhge: {
    tag: 'rlm_lrhge',
    name: 'Long run high grey level emphasis',
    compute: (m) => glrlmTable.LongRunHighGrayLevelEmphasis(m),
  },
  /** Σ_i (Σ_j r)² over N_s: PyRadiomics' GrayLevelNonUniformity. Source: IBSI R5YN. */
  rlm_glnu: {
    tag: 'rlm_glnu',
    name: 'Grey level non-uniformity',
    compute: (m) => glrlmTable.GrayLevelNonUniformity(m),
  },
  /** Σ_i (Σ_j r)² over N_s²: PyRadiomics' GrayLevelNonUniformityNormalized. Source: IBSI OVBL. */
  rlm_glnu_norm: {
    tag: 'rlm_glnu_norm',
    name: 'Normalised grey level non-uniformity',
    compute: (m) => glrlmTable.GrayLevelNonUniformityNormalized(m),
  },
  /** Σ_j (Σ_i r)² over N_s: PyRadiomics' RunLengthNonUniformity. Source: IBSI W92Y. */
  rlm_rlnu: {
    tag: 'rlm_rlnu',
    name: 'Run length non-uniformity',
    compute: (m) => glrlmTable.RunLengthNonUniformity(m),
  },
  /** Σ_j (Σ_i r)² over N_s²: PyRadiomics' RunLengthNonUniformityNormalized. Source: IBSI IC23. */
  rlm_rlnu_norm: {
    tag: 'rlm_rlnu_norm',
    name: 'Normalised run length non-uniformity',
    compute: (m) => glrlmTable.RunLengthNonUniformityNormalized(m),
  },
  /** N_s over the voxels of all directions: PyRadiomics' RunPercentage. Source: IBSI 9ZK5. */
  rlm_r_perc: {
    tag: 'rlm_r_perc',
    name: 'Run percentage',
    compute: (m) => glrlmTable.RunPercentage(m),
  },
  /** Variance of i: PyRadiomics' GrayLevelVariance. Source: IBSI 8CE5. */
  rlm_gl_var: {
    tag: 'rlm_gl_var',
    name: 'Grey level variance',
    compute: (m) => glrlmTable.GrayLevelVariance(m),
  },
  /** Variance of j: PyRadiomics' RunVariance. Source: IBSI SXLW. */
  rlm_rl_var: {
    tag: 'rlm_rl_var',
    name: 'Run length variance',
    compute: (m) => glrlmTable.RunVariance(m),
  },
  /** −Σ p·log₂ p, p = r/N_s, bits: PyRadiomics' RunEntropy. Source: IBSI HJ9O. */
  rlm_rl_entr: {
    tag: 'rlm_rl_entr',
    name: 'Run entropy',
    compute: (m) => glrlmTable.RunEntropy(m),
  },
} as const satisfies IbsiTable<LevelSizeMeasures>;
