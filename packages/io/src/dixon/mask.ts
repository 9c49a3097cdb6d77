import { denseData, type Volume } from '@steatosis/core';
import { UnusableEchoesError } from './errors.js';

/** How the voxels to separate were chosen. */
export interface MaskReport {
  /**
   * `given`: by the caller. `threshold`: root mean square magnitude over the echoes above `threshold`.
   * `no-background`: no background was recognised, so every voxel with a signal.
   */
  rule: 'given' | 'threshold' | 'no-background';
  /** Threshold in units of the echoes; only with the rule `threshold`. */
  threshold?: number;
  /** Voxels with an echo that is not finite, left out; 0 with the rule `given`, which refuses them. */
  notFinite: number;
}

/** Tissue outshines background by at least this factor (geometric means), or there is no background. */
const CONTRAST = 4;

/** Rician noise of several echoes never reaches this multiple of its median. */
const ABOVE_BACKGROUND = 2.5;

/** Magnitudes below this share of the largest one all count as the darkest. */
const DARKEST = 1e-4;

const BINS = 256;

/** Bits of a float32 after its sign, exponent and the first 5 bits of its fraction. */
const SHIFT = 18;

/** What the first bits of finite values ≥ 0 can be. Values with the same differ by less than a bin. */
const FIRST_BITS = 0xff << 5;

/**
 * The voxels to separate, as ascending grid indices.
 *
 * Without a mask of the caller, Otsu's threshold on the logarithm of the magnitude splits background
 * from tissue. If the two differ clearly, voxels above 2.5 times the background's median are tissue (or
 * above Otsu's threshold, where that is lower); otherwise the image has no background and all are.
 *
 * @throws UnusableEchoesError when no voxel is left, or the caller's mask holds voxels without finite echoes
 */
export function selectVoxels(
  magnitude: Float32Array,
  mask: Volume | undefined,
): { voxels: Int32Array; report: MaskReport } {
  return mask === undefined ? byMagnitude(magnitude) : byMask(magnitude, mask);
}

function byMask(magnitude: Float32Array, mask: Volume): { voxels: Int32Array; report: MaskReport } {
  const values = denseData(mask);
  let inside = 0;
  let notFinite = 0;
  for (let i = 0; i < magnitude.length; i++) {
    if (values[i] === 0) continue;
    inside++;
    if (!Number.isFinite(magnitude[i])) notFinite++;
  }
  if (inside === 0) {
    throw new UnusableEchoesError('The mask is empty: no voxel in it differs from 0.');
  }
  if (notFinite > 0) {
    throw new UnusableEchoesError(
      `${notFinite} of the ${inside} voxels in the mask have echoes that are NaN or infinite; ` +
        'leave them out of the mask.',
    );
  }
  const voxels = indicesWhere(magnitude, (value, i) => values[i] !== 0 && value > 0);
  if (voxels.length === 0) {
    throw new UnusableEchoesError(`The echoes are 0 in all ${inside} voxels of the mask.`);
  }
  return { voxels, report: { rule: 'given', notFinite: 0 } };
}

function byMagnitude(magnitude: Float32Array): { voxels: Int32Array; report: MaskReport } {
  let notFinite = 0;
  let signal = 0;
  for (const value of magnitude) {
    if (!Number.isFinite(value)) notFinite++;
    else if (value > 0) signal++;
  }
  if (signal === 0) {
    throw new UnusableEchoesError('The echoes hold no signal: every voxel is 0 or not finite.');
  }
  const threshold = backgroundThreshold(magnitude);
  return {
    voxels: indicesWhere(
      magnitude,
      (value) => value > threshold && value < Number.POSITIVE_INFINITY,
    ),
    report:
      threshold > 0
        ? { rule: 'threshold', threshold, notFinite }
        : { rule: 'no-background', notFinite },
  };
}

function indicesWhere(
  values: Float32Array,
  keep: (value: number, index: number) => boolean,
): Int32Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (keep(values[i], i)) count++;
  const indices = new Int32Array(count);
  for (let i = 0, n = 0; i < values.length; i++) if (keep(values[i], i)) indices[n++] = i;
  return indices;
}

/** The threshold between background and tissue, or 0 when there is no background. */
export function backgroundThreshold(magnitude: Float32Array): number {
  let largest = 0;
  for (const value of magnitude) if (value > largest && value < Infinity) largest = value;
  const low = Math.log(largest * DARKEST);
  const width = -Math.log(DARKEST) / BINS;
  const histogram = logarithmicHistogram(magnitude, low, width);
  const split = otsu(histogram);
  const background = classOf(histogram, 0, split);
  const tissue = classOf(histogram, split, BINS);
  if (background.count === 0 || tissue.count === 0) return 0;
  if ((tissue.mean - background.mean) * width < Math.log(CONTRAST)) return 0;
  const valueOf = (bin: number) => Math.exp(low + bin * width);
  return Math.min(valueOf(split), ABOVE_BACKGROUND * valueOf(background.median));
}

/** Values > 0 by bins of equal width on their logarithm; those outside count in the bin at the edge. */
function logarithmicHistogram(values: Float32Array, low: number, width: number): Float64Array {
  const histogram = new Float64Array(BINS);
  const upper = Float64Array.from({ length: BINS }, (_, b) => Math.exp(low + (b + 1) * width));
  upper[BINS - 1] = Number.POSITIVE_INFINITY;
  // The first bits of a value tell its bin up to one.
  const binOfFirst = new Uint8Array(FIRST_BITS);
  const firsts = new Uint32Array(FIRST_BITS);
  for (let i = 0; i < FIRST_BITS; i++) firsts[i] = i << SHIFT;
  const least = new Float32Array(firsts.buffer);
  for (let i = 0, bin = 0; i < FIRST_BITS; i++) {
    while (least[i] >= upper[bin]) bin++;
    binOfFirst[i] = bin;
  }
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value > 0 && value < Infinity)) continue;
    let bin = binOfFirst[bits[i] >>> SHIFT];
    if (value >= upper[bin]) bin++;
    histogram[bin]++;
  }
  return histogram;
}

/** First bin of the upper class of Otsu's threshold (IEEE Trans SMC 1979;9:62). */
function otsu(histogram: Float64Array): number {
  let total = 0;
  let moment = 0;
  for (let b = 0; b < BINS; b++) {
    total += histogram[b];
    moment += histogram[b] * b;
  }
  let below = 0;
  let belowMoment = 0;
  let best = -1;
  let split = 0;
  for (let b = 0; b < BINS - 1; b++) {
    below += histogram[b];
    belowMoment += histogram[b] * b;
    if (below === 0 || below === total) continue;
    const difference = belowMoment / below - (moment - belowMoment) / (total - below);
    const between = below * (total - below) * difference * difference;
    if (between > best) {
      best = between;
      split = b + 1;
    }
  }
  return split;
}

/** Number, mean bin and median bin of the bins `from` … `to − 1`. */
function classOf(
  histogram: Float64Array,
  from: number,
  to: number,
): { count: number; mean: number; median: number } {
  let count = 0;
  let moment = 0;
  for (let b = from; b < to; b++) {
    count += histogram[b];
    moment += histogram[b] * b;
  }
  let median = from;
  for (let seen = histogram[from]; seen < count / 2 && median < to - 1;)
    seen += histogram[++median];
  return { count, mean: moment / count, median: median + 0.5 };
}
