import { glcmTable } from '../../features/glcm.js';
import type { GlcmMeasures } from '../../features/glcm-measures.js';
import type { IbsiTable } from '../ibsi-feature.js';

/**
 * The 25 features of the symmetric gray-level co-occurrence matrix (IBSI 1, family LFYI; Haralick et al.
 * 1973), p(i, j) the share of pairs of neighbours with levels i and j. Where the formula is PyRadiomics',
 * its feature is named and holds more about it; Ng is the highest gray level of the whole region. NaN where no
 * two voxels of the region are neighbours.
 */
export const cooccurrenceTable = {
  /** max p: PyRadiomics' MaximumProbability. Source: IBSI GYBY. */
  cm_joint_max: {
    tag: 'cm_joint_max',
    name: 'Joint maximum',
    compute: (m) => glcmTable.MaximumProbability(m),
  },
  /** Σ i·p: PyRadiomics' JointAverage. Source: IBSI 60VM. */
  cm_joint_avg: {
    tag: 'cm_joint_avg',
    name: 'Joint average',
    compute: (m) => glcmTable.JointAverage(m),
  },
  /** Σ (i − μ)²·p: PyRadiomics' SumSquares. Source: IBSI UR99. */
  cm_joint_var: {
    tag: 'cm_joint_var',
    name: 'Joint variance',
    compute: (m) => glcmTable.SumSquares(m),
  },
  /** −Σ p·log₂ p, bits: PyRadiomics' JointEntropy. Source: IBSI TU9B. */
  cm_joint_entr: {
    tag: 'cm_joint_entr',
    name: 'Joint entropy',
    compute: (m) => glcmTable.JointEntropy(m),
  },
  /** Mean of |i − j|: PyRadiomics' DifferenceAverage. Source: IBSI TF7R. */
  cm_diff_avg: {
    tag: 'cm_diff_avg',
    name: 'Difference average',
    compute: (m) => glcmTable.DifferenceAverage(m),
  },
  /** Variance of |i − j|: PyRadiomics' DifferenceVariance. Source: IBSI D3YU. */
  cm_diff_var: {
    tag: 'cm_diff_var',
    name: 'Difference variance',
    compute: (m) => glcmTable.DifferenceVariance(m),
  },
  /** Entropy of |i − j|, bits: PyRadiomics' DifferenceEntropy. Source: IBSI NTRS. */
  cm_diff_entr: {
    tag: 'cm_diff_entr',
    name: 'Difference entropy',
    compute: (m) => glcmTable.DifferenceEntropy(m),
  },
  /** Mean of i + j: PyRadiomics' SumAverage. Source: IBSI ZGXS. */
  cm_sum_avg: {
    tag: 'cm_sum_avg',
    name: 'Sum average',
    compute: (m) => glcmTable.SumAverage(m),
  },
  /** Variance of i + j, equal to the cluster tendency: PyRadiomics' retired SumVariance. Source: IBSI OEEB. */
  cm_sum_var: {
    tag: 'cm_sum_var',
    name: 'Sum variance',
    compute: (m) => glcmTable.ClusterTendency(m),
  },
  /** Entropy of i + j, bits: PyRadiomics' SumEntropy. Source: IBSI P6QZ. */
  cm_sum_entr: {
    tag: 'cm_sum_entr',
    name: 'Sum entropy',
    compute: (m) => glcmTable.SumEntropy(m),
  },
  /** Σ p²: PyRadiomics' JointEnergy. Source: IBSI 8ZQL. */
  cm_energy: {
    tag: 'cm_energy',
    name: 'Angular second moment',
    compute: (m) => glcmTable.JointEnergy(m),
  },
  /** Mean of (i − j)²: PyRadiomics' Contrast. Source: IBSI ACUI. */
  cm_contrast: {
    tag: 'cm_contrast',
    name: 'Contrast',
    compute: (m) => glcmTable.Contrast(m),
  },
  /** Mean of |i − j|, equal to the difference average: PyRadiomics' retired Dissimilarity. Source: IBSI 8S9J. */
  cm_dissimilarity: {
    tag: 'cm_dissimilarity',
    name: 'Dissimilarity',
    compute: (m) => glcmTable.DifferenceAverage(m),
  },
  /** Mean of 1/(1 + |i − j|): PyRadiomics' Id. Source: IBSI IB1Z. */
  cm_inv_diff: {
    tag: 'cm_inv_diff',
    name: 'Inverse difference',
    compute: (m) => glcmTable.Id(m),
  },
  /** Mean of 1/(1 + |i − j|/Ng): PyRadiomics' Idn. Source: IBSI NDRX. */
  cm_inv_diff_norm: {
    tag: 'cm_inv_diff_norm',
    name: 'Normalised inverse difference',
    compute: (m) => glcmTable.Idn(m),
  },
  /** Mean of 1/(1 + (i − j)²): PyRadiomics' Idm. Source: IBSI WF0Z. */
  cm_inv_diff_mom: {
    tag: 'cm_inv_diff_mom',
    name: 'Inverse difference moment',
    compute: (m) => glcmTable.Idm(m),
  },
  /** Mean of 1/(1 + (i − j)²/Ng²): PyRadiomics' Idmn. Source: IBSI 1QCO. */
  cm_inv_diff_mom_norm: {
    tag: 'cm_inv_diff_mom_norm',
    name: 'Normalised inverse difference moment',
    compute: (m) => glcmTable.Idmn(m),
  },
  /** Σ p/(i − j)² over i ≠ j: PyRadiomics' InverseVariance. Source: IBSI E8JP. */
  cm_inv_var: {
    tag: 'cm_inv_var',
    name: 'Inverse variance',
    compute: (m) => glcmTable.InverseVariance(m),
  },
  /** Correlation of i and j, 1 where one level prevails: PyRadiomics' Correlation. Source: IBSI NI2N. */
  cm_corr: {
    tag: 'cm_corr',
    name: 'Correlation',
    compute: (m) => glcmTable.Correlation(m),
  },
  /** Mean of i·j: PyRadiomics' Autocorrelation. Source: IBSI QWB0. */
  cm_auto_corr: {
    tag: 'cm_auto_corr',
    name: 'Autocorrelation',
    compute: (m) => glcmTable.Autocorrelation(m),
  },
  /** Mean of (i + j − 2μ)²: PyRadiomics' ClusterTendency. Source: IBSI DG8W. */
  cm_clust_tend: {
    tag: 'cm_clust_tend',
    name: 'Cluster tendency',
    compute: (m) => glcmTable.ClusterTendency(m),
  },
  /** Mean of (i + j − 2μ)³: PyRadiomics' ClusterShade. Source: IBSI 7NFM. */
  cm_clust_shade: {
    tag: 'cm_clust_shade',
    name: 'Cluster shade',
    compute: (m) => glcmTable.ClusterShade(m),
  },
  /** Mean of (i + j − 2μ)⁴: PyRadiomics' ClusterProminence. Source: IBSI AE86. */
  cm_clust_prom: {
    tag: 'cm_clust_prom',
    name: 'Cluster prominence',
    compute: (m) => glcmTable.ClusterProminence(m),
  },
  /** First information correlation, 0 where one level prevails: PyRadiomics' Imc1. Source: IBSI R8DG. */
  cm_info_corr1: {
    tag: 'cm_info_corr1',
    name: 'Information correlation 1',
    compute: (m) => glcmTable.Imc1(m),
  },
  /** Second information correlation, 0 for independent neighbours: PyRadiomics' Imc2. Source: IBSI JN9H. */
  cm_info_corr2: {
    tag: 'cm_info_corr2',
    name: 'Information correlation 2',
    compute: (m) => glcmTable.Imc2(m),
  },
} as const satisfies IbsiTable<GlcmMeasures>;
