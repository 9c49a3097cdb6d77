import { EPSILON, EPSILON_PER_CELL } from '../kernels/logarithms.js';
import type { GlcmMeasures } from './glcm-measures.js';
import type { FeatureTable } from './family.js';

/**
 * The 24 features of the gray-level co-occurrence matrix (Haralick et al. 1973).
 *
 * P(i, j) is the probability that a voxel of level i has a neighbour of level j one step on in a given
 * direction; μ, σ are the means and standard deviations of its marginals p_x, p_y; ε = 2.2·10⁻¹⁶. Each
 * feature is computed per direction and averaged over the directions that have pairs.
 */
export const glcmTable = {
  /** Σ P(i,j)·i·j. High where bright voxels lie beside bright ones. */
  // i·j = ((i + j)² − (i − j)²)/4.
  Autocorrelation: (m) => (m.sum.meanSquare - m.difference.meanSquare) / 4,
  /** Σ P(i,j)·(i + j − μ_x − μ_y)⁴. High for asymmetry and for levels far from the mean. */
  ClusterProminence: (m) => m.sum.fourth,
  /** Σ P(i,j)·(i + j − μ_x − μ_y)³. The skewness of i + j. */
  ClusterShade: (m) => m.sum.third,
  /** Σ P(i,j)·(i + j − μ_x − μ_y)². High for groups of voxels of like levels. */
  ClusterTendency: (m) => m.sum.second,
  /** Σ P(i,j)·(i − j)². Local variation; 0 in a flat region. */
  Contrast: (m) => m.difference.meanSquare,
  /** Σ P(i,j)·(i − μ_x)(j − μ_y)/(σ_x·σ_y + ε), −1 to 1. Where a σ is 0, 1 is returned. */
  Correlation: (m) => {
    const deviations = Math.sqrt(m.row.variance) * Math.sqrt(m.column.variance);
    if (deviations === 0 || m.occupiedRows === 1 || m.occupiedColumns === 1) return 1;
    const covariance = (m.sum.second - m.row.variance - m.column.variance) / 2;
    return covariance / (deviations + EPSILON);
  },
  /** Σ k·p(|i − j| = k): the mean difference between neighbours. */
  DifferenceAverage: (m) => m.difference.mean,
  /** −Σ p(|i − j| = k)·log₂(p + ε), bits. */
  DifferenceEntropy: (m) => m.difference.entropy,
  /** Σ (k − mean)²·p(|i − j| = k). */
  DifferenceVariance: (m) => m.difference.variance,
  /** Σ p(|i − j| = k)/(1 + k), 0 to 1. Inverse difference; 1 in a flat region. */
  Id: (m) => m.difference.inverse,
  /** Σ p(|i − j| = k)/(1 + k²), 0 to 1. Inverse difference moment; 1 in a flat region. */
  Idm: (m) => m.difference.inverseMoment,
  /** Σ p(|i − j| = k)/(1 + k²/Ng²). Idm normalised by the number of gray levels. */
  Idmn: (m) => m.difference.inverseMomentNormalised,
  /** Σ p(|i − j| = k)/(1 + k/Ng). Id normalised by the number of gray levels. */
  Idn: (m) => m.difference.inverseNormalised,
  /**
   * (H_xy − H_xy1)/max(H_x, H_y), −1 to 0: how far the joint entropy stays below that of independent
   * neighbours. 0 where the marginals have no entropy.
   */
  Imc1: (m) => {
    const larger = Math.max(m.rowEntropy, m.columnEntropy);
    return m.single || larger === 0 ? 0 : m.jointEntropyDeficit() / larger;
  },
  /**
   * √(1 − exp(−2·(H_xy2 − H_xy))), 0 to 1. Exactly 0 for independent neighbours, where PyRadiomics
   * returns what rounding leaves, or drops the direction if that is negative.
   */
  Imc2: (m) => {
    return Math.sqrt(-Math.expm1(-2 * m.mutualInformation()));
  },
  /** Σ p(|i − j| = k)/k² over k ≥ 1; 0 in a flat region. */
  InverseVariance: (m) => m.difference.inverseVariance,
  /** μ_x = Σ P(i,j)·i. The mean level; meant for symmetric matrices. */
  JointAverage: (m) => m.row.mean,
  /** Σ P(i,j)². High where few pairs of levels prevail; 1 in a flat region. */
  JointEnergy: (m) => m.energy,
  /** −Σ P(i,j)·log₂(P(i,j) + ε), bits. */
  JointEntropy: (m) => m.jointEntropy - m.occupiedCells * EPSILON_PER_CELL,
  /**
   * The second largest singular value of D_x^−½ P D_y^−½, 0 to 1; 1 in a flat region. PyRadiomics adds ε
   * to the denominators, which moves its value by up to 10⁻⁷ where a level is rare; here it is exact.
   */
  MCC: (m) => m.maximalCorrelation(),
  /** max P(i,j): the share of the most frequent pair. */
  MaximumProbability: (m) => m.maximum,
  /** Σ k·p(i + j = k). Twice JointAverage for a symmetric matrix. */
  SumAverage: (m) => m.sum.mean,
  /** −Σ p(i + j = k)·log₂(p + ε), bits. */
  SumEntropy: (m) => m.sum.entropy,
  /** Σ P(i,j)·(i − μ_x)²: the variance of the level; meant for symmetric matrices. */
  SumSquares: (m) => m.row.variance,
} as const satisfies FeatureTable<GlcmMeasures>;

/** Names that PyRadiomics retired, by their identity with current ones. */
export const glcmDeprecatedTable = {
  /** Equal to DifferenceAverage. */
  Dissimilarity: (m) => glcmTable.DifferenceAverage(m),
  /** Equal to Id. */
  Homogeneity1: (m) => glcmTable.Id(m),
  /** Equal to Idm. */
  Homogeneity2: (m) => glcmTable.Idm(m),
  /** Equal to ClusterTendency. */
  SumVariance: (m) => glcmTable.ClusterTendency(m),
} as const satisfies FeatureTable<GlcmMeasures>;

/** Names of the co-occurrence features. */
export type GlcmFeatureName = keyof typeof glcmTable;
