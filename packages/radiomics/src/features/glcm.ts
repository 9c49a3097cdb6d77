import { EPSILON, EPSILON_PER_CELL } from '../kernels/logarithms.js';
import type { PairMeasures } from './pair-measures.js';
import type { FeatureTable } from './family.js';

/**
 * The 24 features of the gray-level co-occurrence matrix (Haralick et al. 1973).
 *
 * P(i, j) is the probability that a voxel of level i has a neighbour of level j one step on in a given
 * direction; μ, σ, H_x, H_y are the means, standard deviations and entropies of its marginals p_x, p_y, H_xy
 * is its own entropy; ε = 2.2·10⁻¹⁶. Each feature is computed per direction and averaged over the directions
 * that have pairs; it is NaN where no two voxels of the region are neighbours.
 */
export const glcmTable = {
  /**
   * Σ P(i,j)·i·j.
   *
   * Mean product of neighbouring levels: high where bright voxels lie beside bright ones.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels squared.
   * Source: Soh and Tsatsoulis 1999; IBSI QWB0.
   */
  // i·j = ((i + j)² − (i − j)²)/4.
  Autocorrelation: (m) => (m.sum.meanSquare - m.difference.meanSquare) / 4,
  /**
   * Σ P(i,j)·(i + j − μ_x − μ_y)⁴.
   *
   * Tails of i + j: high for asymmetry and for pairs far from the mean.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels to the fourth power.
   * Source: Conners et al. 1984; IBSI AE86.
   */
  ClusterProminence: (m) => m.sum.fourth,
  /**
   * Σ P(i,j)·(i + j − μ_x − μ_y)³.
   *
   * Asymmetry of i + j: positive for a tail of bright pairs.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels cubed.
   * Source: Conners et al. 1984; IBSI 7NFM.
   */
  ClusterShade: (m) => m.sum.third,
  /**
   * Σ P(i,j)·(i + j − μ_x − μ_y)².
   *
   * Spread of i + j: high where neighbours are alike and the levels differ from place to place.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Haralick et al. 1973 (f7, sum variance); IBSI DG8W.
   */
  ClusterTendency: (m) => m.sum.second,
  /**
   * Σ P(i,j)·(i − j)².
   *
   * Local variation: high where neighbours differ much.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Haralick et al. 1973 (f2); IBSI ACUI.
   */
  Contrast: (m) => m.difference.meanSquare,
  /**
   * Σ P(i,j)·(i − μ_x)(j − μ_y)/(σ_x·σ_y + ε), −1 to 1.
   *
   * How well the level of a voxel predicts that of its neighbour by a straight line.
   * Degenerate: 1 in a flat region, and wherever a σ is 0.
   * Unit: none.
   * Source: Haralick et al. 1973 (f3); IBSI NI2N.
   */
  Correlation: (m) => {
    const deviations = Math.sqrt(m.row.variance) * Math.sqrt(m.column.variance);
    if (deviations === 0 || m.occupiedRows === 1 || m.occupiedColumns === 1) return 1;
    return m.covariance / (deviations + EPSILON);
  },
  /**
   * Σ k·p(|i − j| = k).
   *
   * Mean difference between neighbours.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI TF7R.
   */
  DifferenceAverage: (m) => m.difference.mean,
  /**
   * −Σ p(|i − j| = k)·log₂(p + ε).
   *
   * Disorder of the differences between neighbours.
   * Degenerate: 0 in a flat region (−3·10⁻¹⁶ with ε).
   * Unit: bits.
   * Source: Haralick et al. 1973 (f11); IBSI NTRS.
   */
  DifferenceEntropy: (m) => m.difference.entropy,
  /**
   * Σ (k − mean)²·p(|i − j| = k).
   *
   * Spread of the differences between neighbours: high where smooth parts and edges alternate.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Haralick et al. 1973 (f10); IBSI D3YU.
   */
  DifferenceVariance: (m) => m.difference.variance,
  /**
   * Σ p(|i − j| = k)/(1 + k), 0 to 1.
   *
   * Inverse difference: high where neighbours are alike.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Clausi 2002; IBSI IB1Z.
   */
  Id: (m) => m.difference.inverse,
  /**
   * Σ p(|i − j| = k)/(1 + k²), 0 to 1.
   *
   * Inverse difference moment: high where neighbours are alike; large differences hardly count.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Haralick et al. 1973 (f5); IBSI WF0Z.
   */
  Idm: (m) => m.difference.inverseMoment,
  /**
   * Σ p(|i − j| = k)/(1 + k²/Ng²), ½ to 1, Ng the highest gray level.
   *
   * Inverse difference moment, normalised so that regions with different numbers of levels compare.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Clausi 2002; IBSI 1QCO.
   */
  Idmn: (m) => m.difference.inverseMomentNormalised,
  /**
   * Σ p(|i − j| = k)/(1 + k/Ng), ½ to 1, Ng the highest gray level.
   *
   * Inverse difference, normalised so that regions with different numbers of levels compare.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Clausi 2002; IBSI NDRX.
   */
  Idn: (m) => m.difference.inverseNormalised,
  /**
   * (H_xy − H_xy1)/max(H_x, H_y), −1 to 0, H_xy1 = −Σ P(i,j)·log₂(p_x(i)·p_y(j)).
   *
   * Information measure of correlation: how far the joint entropy stays below that of independent
   * neighbours, 0 for these.
   * Degenerate: 0 in a flat region, where the marginals have no entropy.
   * Unit: none.
   * Source: Haralick et al. 1973 (f12); IBSI R8DG.
   */
  Imc1: (m) => {
    const larger = Math.max(m.rowEntropy, m.columnEntropy);
    return m.single || larger === 0 ? 0 : m.jointEntropyDeficit() / larger;
  },
  /**
   * √(1 − exp(−2·(H_xy2 − H_xy))), 0 to 1, H_xy2 the joint entropy of independent neighbours.
   *
   * Information measure of correlation: high where a level tells much about its neighbour. Exactly 0 for
   * independent neighbours, where PyRadiomics returns what rounding leaves, or drops the direction if
   * that is negative.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: Haralick et al. 1973 (f13); IBSI JN9H.
   */
  Imc2: (m) => {
    return Math.sqrt(-Math.expm1(-2 * m.mutualInformation()));
  },
  /**
   * Σ p(|i − j| = k)/k² over k ≥ 1.
   *
   * High where neighbours differ a little, but do differ.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: Aerts et al. 2014; IBSI E8JP.
   */
  InverseVariance: (m) => m.difference.inverseVariance,
  /**
   * μ_x = Σ P(i,j)·i.
   *
   * Mean level of the pairs; meant for symmetric matrices.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 60VM.
   */
  JointAverage: (m) => m.row.mean,
  /**
   * Σ P(i,j)², 0 to 1.
   *
   * High where few pairs of levels prevail (also called angular second moment).
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Haralick et al. 1973 (f1); IBSI 8ZQL.
   */
  JointEnergy: (m) => m.energy,
  /**
   * −Σ P(i,j)·log₂(P(i,j) + ε).
   *
   * Disorder of the pairs of levels.
   * Degenerate: 0 in a flat region (−3·10⁻¹⁶ with ε).
   * Unit: bits.
   * Source: Haralick et al. 1973 (f9); IBSI TU9B.
   */
  JointEntropy: (m) => m.jointEntropy - m.occupiedCells * EPSILON_PER_CELL,
  /**
   * Maximal correlation coefficient: the second largest singular value of D_x^−½·P·D_y^−½, D_x, D_y the
   * diagonal matrices of p_x, p_y; 0 to 1.
   *
   * The highest correlation that any relabelling of the levels gives neighbours: complexity of the
   * texture. PyRadiomics adds ε to the denominators, which moves its value by up to 10⁻⁷ where a level
   * is rare; here it is exact.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Haralick et al. 1973 (f14).
   */
  MCC: (m) => m.maximalCorrelation(),
  /**
   * max P(i,j), 0 to 1.
   *
   * Share of the most frequent pair of levels.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: Soh and Tsatsoulis 1999; IBSI GYBY.
   */
  MaximumProbability: (m) => m.maximum,
  /**
   * Σ k·p(i + j = k).
   *
   * Mean sum of neighbouring levels: twice JointAverage for a symmetric matrix.
   * Degenerate: 2 in a flat region.
   * Unit: gray levels.
   * Source: Haralick et al. 1973 (f6); IBSI ZGXS.
   */
  SumAverage: (m) => m.sum.mean,
  /**
   * −Σ p(i + j = k)·log₂(p + ε).
   *
   * Disorder of the sums of neighbouring levels.
   * Degenerate: 0 in a flat region (−3·10⁻¹⁶ with ε).
   * Unit: bits.
   * Source: Haralick et al. 1973 (f8); IBSI P6QZ.
   */
  SumEntropy: (m) => m.sum.entropy,
  /**
   * Σ P(i,j)·(i − μ_x)².
   *
   * Variance of the level of a pair; meant for symmetric matrices.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: Haralick et al. 1973 (f4); IBSI UR99.
   */
  SumSquares: (m) => m.row.variance,
} as const satisfies FeatureTable<PairMeasures>;

