import type { Workspace } from '../kernels/workspace.js';
import type { Region } from '../roi/region.js';
import type { ValueTally } from '../roi/region-values.js';
import { ValueSample } from './value-sample.js';

/** What first-order features ask of the values of a region that are numbers. */
export interface ValueStatistics {
  readonly minimum: number;
  readonly maximum: number;
  /** Values that are a number. */
  readonly count: number;
  readonly mean: number;
  /** Mean of (value − mean)^power. */
  moment(power: 2 | 3 | 4): number;
  /** Σ (value + shift)². */
  energy(shift: number): number;
  /** The value below which a share of the values lies, interpolated linearly between ranks. */
  percentile(percent: number): number;
  /** Mean of |value − mean| over the values from `low` to `high`, with the mean of those values. */
  meanAbsoluteDeviation(low?: number, high?: number): number;
}

/**
 * The values of a region as distinct values, ascending, with their counts. Means, moments and
 * percentiles follow from it without another look at the voxels.
 */
export class ValueDistribution implements ValueStatistics {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly count: number;
  readonly mean: number;

  constructor(values: Float64Array, counts: Float64Array) {
    this.values = values;
    this.counts = counts;
    let count = 0;
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      count += counts[k];
      sum += counts[k] * values[k];
    }
    this.count = count;
    // The rounding of a sum would give a flat region a skewness of ±1.
    this.mean = values[0] === values.at(-1) ? values[0] : sum / count;
  }

  get minimum(): number {
    return this.values[0];
  }

  get maximum(): number {
    return this.values.at(-1)!;
  }

  moment(power: 2 | 3 | 4): number {
    const { values, counts, mean } = this;
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      const d = values[k] - mean;
      sum += counts[k] * (power === 2 ? d * d : power === 3 ? d * d * d : d * d * d * d);
    }
    return sum / this.count;
  }

  energy(shift: number): number {
    const { values, counts } = this;
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += counts[k] * (values[k] + shift) ** 2;
    return sum;
  }

  percentile(percent: number): number {
    const rank = (percent / 100) * (this.count - 1);
    const below = Math.floor(rank);
    const fraction = rank - below;
    const lower = this.#atRank(below);
    return fraction === 0 ? lower : lower + fraction * (this.#atRank(below + 1) - lower);
  }

  meanAbsoluteDeviation(low = -Infinity, high = Infinity): number {
    const { values, counts } = this;
    const all = low <= this.minimum && high >= this.maximum;
    let count = 0;
    let sum = 0;
    for (let k = 0; k < values.length; k++) {
      if (values[k] < low || values[k] > high) continue;
      count += counts[k];
      sum += counts[k] * values[k];
    }
    const mean = all ? this.mean : sum / count;
    let deviations = 0;
    for (let k = 0; k < values.length; k++) {
      if (values[k] < low || values[k] > high) continue;
      deviations += counts[k] * Math.abs(values[k] - mean);
    }
    return deviations / count;
  }

  #atRank(rank: number): number {
    let seen = 0;
    for (let k = 0; k < this.counts.length; k++) {
      seen += this.counts[k];
      if (rank < seen) return this.values[k];
    }
    return this.maximum;
  }
}

/** The statistics of a region's values, by the way that costs less; NaN does not count. */
export function valueStatistics(region: Region): ValueStatistics {
  if (region.tally !== undefined) return fromTally(region.tally);
  const { values, nanCount, minimum, maximum } = region;
  const numbers = nanCount > 0 ? values.filter((value) => !Number.isNaN(value)) : values;
  return new ValueSample(numbers, minimum, maximum);
}

/** The distribution of a region's values; NaN does not count. */
export function valueDistribution(region: Region, workspace: Workspace): ValueDistribution {
  return region.tally === undefined ? bySorting(region, workspace) : fromTally(region.tally);
}

function fromTally({ first, counts: tally }: ValueTally): ValueDistribution {
  let distinct = 0;
  for (let k = 0; k < tally.length; k++) if (tally[k] > 0) distinct++;
  const values = new Float64Array(distinct);
  const counts = new Float64Array(distinct);
  let to = 0;
  for (let k = 0; k < tally.length; k++) {
    if (tally[k] === 0) continue;
    values[to] = first + k;
    counts[to++] = tally[k];
  }
  return new ValueDistribution(values, counts);
}

function bySorting(region: Region, workspace: Workspace): ValueDistribution {
  const sorted = workspace.float64Unset('sortedValues', region.count);
  sorted.set(region.values);
  sorted.sort();
  // NaN sorts last.
  const count = region.count - region.nanCount;
  const values = new Float64Array(count);
  const counts = new Float64Array(count);
  let distinct = 0;
  for (let k = 0; k < count; k++) {
    if (k === 0 || sorted[k] !== sorted[k - 1]) values[distinct++] = sorted[k];
    counts[distinct - 1]++;
  }
  return new ValueDistribution(values.subarray(0, distinct), counts.subarray(0, distinct));
}
