import { hullOfRows, largestSquaredDistance } from './planar-hull.js';
import type { PaddedMask } from './surface-mesh.js';
import type { Workspace } from './workspace.js';

/** Largest distances between two corners of the surface mesh, mm. */
export interface Diameters {
  /** Between any two. */
  whole: number;
  /** Between two with the same z, y or x. */
  inZ: number;
  inY: number;
  inX: number;
}

/**
 * The extremes of the mesh corners, in half voxels from one voxel before the box: along x in each row
 * (y, z), along y in each row (x, z). The corners of any hull are among them.
 */
interface Extremes {
  widths: [number, number, number];
  leastX: Int32Array;
  mostX: Int32Array;
  leastY: Int32Array;
  mostY: Int32Array;
}

/**
 * The diameters of the surface mesh of a mask.
 *
 * Of the corners in a row only the outermost can be at an end of a diameter, and of those in a plane
 * only the corners of their convex hull, so that a few thousand candidates are left of a million.
 */
export function measureDiameters(
  mask: PaddedMask,
  spacing: readonly [number, number, number],
  workspace: Workspace,
): Diameters {
  const half = spacing.map((s) => s / 2) as [number, number, number];
  const extremes = findExtremes(mask, workspace);
  const [wx, wy, wz] = extremes.widths;
  const { leastX, mostX, leastY, mostY } = extremes;
  const candidates: number[] = [];
  let inZ = 0;
  for (let z = 0; z < wz; z++) {
    const hull = hullOfRows(rowsOf(wy, (y) => z * wy + y, leastX, mostX, half[1], half[0]));
    inZ = Math.max(inZ, largestSquaredDistance(hull));
    for (let i = 0; i < hull.length; i += 2) candidates.push(hull[i], hull[i + 1], z * half[2]);
  }
  let inY = 0;
  for (let y = 0; y < wy; y++) {
    const hull = hullOfRows(rowsOf(wz, (z) => z * wy + y, leastX, mostX, half[2], half[0]));
    inY = Math.max(inY, largestSquaredDistance(hull));
  }
  let inX = 0;
  for (let x = 0; x < wx; x++) {
    const hull = hullOfRows(rowsOf(wz, (z) => z * wx + x, leastY, mostY, half[2], half[1]));
    inX = Math.max(inX, largestSquaredDistance(hull));
  }
  return {
    whole: Math.sqrt(largestSquaredDistance3(candidates)),
    inZ: Math.sqrt(inZ),
    inY: Math.sqrt(inY),
    inX: Math.sqrt(inX),
  };
}

/** The rows of one plane that have corners, in mm, as `hullOfRows` wants them. */
function rowsOf(
  rows: number,
  index: (row: number) => number,
  least: Int32Array,
  most: Int32Array,
  rowSpacing: number,
  spacing: number,
): number[] {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    const at = index(row);
    if (most[at] < 0) continue;
    found.push(row * rowSpacing, least[at] * spacing, most[at] * spacing);
  }
  return found;
}

function findExtremes(mask: PaddedMask, workspace: Workspace): Extremes {
  const { inside, size, pad, rowStep, sliceStep } = mask;
  const widths = size.map((n) => 2 * n + 3) as [number, number, number];
  const [wx, wy, wz] = widths;
  const leastX = workspace.int32('leastX', wy * wz).fill(0x7fffffff);
  const mostX = workspace.int32('mostX', wy * wz).fill(-1);
  const leastY = workspace.int32('leastY', wx * wz).fill(0x7fffffff);
  const mostY = workspace.int32('mostY', wx * wz).fill(-1);
  const note = (x: number, y: number, z: number): void => {
    const yz = z * wy + y;
    const xz = z * wx + x;
    if (x < leastX[yz]) leastX[yz] = x;
    if (x > mostX[yz]) mostX[yz] = x;
    if (y < leastY[xz]) leastY[xz] = y;
    if (y > mostY[xz]) mostY[xz] = y;
  };
  for (let z = 0; z <= size[2]; z++) {
    for (let y = 0; y <= size[1]; y++) {
      let p = pad - 1 + (y + pad - 1) * rowStep + (z + pad - 1) * sliceStep;
      for (let x = 0; x <= size[0]; x++, p++) {
        const here = inside[p];
        if (inside[p + 1] !== here) note(2 * x + 1, 2 * y, 2 * z);
        if (inside[p + rowStep] !== here) note(2 * x, 2 * y + 1, 2 * z);
        if (inside[p + sliceStep] !== here) note(2 * x, 2 * y, 2 * z + 1);
      }
    }
  }
  return { widths, leastX, mostX, leastY, mostY };
}

/**
 * Largest squared distance between points of space, as x, y, z triples. Points are taken by falling
 * distance r from the centre of their box; once r_i + r_j cannot beat the best, nothing later can.
 */
function largestSquaredDistance3(points: readonly number[]): number {
  const n = points.length / 3;
  const centre = [0, 1, 2].map((axis) => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = axis; i < points.length; i += 3) {
      low = Math.min(low, points[i]);
      high = Math.max(high, points[i]);
    }
    return (low + high) / 2;
  });
  const radii = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    radii[i] = Math.hypot(
      points[3 * i] - centre[0],
      points[3 * i + 1] - centre[1],
      points[3 * i + 2] - centre[2],
    );
  }
  const order = Int32Array.from(radii.keys()).sort((a, b) => radii[b] - radii[a]);
  let largest = 0;
  let diameter = 0;
  for (let a = 1; a < n; a++) {
    const i = order[a];
    const xi = points[3 * i];
    const yi = points[3 * i + 1];
    const zi = points[3 * i + 2];
    if (radii[i] + radii[order[0]] < diameter) break;
    for (let b = 0; b < a; b++) {
      const j = order[b];
      if (radii[i] + radii[j] < diameter) break;
      const dx = xi - points[3 * j];
      const dy = yi - points[3 * j + 1];
      const dz = zi - points[3 * j + 2];
      const squared = dx * dx + dy * dy + dz * dz;
      if (squared > largest) {
        largest = squared;
        diameter = Math.sqrt(squared);
      }
    }
  }
  return largest;
}
