import { statisticsTable } from './statistics.js';
import type { HistogramMeasures } from './histogram-measures.js';
import type { IbsiTable } from '../ibsi-feature.js';

/**
 * The intensity histogram features of the discretised gray levels G of the intensity mask, N voxels, n_i
 * of them at level i = 1 … Ng, p_i = n_i/N (IBSI 1, family ZVCW). Units are gray levels.
 */
export const histogramTable = {
  /**
   * Mean of G.
   *
   * The average level.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI X6K6.
   */
  ih_mean: {
    tag: 'ih_mean',
    name: 'Mean discretised intensity',
    compute: (m) => m.distribution.mean,
  },
  /**
   * Variance of G, divided by N.
   *
   * Spread of the levels, squared.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels squared.
   * Source: IBSI CH89.
   */
  ih_var: {
    tag: 'ih_var',
    name: 'Discretised intensity variance',
    compute: (m) => m.distribution.moment(2),
  },
  /**
   * Skewness of G.
   *
   * Asymmetry: positive for a long tail of high levels.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI 88K1.
   */
  ih_skew: {
    tag: 'ih_skew',
    name: 'Discretised intensity skewness',
    compute: (m) => statisticsTable.stat_skew.compute(m.distribution),
  },
  /**
   * Kurtosis of G less 3.
   *
   * Weight of the tails: 0 for a normal distribution.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI C3I7.
   */
  ih_kurt: {
    tag: 'ih_kurt',
    name: '(Excess) discretised intensity kurtosis',
    compute: (m) => statisticsTable.stat_kurt.compute(m.distribution),
  },
  /**
   * 50th percentile of G.
   *
   * The middle level.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI WIFQ.
   */
  ih_median: {
    tag: 'ih_median',
    name: 'Median discretised intensity',
    compute: (m) => m.distribution.percentile(50),
  },
  /**
   * min G.
   *
   * The lowest level.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 1PR8.
   */
  ih_min: {
    tag: 'ih_min',
    name: 'Minimum discretised intensity',
    compute: (m) => m.distribution.minimum,
  },
  /**
   * 10th percentile of G.
   *
   * A lowest level that a few outliers do not move.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI GPMT.
   */
  ih_p10: {
    tag: 'ih_p10',
    name: '10th discretised intensity percentile',
    compute: (m) => m.distribution.percentile(10),
  },
  /**
   * 90th percentile of G.
   *
   * A highest level that a few outliers do not move.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI OZ0C.
   */
  ih_p90: {
    tag: 'ih_p90',
    name: '90th discretised intensity percentile',
    compute: (m) => m.distribution.percentile(90),
  },
  /**
   * max G.
   *
   * The highest level.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 3NCY.
   */
  ih_max: {
    tag: 'ih_max',
    name: 'Maximum discretised intensity',
    compute: (m) => m.distribution.maximum,
  },
  /**
   * The level with the largest n_i; of several the one nearest to the mean, then the lowest.
   *
   * The most frequent level.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI AMMC.
   */
  ih_mode: { tag: 'ih_mode', name: 'Intensity histogram mode', compute: (m) => m.mode },
  /**
   * 75th less 25th percentile of G.
   *
   * Spread of the middle half of the levels.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI WR0O.
   */
  ih_iqr: {
    tag: 'ih_iqr',
    name: 'Discretised intensity interquartile range',
    compute: (m) => statisticsTable.stat_iqr.compute(m.distribution),
  },
  /**
   * max G − min G.
   *
   * Spread of all levels.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 5Z3W.
   */
  ih_range: {
    tag: 'ih_range',
    name: 'Discretised intensity range',
    compute: (m) => m.distribution.maximum - m.distribution.minimum,
  },
  /**
   * Mean of |G − mean|.
   *
   * Spread of the levels about their mean.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI D2ZX.
   */
  ih_mad: {
    tag: 'ih_mad',
    name: 'Intensity histogram mean absolute deviation',
    compute: (m) => m.distribution.meanAbsoluteDeviation(),
  },
  /**
   * Mean absolute deviation of the levels from the 10th to the 90th percentile.
   *
   * Spread of the middle 80 % of the levels.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI WRZB.
   */
  ih_rmad: {
    tag: 'ih_rmad',
    name: 'Intensity histogram robust mean absolute deviation',
    compute: (m) => statisticsTable.stat_rmad.compute(m.distribution),
  },
  /**
   * Mean of |G − median|.
   *
   * Spread of the levels about their median.
   * Degenerate: 0 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 4RNL.
   */
  ih_medad: {
    tag: 'ih_medad',
    name: 'Intensity histogram median absolute deviation',
    compute: (m) => statisticsTable.stat_medad.compute(m.distribution),
  },
  /**
   * Standard deviation of G over its mean.
   *
   * Spread of the levels in proportion to their mean.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI CWYJ.
   */
  ih_cov: {
    tag: 'ih_cov',
    name: 'Intensity histogram coefficient of variation',
    compute: (m) => statisticsTable.stat_cov.compute(m.distribution),
  },
  /**
   * (P₇₅ − P₂₅)/(P₇₅ + P₂₅) of G.
   *
   * Spread of the middle half of the levels in proportion to them.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI SLWD.
   */
  ih_qcod: {
    tag: 'ih_qcod',
    name: 'Intensity histogram quartile coefficient of dispersion',
    compute: (m) => statisticsTable.stat_qcod.compute(m.distribution),
  },
  /**
   * −Σ p_i·log₂ p_i.
   *
   * Information in the levels: how evenly and over how many they are spread.
   * Degenerate: 0 in a flat region.
   * Unit: bits.
   * Source: IBSI TLU2.
   */
  ih_entropy: {
    tag: 'ih_entropy',
    name: 'Discretised intensity entropy',
    compute: ({ distribution: { counts, count } }) => {
      let sum = 0;
      for (const n of counts) sum += n * Math.log2(count / n);
      return sum / count;
    },
  },
  /**
   * Σ p_i².
   *
   * High where few levels prevail.
   * Degenerate: 1 in a flat region.
   * Unit: none.
   * Source: IBSI BJ5W.
   */
  ih_uniformity: {
    tag: 'ih_uniformity',
    name: 'Discretised intensity uniformity',
    compute: ({ distribution: { counts, count } }) => {
      let squares = 0;
      for (const n of counts) squares += n * n;
      return squares / count ** 2;
    },
  },
  /**
   * The largest gradient of n_i over the levels: (n_{i+1} − n_{i−1})/2, at the ends the difference to
   * the only neighbour.
   *
   * The steepest rise of the histogram.
   * Degenerate: 0 where Ng is 1.
   * Unit: voxels per level.
   * Source: IBSI 12CE.
   */
  ih_max_grad: {
    tag: 'ih_max_grad',
    name: 'Maximum histogram gradient',
    compute: (m) => m.steepestRise.gradient,
  },
  /**
   * The lowest level with the largest gradient.
   *
   * Where the histogram rises most.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI 8E6O.
   */
  ih_max_grad_g: {
    tag: 'ih_max_grad_g',
    name: 'Maximum histogram gradient intensity',
    compute: (m) => m.steepestRise.level,
  },
  /**
   * The smallest gradient of n_i over the levels.
   *
   * The steepest fall of the histogram.
   * Degenerate: 0 where Ng is 1.
   * Unit: voxels per level.
   * Source: IBSI VQB3.
   */
  ih_min_grad: {
    tag: 'ih_min_grad',
    name: 'Minimum histogram gradient',
    compute: (m) => m.steepestFall.gradient,
  },
  /**
   * The lowest level with the smallest gradient.
   *
   * Where the histogram falls most.
   * Degenerate: 1 in a flat region.
   * Unit: gray levels.
   * Source: IBSI RHQZ.
   */
  ih_min_grad_g: {
    tag: 'ih_min_grad_g',
    name: 'Minimum histogram gradient intensity',
    compute: (m) => m.steepestFall.level,
  },
} as const satisfies IbsiTable<HistogramMeasures>;

/** Tags of the intensity histogram features. */
export type HistogramTag = keyof typeof histogramTable;
