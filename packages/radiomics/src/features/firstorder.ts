import { EPSILON } from '../kernels/logarithms.js';
import type { FeatureTable } from './family.js';
import type { ValueStatistics } from './value-distribution.js';

/** What first-order features are computed from. */
export interface FirstOrderMeasures {
  readonly distribution: ValueStatistics;
  /** Voxels of each gray level that is present. */
  readonly frequencies: Float64Array;
  /** `voxelArrayShift`: added to every value in Energy, TotalEnergy and RootMeanSquared. */
  readonly shift: number;
  /** mm³ */
  readonly voxelVolume: number;
}

/**
 * The 18 first-order statistics of the N values X of a region. Entropy and Uniformity use the
 * discretised levels, p_i being the share of level i; all others the values as they are.
 */
export const firstorderTable = {
  /**
   * P₁₀, the 10th percentile of X, interpolated linearly between ranks.
   *
   * A minimum that a few outliers do not move.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI QG58.
   */
  '10Percentile': (m) => m.distribution.percentile(10),
  /**
   * P₉₀, the 90th percentile of X, interpolated linearly between ranks.
   *
   * A maximum that a few outliers do not move.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 8DWT.
   */
  '90Percentile': (m) => m.distribution.percentile(90),
  /**
   * Σ (X + c)², c = `voxelArrayShift`.
   *
   * Magnitude of the values. Grows with the number of voxels: do not compare regions of different size
   * by it.
   * Degenerate: N·(X + c)² in a flat region.
   * Unit: that of the image, squared.
   * Source: IBSI N8CA.
   */
  Energy: (m) => m.distribution.energy(m.shift),
  /**
   * −Σ p_i·log₂(p_i + ε), ε = 2.2·10⁻¹⁶.
   *
   * Information in the gray levels: how evenly and over how many levels they are spread. Depends on the
   * bins.
   * Degenerate: 0 in a flat region (−3·10⁻¹⁶ with ε).
   * Unit: bits.
   * Source: IBSI TLU2.
   */
  Entropy: (m) => {
    let total = 0;
    for (const n of m.frequencies) total += n;
    let sum = 0;
    for (const n of m.frequencies) sum -= (n / total) * Math.log2(n / total + EPSILON);
    return sum;
  },
  /**
   * P₇₅ − P₂₅.
   *
   * Spread of the middle half of the values; outliers do not move it.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI SALO.
   */
  InterquartileRange: (m) => m.distribution.percentile(75) - m.distribution.percentile(25),
  /**
   * μ₄/σ⁴, μ₄ the mean of (X − mean)⁴.
   *
   * Weight of the tails: 3 for a normal distribution, more where outliers make the variance. IBSI
   * subtracts the 3, PyRadiomics does not.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI IPH6, plus 3.
   */
  Kurtosis: (m) => {
    const variance = m.distribution.moment(2);
    return variance === 0 ? 0 : m.distribution.moment(4) / (variance * variance);
  },
  /**
   * max X.
   *
   * The highest value.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 84IY.
   */
  Maximum: (m) => m.distribution.maximum,
  /**
   * Σ |X − mean|/N.
   *
   * Spread about the mean; outliers weigh less than in the variance.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI 4FUA.
   */
  MeanAbsoluteDeviation: (m) => m.distribution.meanAbsoluteDeviation(),
  /**
   * Σ X/N.
   *
   * The average value, such as the mean fat fraction.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI Q4LE.
   */
  Mean: (m) => m.distribution.mean,
  /**
   * P₅₀, the 50th percentile of X.
   *
   * The middle value; outliers do not move it.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI Y12H.
   */
  Median: (m) => m.distribution.percentile(50),
  /**
   * min X.
   *
   * The lowest value.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 1GSF.
   */
  Minimum: (m) => m.distribution.minimum,
  /**
   * max X − min X.
   *
   * Spread of all values, set by the two outermost.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI 2OJQ.
   */
  Range: (m) => m.distribution.maximum - m.distribution.minimum,
  /**
   * Mean of |X − mean| over the X from P₁₀ to P₉₀, the mean being theirs too.
   *
   * Spread of the middle 80 % of the values.
   * Degenerate: 0 in a flat region; NaN where no value lies between the percentiles, as for two voxels.
   * Unit: that of the image.
   * Source: IBSI 1128.
   */
  RobustMeanAbsoluteDeviation: (m) =>
    m.distribution.meanAbsoluteDeviation(
      m.distribution.percentile(10),
      m.distribution.percentile(90),
    ),
  /**
   * √(Σ (X + c)²/N), c = `voxelArrayShift`.
   *
   * Magnitude of the values, whatever the number of voxels.
   * Degenerate: |X + c| in a flat region.
   * Unit: that of the image.
   * Source: IBSI 5ZWQ.
   */
  RootMeanSquared: (m) => Math.sqrt(m.distribution.energy(m.shift) / m.distribution.count),
  /**
   * μ₃/σ³, μ₃ the mean of (X − mean)³.
   *
   * Asymmetry: positive for a long tail of high values, negative for one of low values.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI KE2A.
   */
  Skewness: (m) => {
    const variance = m.distribution.moment(2);
    // Engines round roots alike, other powers not.
    return variance === 0 ? 0 : m.distribution.moment(3) / (variance * Math.sqrt(variance));
  },
  /**
   * v·Σ (X + c)², v the volume of a voxel, c = `voxelArrayShift`.
   *
   * Energy that does not depend on how finely the region is sampled.
   * Degenerate: v·N·(X + c)² in a flat region.
   * Unit: that of the image, squared, × mm³.
   * Source: PyRadiomics; van Griethuysen et al. 2017.
   */
  TotalEnergy: (m) => m.distribution.energy(m.shift) * m.voxelVolume,
  /**
   * Σ p_i².
   *
   * Sum of squared shares of the gray levels: high where few levels prevail. Depends on the bins.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI BJ5W.
   */
  Uniformity: (m) => {
    let total = 0;
    let squares = 0;
    for (const n of m.frequencies) {
      total += n;
      squares += n * n;
    }
    return squares / (total * total);
  },
  /**
   * Σ (X − mean)²/N.
   *
   * Spread about the mean, squared.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image, squared.
   * Source: IBSI ECT3.
   */
  Variance: (m) => m.distribution.moment(2),
} as const satisfies FeatureTable<FirstOrderMeasures>;

/** Computed only when asked for by name, as in PyRadiomics. */
export const firstorderDeprecatedTable = {
  /**
   * √(Σ (X − mean)²/N).
   *
   * Spread about the mean.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Deprecated: the square root of Variance.
   * Source: PyRadiomics; the square root of IBSI ECT3.
   */
  StandardDeviation: (m) => Math.sqrt(m.distribution.moment(2)),
} as const satisfies FeatureTable<FirstOrderMeasures>;

/** Names of the first-order features. */
export type FirstOrderFeatureName = keyof typeof firstorderTable;
