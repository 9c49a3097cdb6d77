import type { Region } from '../../roi/region.js';

/** More steps than any box has. */
const FAR = 2 ** 30;

/** Where the voxels of a region lie in the image and in their padded box. */
type Place = Pick<Region, 'start' | 'size' | 'pad' | 'rowStep' | 'sliceStep' | 'paddedLength'>;

/**
 * Steps from each voxel of a region to the nearest voxel outside, through faces: 1 at the edge. What lies
 * beyond the image is outside. Along an axis on which the region has one voxel only no step is taken; where
 * that holds for all, the distance is 1.
 *
 * @param within the padded box that the result lies on, inside that of the region
 * @param forbiddenAxis an axis along which no step is taken either
 */
export function edgeDistances(
  region: Place & Pick<Region, 'runs'>,
  within: Place,
  forbiddenAxis?: number,
): Int32Array {
  const distances = distancesInBox(region, forbiddenAxis);
  const shift = within.start.map((from, axis) => from - region.start[axis] + region.pad);
  const result = new Int32Array(within.paddedLength);
  const [nx, ny, nz] = within.size;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const from = shift[0] + (shift[1] + y) * region.rowStep + (shift[2] + z) * region.sliceStep;
      const to =
        within.pad + (within.pad + y) * within.rowStep + (within.pad + z) * within.sliceStep;
      result.set(distances.subarray(from, from + nx), to);
    }
  }
  return result;
}

/** City-block distances need one sweep forwards and one backwards. */
function distancesInBox(
  { runs, size, rowStep, sliceStep, paddedLength }: Place & Pick<Region, 'runs'>,
  forbiddenAxis: number | undefined,
): Int32Array {
  const distances = new Int32Array(paddedLength);
  const steps = [1, rowStep, sliceStep].filter(
    (_, axis) => size[axis] > 1 && axis !== forbiddenAxis,
  );
  const farthest = steps.length === 0 ? 0 : FAR;
  for (let r = 0; r < runs.length; r += 2) {
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      let least = farthest;
      for (let s = 0; s < steps.length; s++) least = Math.min(least, distances[p - steps[s]]);
      distances[p] = least + 1;
    }
  }
  for (let r = runs.length - 2; r >= 0; r -= 2) {
    for (let p = runs[r + 1] - 1; p >= runs[r]; p--) {
      let least = farthest;
      for (let s = 0; s < steps.length; s++) least = Math.min(least, distances[p + steps[s]]);
      distances[p] = Math.min(distances[p], least + 1);
    }
  }
  return distances;
}
