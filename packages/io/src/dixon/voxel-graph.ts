/** Which voxels of a mask touch along x, y and z. */
export interface VoxelGraph {
  /** For each axis and voxel the next voxel on that axis, or −1. */
  after: readonly [Int32Array, Int32Array, Int32Array];
  /** For each axis and voxel the previous voxel on that axis, or −1. */
  before: readonly [Int32Array, Int32Array, Int32Array];
}

/**
 * The 6-neighbourhood of the voxels of a mask.
 *
 * @param voxels grid index of each voxel of the mask, ascending (x fastest)
 * @param size voxels along x, y, z
 */
export function voxelGraph(
  voxels: Int32Array,
  [nx, ny]: readonly [number, number, number],
): VoxelGraph {
  const count = voxels.length;
  const strides = [1, nx, nx * ny];
  const extents = [nx, nx * ny, Number.POSITIVE_INFINITY];
  const after = strides.map(() => new Int32Array(count).fill(-1));
  const before = strides.map(() => new Int32Array(count).fill(-1));
  strides.forEach((stride, axis) => {
    const extent = extents[axis];
    for (let i = 0, j = 0; i < count; i++) {
      const wanted = voxels[i] + stride;
      while (j < count && voxels[j] < wanted) j++;
      if (j === count) break;
      // The next index of the last voxel of a row (or slice) belongs to another row (or slice).
      if (voxels[j] !== wanted || Math.floor(wanted / extent) !== Math.floor(voxels[i] / extent)) {
        continue;
      }
      after[axis][i] = j;
      before[axis][j] = i;
    }
  });
  return {
    after: [after[0], after[1], after[2]],
    before: [before[0], before[1], before[2]],
  };
}
