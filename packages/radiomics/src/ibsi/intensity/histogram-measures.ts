import { ValueDistribution } from '../../features/value-distribution.js';

/** The histogram of discretised gray levels 1 … Ng, boiled down to what its features need. */
export interface HistogramMeasures {
  /** The levels that occur, with their counts. */
  readonly distribution: ValueDistribution;
  /** The level with the largest count; of several the one nearest to the mean, then the lowest. */
  readonly mode: number;
  readonly steepestRise: HistogramSlope;
  readonly steepestFall: HistogramSlope;
}

/** A gradient of the histogram, in voxels per level, and the level where it is. */
interface HistogramSlope {
  gradient: number;
  level: number;
}

/**
 * Measure a histogram.
 *
 * @param levels gray levels that occur, ascending, ≥ 1
 * @param counts voxels of each, > 0
 * @param highest Ng, the highest level that could occur
 */
export function measureHistogram(
  levels: Float64Array,
  counts: Float64Array,
  highest: number,
): HistogramMeasures {
  const distribution = new ValueDistribution(levels, counts);
  const mode = modeOf(levels, counts, distribution.mean);
  return { distribution, mode, ...slopesOf(levels, counts, highest) };
}

function modeOf(levels: Float64Array, counts: Float64Array, mean: number): number {
  let best = 0;
  for (let k = 1; k < levels.length; k++) {
    const nearer = Math.abs(levels[k] - mean) < Math.abs(levels[best] - mean);
    if (counts[k] > counts[best] || (counts[k] === counts[best] && nearer)) best = k;
  }
  return levels[best];
}

/**
 * The largest and the smallest gradient: half the difference of the neighbours' counts, and at either end
 * the difference to the only neighbour. Levels that do not occur count 0; the first extreme wins.
 */
function slopesOf(
  levels: Float64Array,
  counts: Float64Array,
  highest: number,
): Pick<HistogramMeasures, 'steepestRise' | 'steepestFall'> {
  const histogram = new Float64Array(highest + 1);
  for (let k = 0; k < levels.length; k++) histogram[levels[k]] = counts[k];
  const steepestRise: HistogramSlope = { gradient: -Infinity, level: 1 };
  const steepestFall: HistogramSlope = { gradient: Infinity, level: 1 };
  for (let level = 1; level <= highest; level++) {
    const before = Math.max(1, level - 1);
    const after = Math.min(highest, level + 1);
    const difference = histogram[after] - histogram[before];
    const gradient = difference === 0 ? 0 : difference / (after - before);
    if (gradient > steepestRise.gradient) Object.assign(steepestRise, { level, gradient });
    if (gradient < steepestFall.gradient) Object.assign(steepestFall, { level, gradient });
  }
  return { steepestRise, steepestFall };
}
