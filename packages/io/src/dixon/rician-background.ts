import { chiSquareQuantile } from './chi-square.js';
import { backgroundThreshold } from './mask.js';

/** Voxels of air that are looked at, at most: the quantiles are known to 0.1 % by then. */
const MOST_VOXELS = 200_000;

/** With fewer the estimate is no better than that from the residuals. */
const FEWEST_VOXELS = 100;

/** Voxels above this quantile of pure noise are taken for tissue with little signal. */
const BELOW = 0.99;

/** The ratio of the upper to the lower quartile may exceed that of pure noise by this factor. */
const SPREAD_WITHIN = 1.25;

const MOST_ROUNDS = 50;

/**
 * SD of the noise in the real and imaginary part of an echo from the air around the body, where the sum
 * of squares of all samples of a voxel is χ² distributed in units of σ². The median of the voxels below
 * the 99th percentile is matched, again and again until it no longer moves, so that dark tissue drops out.
 *
 * @param rms root mean square of each voxel over the echoes
 * @param echoes number of echoes
 * @returns `undefined` where no background is recognised or it is no plain noise (cut to 0, smoothed)
 */
export function noiseOfBackground(rms: Float32Array, echoes: number): number | undefined {
  const threshold = backgroundThreshold(rms);
  const air = rms.filter((value) => value > 0 && value <= threshold);
  const zeros = rms.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  if (air.length < FEWEST_VOXELS || zeros > air.length) return undefined;
  const every = Math.ceil(air.length / MOST_VOXELS);
  const squares = air
    .filter((_, i) => i % every === 0)
    .map((value) => value * value * echoes)
    .sort();
  const degrees = 2 * echoes;
  const quantile = (share: number): number => chiSquareQuantile(share * BELOW, degrees);
  const [lower, median, upper, end] = [quantile(0.25), quantile(0.5), quantile(0.75), quantile(1)];
  let count = squares.length;
  let variance = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    variance = squares[Math.floor(0.5 * count)] / median;
    const next = countBelow(squares, end * variance);
    if (next === count) break;
    count = next;
  }
  const spread = squares[Math.floor(0.75 * count)] / squares[Math.floor(0.25 * count)];
  const isNoise =
    count >= FEWEST_VOXELS &&
    spread < (SPREAD_WITHIN * upper) / lower &&
    spread * SPREAD_WITHIN > upper / lower;
  return isNoise ? Math.sqrt(variance) : undefined;
}

function countBelow(sorted: Float32Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