/** Names that PyRadiomics retired, by their identity with current ones. */
export const glcmDeprecatedTable = {
  /**
   * Σ P(i,j)·|i − j|.
   *
   * Mean difference between neighbours.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Deprecated: equal to DifferenceAverage.
   * Source: Soh and Tsatsoulis 1999; IBSI 8S9J.
   */
  Dissimilarity: (m) => glcmTable.DifferenceAverage(m),
  /**
   * Σ P(i,j)/(1 + |i − j|), 0 to 1.
   *
   * High where neighbours are alike.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Deprecated: equal to Id.
   * Source: IBSI IB1Z.
   */
  Homogeneity1: (m) => glcmTable.Id(m),
  /**
   * Σ P(i,j)/(1 + (i − j)²), 0 to 1.
   *
   * High where neighbours are alike.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Deprecated: equal to Idm.
   * Source: Soh and Tsatsoulis 1999; IBSI WF0Z.
   */
  Homogeneity2: (m) => glcmTable.Idm(m),
  /**
   * Σ (k − SumAverage)²·p(i + j = k).
   *
   * Spread of the sums of neighbouring levels.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Deprecated: equal to ClusterTendency.
   * Source: Haralick et al. 1973 (f7); IBSI OEEB.
   */
  SumVariance: (m) => glcmTable.ClusterTendency(m),
} as const satisfies FeatureTable<PairMeasures>;

/** Names of the co-occurrence features. */
export type GlcmFeatureName = keyof typeof glcmTable;
