import { type Volume, volumeLike } from '@steatosis/core';
import { sharedWorkspace } from '../kernels/workspace.js';
import { cutRegion } from '../roi/region.js';
import { resolveSettings } from '../settings/resolve-settings.js';
import type { Settings } from '../settings/settings.js';
import { levelGrid } from './gray-levels.js';

/** Options of {@link discretise}; see {@link Settings} for each. */
export type DiscretiseOptions = Pick<Settings, 'label' | 'binWidth' | 'binCount' | 'nanPolicy'>;

/**
 * Turn the values of a region into gray levels.
 *
 * With `binWidth` the bins are as wide and start at a multiple of the width; with `binCount` they divide
 * the range of the region. Level 1 is the lowest bin.
 *
 * @param image values, three dimensions
 * @param mask integers on the same grid
 * @returns gray levels ≥ 1 inside the region, 0 outside, on the grid of the image; 16 bits each, or 32 where
 * a level is above 65,535
 * @throws what {@link extractFeatures} throws for image, mask and settings
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { discretise } from '@steatosis/radiomics';
 *
 * const image = createVolume(Float32Array.of(-3, 0, 4.9, 5), [2, 2, 1]);
 * const mask = createVolume(Uint8Array.of(1, 1, 1, 1), [2, 2, 1]);
 * console.log([...discretise(image, mask, { binWidth: 5 }).data.data]); // [1, 2, 2, 3]
 * ```
 */
export function discretise(
  image: Volume,
  mask: Volume,
  options: DiscretiseOptions = {},
): Volume<Uint16Array | Uint32Array> {
  const settings = resolveSettings(options);
  const workspace = sharedWorkspace();
  const region = cutRegion(
    image,
    mask,
    {
      label: settings.label,
      reach: 1,
      minimumDimensions: 1,
      minimumSize: 0,
      allowNaN: settings.nanPolicy === 'pyradiomics',
    },
    workspace,
  );
  const rule = { binWidth: settings.binWidth, binCount: settings.binCount ?? undefined };
  const { levels, highest } = levelGrid(region, rule, workspace);
  const [nx = 1, ny = 1, nz = 1] = image.data.shape;
  const voxels = nx * ny * nz;
  const target = highest <= 0xffff ? new Uint16Array(voxels) : new Uint32Array(voxels);
  const { start, size, pad, rowStep, sliceStep } = region;
  for (let z = 0; z < size[2]; z++) {
    for (let y = 0; y < size[1]; y++) {
      const from = pad + (y + pad) * rowStep + (z + pad) * sliceStep;
      const to = start[0] + (start[1] + y) * nx + (start[2] + z) * nx * ny;
      target.set(levels.subarray(from, from + size[0]), to);
    }
  }
  return volumeLike(image, target);
}
