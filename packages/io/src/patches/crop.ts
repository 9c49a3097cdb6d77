import {
  type Box,
  cropVolume,
  describeGrid,
  gridOf,
  InvalidArgumentError,
  type TypedArray,
  type Vector3,
  type Volume,
  worldToIndex,
} from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { likeData, patchOf } from './patch.js';

/** How {@link roiBox} sizes a box. */
export interface RoiBoxOptions {
  /** Voxels along x, y, z. Default 16 × 16 × 1, the square of the paper. */
  sizeVoxels?: readonly [number, number, number] | undefined;
}

/**
 * The box of voxels around a point: the one whose centre is nearest. An even number of voxels puts the
 * centre between the middle two, an odd number onto the middle one; halfway the higher index is taken.
 *
 * @param centreLps LPS mm
 * @throws InvalidArgumentError when the box leaves the volume
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { roiBox } from '@steatosis/io';
 *
 * const image = createVolume(new Float32Array(64 * 64), [64, 64, 1], { spacing: [1.25, 1.25, 3] });
 * console.log(roiBox([40, 40, 0], image)); // { start: [ 25, 25, 0 ], size: [ 16, 16, 1 ] }
 * ```
 */
export function roiBox(
  centreLps: readonly number[],
  reference: Volume,
  options: RoiBoxOptions = {},
): Box {
  const { sizeVoxels = [16, 16, 1] } = checkedOptions('roiBox', options, ['sizeVoxels']);
  if (centreLps.length !== 3 || !centreLps.every(Number.isFinite)) {
    throw new InvalidArgumentError('centreLps', centreLps, 'three finite numbers (LPS mm)');
  }
  if (sizeVoxels.length !== 3 || sizeVoxels.some((n) => !Number.isInteger(n) || n < 1)) {
    throw new InvalidArgumentError('sizeVoxels', sizeVoxels, 'three whole numbers ≥ 1');
  }
  const grid = gridOf(reference);
  const centre = worldToIndex(grid, centreLps);
  const start = centre.map((v, axis) => {
    // Rounding first keeps a centre that sits exactly between two voxels there.
    const first = Number((v - (sizeVoxels[axis] - 1) / 2).toFixed(6));
    return Math.floor(first + 0.5) + 0;
  }) as Vector3;
  const fits = start.every((v, axis) => v >= 0 && v + sizeVoxels[axis] <= grid.size[axis]);
  if (!fits) {
    throw new InvalidArgumentError(
      'centreLps',
      centreLps,
      `a point whose box of ${sizeVoxels.join('×')} voxels lies inside the volume (${describeGrid(grid)}); the box would start at voxel (${start.join(', ')})`,
    );
  }
  return { start, size: [...sizeVoxels] };
}

/**
 * The voxels of a flat box as a patch: rows run along y, columns along x, echoes or components are
 * channels. A dense copy of the same element type.
 *
 * @returns `[height, width]`, or `[channels, height, width]` for a volume with a fourth axis
 * @throws InvalidArgumentError when the box has more than one slice or leaves the volume
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { cropPatch } from '@steatosis/io';
 *
 * const volume = createVolume(Float32Array.from({ length: 12 }, (_, i) => i), [4, 3, 1]);
 * const patch = cropPatch(volume, { start: [1, 0, 0], size: [2, 3, 1] });
 * console.log(patch.shape, patch.get(2, 1)); // [ 3, 2 ] 10
 * ```
 */
export function cropPatch<T extends TypedArray>(volume: Volume<T>, box: Box): NdArray<T> {
  if (box.size[2] !== 1) {
    throw new InvalidArgumentError('box', box, 'a box of one slice (size[2] = 1)');
  }
  const { data } = cropVolume(volume, box);
  const [width, height, , channels] = data.shape;
  const [sx, sy, , sc = 0] = data.stride;
  const count = channels ?? 1;
  const out = likeData(data.data, count * height * width);
  for (let c = 0, to = 0; c < count; c++) {
    for (let y = 0; y < height; y++) {
      let from = data.offset + c * sc + y * sy;
      for (let x = 0; x < width; x++, from += sx) out[to++] = data.data[from];
    }
  }
  return patchOf({ data: out, channels: channels ?? 0, height, width });
}
