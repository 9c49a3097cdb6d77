import {
  denseData,
  InvalidArgumentError,
  sameGridOrThrow,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { RegionTooSmallError } from '../errors.js';
import { expectThreeAxes } from './check-volumes.js';
import { numpyMoments } from './numpy-moments.js';
import { findLabelBox } from '../roi/find-box.js';

export interface ResegmentOptions {
  /** Value of the region's voxels in the mask. Default 1. */
  label?: number | undefined;
  /** Bounds of the values that stay, `[lower, upper]` in any order, or `[lower]`; both are included. */
  range: readonly number[];
  /**
   * What the range counts in: image units (`'absolute'`), shares of the region's maximum (`'relative'`),
   * or standard deviations (n, not n − 1) from the region's mean (`'sigma'`). Default `'absolute'`.
   */
  mode?: 'absolute' | 'relative' | 'sigma' | undefined;
}

/**
 * Keep of a region the voxels whose image values lie in a range: PyRadiomics' resegmentation.
 *
 * NaN lies in no range.
 *
 * @returns a new mask with the label at the voxels that stay and 0 elsewhere, other labels included
 * @throws GridMismatchError when image and mask lie on different grids
 * @throws EmptyMaskError, LabelAbsentError when there is no region
 * @throws RegionTooSmallError when fewer than two voxels stay
 * @throws InvalidArgumentError for impossible options, and for another mode than `'absolute'` where the
 * image is not finite in the region
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { resegmentMask } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(10, 60, 80, 300), [4, 1, 1]);
 * const mask = createVolume(Uint8Array.of(1, 1, 1, 1), [4, 1, 1]);
 * console.log([...resegmentMask(image, mask, { range: [50, 100] }).data.data]); // [ 0, 1, 1, 0 ]
 * ```
 */
export function resegmentMask(image: Volume, mask: Volume, options: ResegmentOptions): Volume {
  const { label = 1, range, mode = 'absolute' } = options;
  if (!(range.length === 1 || range.length === 2) || range.some((v) => Number.isNaN(v))) {
    throw new InvalidArgumentError('range', range, '[lower, upper] or [lower]');
  }
  if (mode !== 'absolute' && mode !== 'relative' && mode !== 'sigma') {
    throw new InvalidArgumentError('mode', mode, "'absolute', 'relative' or 'sigma'");
  }
  expectThreeAxes(image, 'image');
  expectThreeAxes(mask, 'mask');
  sameGridOrThrow(image, mask);
  findLabelBox(mask.data, label);
  const values = denseData(image);
  const labels = denseData(mask);
  const [scale, shift] = unitOf(mode, values, labels, label);
  const bounds = range.map((t) => shift + scale * t).sort((a, b) => a - b);
  // numpy compares float32 values with bounds of their own precision.
  if (values instanceof Float32Array)
    bounds.forEach((bound, i) => (bounds[i] = Math.fround(bound)));
  const [lower, upper = Infinity] = bounds;
  const result = labels.slice().fill(0);
  let kept = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label || !(values[i] >= lower && values[i] <= upper)) continue;
    result[i] = label;
    kept++;
  }
  if (kept <= 1) {
    const expected = `more than one voxel in the range from ${lower} to ${upper} (resegmentRange)`;
    throw new RegionTooSmallError(kept, 0, expected);
  }
  return volumeLike(mask, result);
}

/** What one unit of the range is in the image, and where its 0 lies. */
function unitOf(
  mode: 'absolute' | 'relative' | 'sigma',
  values: TypedArray,
  labels: TypedArray,
  label: number,
): [scale: number, shift: number] {
  if (mode === 'absolute') return [1, 0];
  const inside = regionValues(values, labels, label);
  let maximum = -Infinity;
  let nonFinite = 0;
  for (const value of inside) {
    if (value > maximum) maximum = value;
    if (!Number.isFinite(value)) nonFinite++;
  }
  if (nonFinite > 0) {
    throw new InvalidArgumentError(
      'mode',
      mode,
      `'absolute': the image is NaN or infinite at ${nonFinite} voxels of the region, which has no ` +
        `${mode === 'relative' ? 'maximum' : 'mean'} then`,
    );
  }
  if (mode === 'relative') return [maximum, 0];
  const { mean, deviation } = numpyMoments(inside);
  return [deviation, mean];
}

/** The values of the region: `Float32Array` of such an image, else `Float64Array`. */
function regionValues(
  values: TypedArray,
  labels: TypedArray,
  label: number,
): Float32Array | Float64Array {
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) count++;
  const inside = values instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0, to = 0; i < labels.length; i++) if (labels[i] === label) inside[to++] = values[i];
  return inside;
}
