import type { ValueDistribution } from '../../features/value-distribution.js';

/** Central moment over the power of the standard deviation; 0 where that is 0. */
export function standardised(distribution: ValueDistribution, power: 3 | 4): number {
  const variance = distribution.moment(2);
  if (variance === 0) return 0;
  // Engines round roots alike, other powers not.
  return distribution.moment(power) / (variance * (power === 3 ? Math.sqrt(variance) : variance));
}

/** Mean of |X − median|. */
export function meanDeviationFromMedian(distribution: ValueDistribution): number {
  const { values, counts, count } = distribution;
  const median = distribution.percentile(50);
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    sum += counts[k] * Math.abs(values[k] - median);
  }
  return sum / count;
}

/** (P₇₅ − P₂₅)/(P₇₅ + P₂₅). */
export function quartileDispersion(distribution: ValueDistribution): number {
  const low = distribution.percentile(25);
  const high = distribution.percentile(75);
  return (high - low) / (high + low);
}
