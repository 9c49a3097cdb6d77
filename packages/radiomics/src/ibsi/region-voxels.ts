import type { Volume } from '@steatosis/core';
import type { Workspace } from '../kernels/workspace.js';
import { cutRegion, type Region } from '../roi/region.js';

/** The voxels of an intensity mask (1 inside) with their gray values. */
export function cutIntensityRegion(image: Volume, mask: Volume, workspace: Workspace): Region {
  const options = { label: 1, reach: 1, minimumDimensions: 1, minimumSize: 0, allowNaN: false };
  return cutRegion(image, mask, options, workspace);
}

/** Call `visit` for each voxel of a region, x fastest, with its place in the box and its value. */
export function forEachVoxel(
  region: Region,
  visit: (x: number, y: number, z: number, value: number) => void,
): void {
  const { runs, pad, rowStep, sliceStep, values } = region;
  let v = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    const first = runs[r] - z * sliceStep - y * rowStep - pad;
    for (let x = first; x < first + runs[r + 1] - runs[r]; x++) {
      visit(x, y - pad, z - pad, values[v++]);
    }
  }
}
