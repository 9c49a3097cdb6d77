import { gldmTable } from '../../features/gldm.js';
import type { IbsiTable } from '../ibsi-feature.js';
import type { DependenceMeasures } from './dependence-measures.js';

/**
 * The 17 features of the neighbouring gray-level dependence matrix (IBSI 1, family REK0; Sun and Wee 1983):
 * s(i, j) voxels of level i with j − 1 neighbours that differ by at most the coarseness α, N_s in all.
 * PyRadiomics calls it GLDM; where it has the feature, the name is given.
 */
export const dependenceTable = {
  /** Σ s/j² over N_s: PyRadiomics' SmallDependenceEmphasis. Source: IBSI SODN. */
  ngl_lde: {
    tag: 'ngl_lde',
    name: 'Low dependence emphasis',
    compute: (m) => gldmTable.SmallDependenceEmphasis(m.table),
  },
  /** Σ s·j² over N_s: PyRadiomics' LargeDependenceEmphasis. Source: IBSI IMOQ. */
  ngl_hde: {
    tag: 'ngl_hde',
    name: 'High dependence emphasis',
    compute: (m) => gldmTable.LargeDependenceEmphasis(m.table),
  },
  /** Σ s/i² over N_s: PyRadiomics' LowGrayLevelEmphasis. Source: IBSI TL9H. */
  ngl_lgce: {
    tag: 'ngl_lgce',
    name: 'Low grey level count emphasis',
    compute: (m) => gldmTable.LowGrayLevelEmphasis(m.table),
  },
  /** Σ s·i² over N_s: PyRadiomics' HighGrayLevelEmphasis. Source: IBSI OAE7. */
  ngl_hgce: {
    tag: 'ngl_hgce',
    name: 'High grey level count emphasis',
    compute: (m) => gldmTable.HighGrayLevelEmphasis(m.table),
  },
  /** Σ s/(i²j²) over N_s: PyRadiomics' SmallDependenceLowGrayLevelEmphasis. Source: IBSI EQ3F. */
  ngl_ldlge: {
    tag: 'ngl_ldlge',
    name: 'Low dependence low grey level emphasis',
    compute: (m) => gldmTable.SmallDependenceLowGrayLevelEmphasis(m.table),
  },
  /** Σ s·i²/j² over N_s: PyRadiomics' SmallDependenceHighGrayLevelEmphasis. Source: IBSI JA6D. */
  ngl_ldhge: {
    tag: 'ngl_ldhge',
    name: 'Low dependence high grey level emphasis',
    compute: (m) => gldmTable.SmallDependenceHighGrayLevelEmphasis(m.table),
  },
  /** Σ s·j²/i² over N_s: PyRadiomics' LargeDependenceLowGrayLevelEmphasis. Source: IBSI NBZI. */
  ngl_hdlge: {
    tag: 'ngl_hdlge',
    name: 'High dependence low grey level emphasis',
    compute: (m) => gldmTable.LargeDependenceLowGrayLevelEmphasis(m.table),
  },
  /** Σ s·i²j² over N_s: PyRadiomics' LargeDependenceHighGrayLevelEmphasis. Source: IBSI 9QMG. */
  ngl_hdhge: {
    tag: 'ngl_hdhge',
    name: 'High dependence high grey level emphasis',
    compute: (m) => gldmTable.LargeDependenceHighGrayLevelEmphasis(m.table),
  },
  /** Σ_i (Σ_j s)² over N_s: PyRadiomics' GrayLevelNonUniformity. Source: IBSI FP8K. */
  ngl_glnu: {
    tag: 'ngl_glnu',
    name: 'Grey level non-uniformity',
    compute: (m) => gldmTable.GrayLevelNonUniformity(m.table),
  },
  /**
   * Σ_i (Σ_j s)² over N_s².
   *
   * Low where gray levels are spread evenly, whatever the number of voxels.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI 5SPA.
   */
  ngl_glnu_norm: {
    tag: 'ngl_glnu_norm',
    name: 'Normalised grey level non-uniformity',
    compute: (m) => m.table.byLevel.squares / m.table.total ** 2,
  },
  /** Σ_j (Σ_i s)² over N_s: PyRadiomics' DependenceNonUniformity. Source: IBSI Z87G. */
  ngl_dcnu: {
    tag: 'ngl_dcnu',
    name: 'Dependence count non-uniformity',
    compute: (m) => gldmTable.DependenceNonUniformity(m.table),
  },
  /** Σ_j (Σ_i s)² over N_s²: PyRadiomics' DependenceNonUniformityNormalized. Source: IBSI OKJI. */
  ngl_dcnu_norm: {
    tag: 'ngl_dcnu_norm',
    name: 'Normalised dependence count non-uniformity',
    compute: (m) => gldmTable.DependenceNonUniformityNormalized(m.table),
  },
  /**
   * N_s over the number of voxels: 1, since every voxel has a neighbourhood.
   *
   * Says nothing.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI 6XV8.
   */
  ngl_dc_perc: {
    tag: 'ngl_dc_perc',
    name: 'Dependence count percentage',
    compute: (m) => m.table.total / m.voxels,
  },
  /** Variance of i: PyRadiomics' GrayLevelVariance. Source: IBSI 1PFV. */
  ngl_gl_var: {
    tag: 'ngl_gl_var',
    name: 'Grey level variance',
    compute: (m) => gldmTable.GrayLevelVariance(m.table),
  },
  /** Variance of j: PyRadiomics' DependenceVariance. Source: IBSI DNX2. */
  ngl_dc_var: {
    tag: 'ngl_dc_var',
    name: 'Dependence count variance',
    compute: (m) => gldmTable.DependenceVariance(m.table),
  },
  /** −Σ p·log₂ p, p = s/N_s, bits: PyRadiomics' DependenceEntropy. Source: IBSI FCBV. */
  ngl_dc_entr: {
    tag: 'ngl_dc_entr',
    name: 'Dependence count entropy',
    compute: (m) => gldmTable.DependenceEntropy(m.table),
  },
  /**
   * Σ p².
   *
   * High where few pairs of level and dependence prevail.
   * Degenerate: that of the numbers of neighbours in a flat region.
   * Unit: none.
   * Source: IBSI CAS9.
   */
  ngl_dc_energy: {
    tag: 'ngl_dc_energy',
    name: 'Dependence count energy',
    compute: (m) => m.energy,
  },
} as const satisfies IbsiTable<DependenceMeasures>;

/** Tags of the dependence features, without aggregation. */
export type DependenceTag = keyof typeof dependenceTable;
