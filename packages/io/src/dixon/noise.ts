import { chiSquareMedian } from './chi-square.js';

/**
 * SD of the noise in the real and imaginary part of an echo, from the residual sums of squares of all
 * voxels: their median over the median of χ² with the degrees of freedom that the fit leaves. The
 * median does not mind voxels that the model does not describe (vessels, motion).
 *
 * @param residualSquares residual sum of squares of each voxel; 0 voxels give NaN
 * @param degrees real samples less real unknowns; 0 leaves no residual and gives NaN
 */
export function noiseSd(residualSquares: Float32Array, degrees: number): number {
  if (residualSquares.length === 0 || degrees < 1) return Number.NaN;
  const middle = (residualSquares.length - 1) / 2;
  const below = kthSmallest(residualSquares, Math.floor(middle));
  const above = kthSmallest(residualSquares, Math.ceil(middle));
  const median = 0.5 * (below + above);
  return Math.sqrt(median / chiSquareMedian(degrees));
}

/**
 * The value that has `k` values before it in ascending order, without sorting: the bits of numbers ≥ 0, read
 * as integers, have the order of the numbers. NaN comes last.
 */
function kthSmallest(values: Float32Array, k: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(1 << 16);
  for (let i = 0; i < bits.length; i++) counts[bits[i] >>> 16]++;
  const high = placeOf(counts, k);
  counts.fill(0);
  for (let i = 0; i < bits.length; i++)
    if (bits[i] >>> 16 === high.place) counts[bits[i] & 0xffff]++;
  const low = placeOf(counts, k - high.before);
  return new Float32Array(Uint32Array.of(high.place * 65536 + low.place).buffer)[0];
}

/** The place at which the running total of the counts passes `k`, and the total before it. */
function placeOf(counts: Uint32Array, k: number): { place: number; before: number } {
  let before = 0;
  let place = 0;
  while (before + counts[place] <= k) before += counts[place++];
  return { place, before };
}
