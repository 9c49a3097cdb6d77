import { gridOf, type Vector3, type Volume, volumeLike } from '@steatosis/core';
import { RegionTooSmallError } from '../../errors.js';
import type { Region } from '../../roi/region.js';
import type { ResolvedIbsiSettings } from '../settings.js';

/**
 * The intensity mask: the voxels of the morphological mask whose values lie in the range and are no
 * outliers. Both criteria look at all voxels of the morphological mask.
 *
 * @param region the morphological mask
 * @returns 1 inside, 0 outside; undefined where all voxels stay
 * @throws RegionTooSmallError when fewer than two voxels stay
 */
export function intensityMask(
  image: Volume,
  region: Region,
  settings: Pick<ResolvedIbsiSettings, 'resegmentRange' | 'outlierSd'>,
): Volume<Uint8Array> | undefined {
  const [low, high] = limits(region, settings);
  if (low <= region.minimum && high >= region.maximum) return undefined;
  const [nx, ny, nz] = gridOf(image).size;
  const mask = new Uint8Array(nx * ny * nz);
  const kept = fillMask(mask, [nx, ny, nz], region, low, high);
  if (kept < 2) {
    throw new RegionTooSmallError(
      kept,
      0,
      `at least two of the ${region.count} voxels of the mask between ${low} and ${high}, which ` +
        `resegmentRange and outlierSd leave`,
    );
  }
  return volumeLike(image, mask);
}

function limits(
  region: Region,
  { resegmentRange, outlierSd }: Pick<ResolvedIbsiSettings, 'resegmentRange' | 'outlierSd'>,
): [number, number] {
  const [low, high] = resegmentRange;
  if (outlierSd === Infinity) return [low, high];
  let sum = 0;
  for (const value of region.values) sum += value;
  const mean = sum / region.count;
  let squares = 0;
  for (const value of region.values) squares += (value - mean) ** 2;
  const reach = outlierSd * Math.sqrt(squares / region.count);
  return [Math.max(low, mean - reach), Math.min(high, mean + reach)];
}

function fillMask(
  mask: Uint8Array,
  [nx, ny]: Vector3,
  region: Region,
  low: number,
  high: number,
): number {
  const { runs, start, pad, rowStep, sliceStep, values } = region;
  let k = 0;
  let kept = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    const x = runs[r] - z * sliceStep - y * rowStep;
    let to = start[0] + x - pad + nx * (start[1] + y - pad + ny * (start[2] + z - pad));
    for (let p = runs[r]; p < runs[r + 1]; p++, to++) {
      const value = values[k++];
      if (value < low || value > high) continue;
      mask[to] = 1;
      kept++;
    }
  }
  return kept;
}
