import type { LevelGrid } from '../discretise/gray-levels.js';
import type { Workspace } from './workspace.js';

export interface NeighbourhoodOptions {
  distances: readonly number[];
  forbiddenAxis?: 0 | 1 | 2 | undefined;
}

/**
 * Compare each voxel with the mean of the voxels of the region around it: per rank, the sum of
 * |level − mean of the neighbours|. A voxel without neighbours has no difference.
 *
 * The neighbours at Chebyshev distance d are a box of radius d less a box of radius d − 1, and box sums
 * are sliding sums along x, y and z. |count·level − sum| is an integer: it is added up per level and
 * count and divided at the end, so that the result does not depend on the order of the voxels.
 */
export function neighbourhoodDifferences(
  grid: LevelGrid,
  options: NeighbourhoodOptions,
  workspace: Workspace,
): Float64Array {
  const { ranks, levels, positions, count } = grid;
  const sums = workspace.int32('neighbourSums', count);
  const counts = workspace.int32('neighbourCounts', count);
  for (const { radius, sign } of signedBoxes(options.distances)) {
    addBoxSums(
      grid,
      { radius, sign, forbiddenAxis: options.forbiddenAxis },
      sums,
      counts,
      workspace,
    );
  }
  let most = 0;
  for (let k = 0; k < count; k++) if (counts[k]! > most) most = counts[k]!;
  const n = grid.grayLevels.length;
  const width = most + 1;
  const scaled = workspace.float64('scaledDifferences', n * width);
  for (let k = 0; k < count; k++) {
    const around = counts[k]!;
    const p = positions[k]!;
    scaled[(ranks[p]! - 1) * width + around]! += Math.abs(around * levels[p]! - sums[k]!);
  }
  const differences = new Float64Array(n);
  for (let rank = 0; rank < n; rank++) {
    let sum = 0;
    for (let around = 1; around <= most; around++) sum += scaled[rank * width + around]! / around;
    differences[rank] = sum;
  }
  return differences;
}

/** The set of distances as a sum of boxes: radius and the sign with which each counts. */
function signedBoxes(distances: readonly number[]): { radius: number; sign: number }[] {
  const boxes = [];
  for (let radius = Math.max(...distances); radius >= 0; radius--) {
    const sign = Number(distances.includes(radius)) - Number(distances.includes(radius + 1));
    if (sign !== 0) boxes.push({ radius, sign });
  }
  return boxes;
}

interface SignedBox {
  radius: number;
  sign: number;
  forbiddenAxis: 0 | 1 | 2 | undefined;
}

/** Add sign × (sum of levels, number of voxels) of the box around each voxel of the region. */
function addBoxSums(
  grid: LevelGrid,
  box: SignedBox,
  sums: Int32Array,
  counts: Int32Array,
  workspace: Workspace,
): void {
  const { levels, positions, count, sliceStep } = grid;
  const { sign } = box;
  const [rx, ry, rz] = [0, 1, 2].map((axis) =>
    axis === box.forbiddenAxis || grid.size[axis] === 1 ? 0 : box.radius,
  ) as [number, number, number];
  const slices = levels.length / sliceStep;
  // Sliding sums over z of the in-plane box sums, and the in-plane sums of the slices still inside.
  const ringLength = 2 * rz + 1;
  const ringSums = workspace.int32('ringSums', ringLength * sliceStep);
  const ringCounts = workspace.int32('ringCounts', ringLength * sliceStep);
  const totalSums = workspace.int32('totalSums', sliceStep);
  const totalCounts = workspace.int32('totalCounts', sliceStep);
  const rowSums = workspace.int32('rowSums', sliceStep);
  const rowCounts = workspace.int32('rowCounts', sliceStep);
  let k = 0;
  for (let entering = 0; entering < slices + rz; entering++) {
    const slot = (entering % ringLength) * sliceStep;
    const planeSums = ringSums.subarray(slot, slot + sliceStep);
    const planeCounts = ringCounts.subarray(slot, slot + sliceStep);
    subtractAll(totalSums, planeSums);
    subtractAll(totalCounts, planeCounts);
    if (entering < slices) {
      const slice = levels.subarray(entering * sliceStep, (entering + 1) * sliceStep);
      slideAlongRows(slice, grid.rowStep, rx, rowSums, rowCounts);
      slideAcrossRows(rowSums, grid.rowStep, ry, planeSums);
      slideAcrossRows(rowCounts, grid.rowStep, ry, planeCounts);
      addAll(totalSums, planeSums);
      addAll(totalCounts, planeCounts);
    } else {
      planeSums.fill(0);
      planeCounts.fill(0);
    }
    const centre = entering - rz;
    if (centre < 0) continue;
    const end = (centre + 1) * sliceStep;
    const begin = centre * sliceStep;
    for (; k < count && positions[k]! < end; k++) {
      const at = positions[k]! - begin;
      sums[k]! += sign * totalSums[at]!;
      counts[k]! += sign * totalCounts[at]!;
    }
  }
}

/** Window sums of the levels and of the voxels along each row; the padding leaves no edge cases. */
function slideAlongRows(
  slice: Uint16Array,
  rowStep: number,
  radius: number,
  sums: Int32Array,
  counts: Int32Array,
): void {
  for (let row = 0; row < slice.length; row += rowStep) {
    let sum = 0;
    let voxels = 0;
    for (let x = 0; x < rowStep + radius; x++) {
      if (x < rowStep) {
        const level = slice[row + x]!;
        sum += level;
        voxels += level === 0 ? 0 : 1;
      }
      if (x > 2 * radius) {
        const level = slice[row + x - 2 * radius - 1]!;
        sum -= level;
        voxels -= level === 0 ? 0 : 1;
      }
      if (x >= radius) {
        sums[row + x - radius] = sum;
        counts[row + x - radius] = voxels;
      }
    }
  }
}

/** Window sums across rows, row by row. */
function slideAcrossRows(
  rows: Int32Array,
  rowStep: number,
  radius: number,
  target: Int32Array,
): void {
  const height = rows.length / rowStep;
  for (let y = 0; y < height; y++) {
    const to = y * rowStep;
    const leaving = (y - radius - 1) * rowStep;
    const entering = (y + radius) * rowStep;
    if (y === 0) {
      target.fill(0, 0, rowStep);
      for (let r = 0; r <= Math.min(radius, height - 1); r++) {
        for (let x = 0; x < rowStep; x++) target[x]! += rows[r * rowStep + x]!;
      }
      continue;
    }
    const hasEntering = y + radius < height;
    const hasLeaving = leaving >= 0;
    for (let x = 0; x < rowStep; x++) {
      target[to + x] =
        target[to - rowStep + x]! +
        (hasEntering ? rows[entering + x]! : 0) -
        (hasLeaving ? rows[leaving + x]! : 0);
    }
  }
}

function addAll(target: Int32Array, source: Int32Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += source[i]!;
}

function subtractAll(target: Int32Array, source: Int32Array): void {
  for (let i = 0; i < target.length; i++) target[i]! -= source[i]!;
}
