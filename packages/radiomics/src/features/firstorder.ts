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
  /** 10th percentile of X, interpolated linearly. */
  '10Percentile': (m) => m.distribution.percentile(10),
  /** 90th percentile of X, interpolated linearly. */
  '90Percentile': (m) => m.distribution.percentile(90),
  /** Σ (X + c)², c = `voxelArrayShift`. Grows with the size of the region. */
  Energy: (m) => m.distribution.energy(m.shift),
  /** −Σ p_i·log₂(p_i + ε), bits. About 0 in a flat region. */
  Entropy: (m) => {
    let total = 0;
    for (const n of m.frequencies) total += n;
    let sum = 0;
    for (const n of m.frequencies) sum -= (n / total) * Math.log2(n / total + EPSILON);
    return sum;
  },
  /** 75th less 25th percentile. */
  InterquartileRange: (m) => m.distribution.percentile(75) - m.distribution.percentile(25),
  /** μ₄/σ⁴: 3 for a normal distribution (no excess kurtosis). 0 in a flat region. */
  Kurtosis: (m) => {
    const variance = m.distribution.moment(2);
    return variance === 0 ? 0 : m.distribution.moment(4) / (variance * variance);
  },
  /** max X. */
  Maximum: (m) => m.distribution.maximum,
  /** mean of |X − mean|. */
  MeanAbsoluteDeviation: (m) => m.distribution.meanAbsoluteDeviation(),
  /** Σ X/N. */
  Mean: (m) => m.distribution.mean,
  /** 50th percentile. */
  Median: (m) => m.distribution.percentile(50),
  /** min X. */
  Minimum: (m) => m.distribution.minimum,
  /** max X − min X. */
  Range: (m) => m.distribution.maximum - m.distribution.minimum,
  /** Mean absolute deviation of the values from the 10th to the 90th percentile; NaN where none is. */
  RobustMeanAbsoluteDeviation: (m) =>
    m.distribution.meanAbsoluteDeviation(
      m.distribution.percentile(10),
      m.distribution.percentile(90),
    ),
  /** √(Σ (X + c)²/N), c = `voxelArrayShift`. */
  RootMeanSquared: (m) => Math.sqrt(m.distribution.energy(m.shift) / m.distribution.count),
  /** μ₃/σ³: positive for a long right tail. 0 in a flat region. */
  Skewness: (m) => {
    const variance = m.distribution.moment(2);
    return variance === 0 ? 0 : m.distribution.moment(3) / variance ** 1.5;
  },
  /** Energy times the volume of a voxel in mm³. */
  TotalEnergy: (m) => m.distribution.energy(m.shift) * m.voxelVolume,
  /** Σ p_i². 1 in a flat region. */
  Uniformity: (m) => {
    let total = 0;
    let squares = 0;
    for (const n of m.frequencies) {
      total += n;
      squares += n * n;
    }
    return squares / (total * total);
  },
  /** Σ (X − mean)²/N. */
  Variance: (m) => m.distribution.moment(2),
} as const satisfies FeatureTable<FirstOrderMeasures>;

/** Computed only when asked for by name, as in PyRadiomics. */
export const firstorderDeprecatedTable = {
  /** √Variance. */
  StandardDeviation: (m) => Math.sqrt(m.distribution.moment(2)),
} as const satisfies FeatureTable<FirstOrderMeasures>;

/** Names of the first-order features. */
export type FirstOrderFeatureName = keyof typeof firstorderTable;
