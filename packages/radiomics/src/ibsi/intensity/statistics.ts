import type { ValueDistribution } from '../../features/value-distribution.js';
import type { IbsiTable } from '../ibsi-feature.js';
import {
  meanDeviationFromMedian,
  quartileDispersion,
  standardised,
} from './distribution-measures.js';

/**
 * The intensity-based statistics of the N gray values X of the intensity mask, as they are (IBSI 1,
 * family UHIW). All are in the unit of the image unless said otherwise.
 */
export const statisticsTable = {
  /**
   * μ = Σ X/N.
   *
   * The average value.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI Q4LE.
   */
  stat_mean: { tag: 'stat_mean', name: 'Mean intensity', compute: (d) => d.mean },
  /**
   * σ² = Σ (X − μ)²/N.
   *
   * Spread about the mean, squared.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image, squared.
   * Source: IBSI ECT3.
   */
  stat_var: { tag: 'stat_var', name: 'Intensity variance', compute: (d) => d.moment(2) },
  /**
   * Σ (X − μ)³/(N·σ³).
   *
   * Asymmetry: positive for a long tail of high values. Positive for a long tail of high values.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI KE2A.
   */
  stat_skew: { tag: 'stat_skew', name: 'Intensity skewness', compute: (d) => standardised(d, 3) },
  /**
   * Σ (X − μ)⁴/(N·σ⁴) − 3.
   *
   * Weight of the tails. Excess kurtosis: 0 for a normal distribution. PyRadiomics does not subtract the
   * 3.
   * Degenerate: 0 in a flat region.
   * Unit: none.
   * Source: IBSI IPH6.
   */
  stat_kurt: {
    tag: 'stat_kurt',
    name: '(Excess) intensity kurtosis',
    compute: (d) => (d.moment(2) === 0 ? 0 : standardised(d, 4) - 3),
  },
  /**
   * P₅₀, the 50th percentile, interpolated linearly between ranks like all percentiles here.
   *
   * The middle value; outliers do not move it.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI Y12H.
   */
  stat_median: { tag: 'stat_median', name: 'Median intensity', compute: (d) => d.percentile(50) },
  /**
   * min X.
   *
   * The lowest value.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 1GSF.
   */
  stat_min: { tag: 'stat_min', name: 'Minimum intensity', compute: (d) => d.minimum },
  /**
   * P₁₀.
   *
   * A minimum that a few outliers do not move.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI QG58.
   */
  stat_p10: {
    tag: 'stat_p10',
    name: '10th intensity percentile',
    compute: (d) => d.percentile(10),
  },
  /**
   * P₉₀.
   *
   * A maximum that a few outliers do not move.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 8DWT.
   */
  stat_p90: {
    tag: 'stat_p90',
    name: '90th intensity percentile',
    compute: (d) => d.percentile(90),
  },
  /**
   * max X.
   *
   * The highest value.
   * Degenerate: the value itself in a flat region.
   * Unit: that of the image.
   * Source: IBSI 84IY.
   */
  stat_max: { tag: 'stat_max', name: 'Maximum intensity', compute: (d) => d.maximum },
  /**
   * P₇₅ − P₂₅.
   *
   * Spread of the middle half; outliers do not move it.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI SALO.
   */
  stat_iqr: {
    tag: 'stat_iqr',
    name: 'Intensity interquartile range',
    compute: (d) => d.percentile(75) - d.percentile(25),
  },
  /**
   * max X − min X.
   *
   * Spread of all values, set by the two outermost.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI 2OJQ.
   */
  stat_range: {
    tag: 'stat_range',
    name: 'Intensity range',
    compute: (d) => d.maximum - d.minimum,
  },
  /**
   * Mean of |X − μ|.
   *
   * Spread about the mean; outliers weigh less than in the variance.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI 4FUA.
   */
  stat_mad: {
    tag: 'stat_mad',
    name: 'Intensity-based mean absolute deviation',
    compute: (d) => d.meanAbsoluteDeviation(),
  },
  /**
   * Mean absolute deviation of the values from P₁₀ to P₉₀ from their own mean.
   *
   * Spread of the middle 80 %.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI 1128.
   */
  stat_rmad: {
    tag: 'stat_rmad',
    name: 'Intensity-based robust mean absolute deviation',
    compute: (d) => d.meanAbsoluteDeviation(d.percentile(10), d.percentile(90)),
  },
  /**
   * Mean of |X − P₅₀|.
   *
   * Spread about the median. Despite its name a mean, not a median, of the deviations.
   * Degenerate: 0 in a flat region.
   * Unit: that of the image.
   * Source: IBSI N72L.
   */
  stat_medad: {
    tag: 'stat_medad',
    name: 'Intensity-based median absolute deviation',
    compute: meanDeviationFromMedian,
  },
  /**
   * σ/μ.
   *
   * Spread in proportion to the mean.
   * Degenerate: infinite, or NaN in a flat region, where the mean is 0.
   * Unit: none.
   * Source: IBSI 7TET.
   */
  stat_cov: {
    tag: 'stat_cov',
    name: 'Intensity-based coefficient of variation',
    compute: (d) => Math.sqrt(d.moment(2)) / d.mean,
  },
  /**
   * (P₇₅ − P₂₅)/(P₇₅ + P₂₅).
   *
   * Spread of the middle half in proportion to its values; outliers do not move it.
   * Degenerate: infinite, or NaN where both quartiles are 0, where the quartiles add up to 0.
   * Unit: none.
   * Source: IBSI 9S40.
   */
  stat_qcod: {
    tag: 'stat_qcod',
    name: 'Intensity-based quartile coefficient of dispersion',
    compute: quartileDispersion,
  },
  /**
   * Σ X².
   *
   * Magnitude of the values; grows with their number. Grows with the size of the region.
   * Degenerate: N·X² in a flat region.
   * Unit: that of the image, squared.
   * Source: IBSI N8CA.
   */
  stat_energy: { tag: 'stat_energy', name: 'Intensity-based energy', compute: (d) => d.energy(0) },
  /**
   * √(Σ X²/N).
   *
   * Magnitude of the values, whatever their number.
   * Degenerate: |X| in a flat region.
   * Unit: that of the image.
   * Source: IBSI 5ZWQ.
   */
  stat_rms: {
    tag: 'stat_rms',
    name: 'Root mean square intensity',
    compute: (d) => Math.sqrt(d.energy(0) / d.count),
  },
} as const satisfies IbsiTable<ValueDistribution>;
