import type { BitRows } from './bit-rows.js';
import { largestSquaredDistance3 } from './farthest-pair.js';
import {
  farthestCorners,
  findHull,
  type LatticeHull,
  latticeHull,
  type LatticeRows,
  latticeRows,
  squaredDiagonal,
} from './lattice-hull.js';
import { type MeshExtremes, meshExtremes } from './mesh-extremes.js';
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

/** A family of parallel planes: which rows each has, and which extremes these have. */
interface Planes {
  planes: number;
  rows: number;
  /** Index of a row: plane·planeStep + row·rowStep. */
  planeStep: number;
  rowStep: number;
  least: Int32Array;
  most: Int32Array;
  /** Distance of two rows, and of two places in a row, mm. */
  rowSpacing: number;
  spacing: number;
  /** For each row, the families of planes in which its least and its most corner are on the hull. */
  leastHulls: Uint8Array;
  mostHulls: Uint8Array;
  /** The bit of this family there. */
  family: number;
}

const IN_Z = 1;
const IN_Y = 2;
const IN_X = 4;

/**
 * The diameters of the surface mesh of a mask.
 *
 * Of the corners in a row only the outermost can be at an end of a diameter, of those in a plane only the
 * corners of their convex hull, and of all only those that are corners of the hulls of all three planes
 * through them: a few thousand candidates are left of a million.
 */
export function measureDiameters(
  mask: BitRows,
  spacing: readonly [number, number, number],
  workspace: Workspace,
): Diameters {
  const half = spacing.map((s) => s / 2) as [number, number, number];
  const extremes = meshExtremes(mask, workspace);
  const [wx, wy, wz] = extremes.widths;
  const { leastX, mostX, leastY, mostY } = extremes;
  const rowsX = {
    least: leastX,
    most: mostX,
    spacing: half[0],
    leastHulls: workspace.uint8('leastXHulls', wy * wz),
    mostHulls: workspace.uint8('mostXHulls', wy * wz),
  };
  const rowsY = {
    least: leastY,
    most: mostY,
    spacing: half[1],
    leastHulls: workspace.uint8('leastYHulls', wx * wz),
    mostHulls: workspace.uint8('mostYHulls', wx * wz),
  };
  const alongY = { rows: wy, rowStep: 1, rowSpacing: half[1] };
  const inZ = farthestInPlanes({ ...rowsX, ...alongY, planes: wz, planeStep: wy, family: IN_Z });
  const alongZ = { rows: wz, rowSpacing: half[2], planeStep: 1 };
  const inY = farthestInPlanes({ ...rowsX, ...alongZ, planes: wy, rowStep: wy, family: IN_Y });
  const inX = farthestInPlanes({ ...rowsY, ...alongZ, planes: wx, rowStep: wx, family: IN_X });
  const candidates = cornersOfAllHulls(extremes, rowsX, rowsY, half);
  return {
    whole: Math.sqrt(largestSquaredDistance3(candidates)),
    inZ: Math.sqrt(inZ),
    inY: Math.sqrt(inY),
    inX: Math.sqrt(inX),
  };
}

/** Largest squared distance of two corners in one of the planes; the corners of hulls are marked. */
function farthestInPlanes(planes: Planes): number {
  const rows = latticeRows(planes.rows);
  const hull = latticeHull(planes.rows);
  const { rowSpacing, spacing } = planes;
  let largest = 0;
  for (let plane = 0; plane < planes.planes; plane++) {
    collectRows(planes, plane, rows);
    if (rows.count === 0) continue;
    findHull(rows, hull);
    markCorners(planes, rows, hull);
    if (squaredDiagonal(rows, rowSpacing, spacing) > largest) {
      largest = farthestCorners(rows, hull, rowSpacing, spacing, largest);
    }
  }
  return largest;
}

function collectRows(planes: Planes, plane: number, rows: LatticeRows): void {
  const { least, most, rowStep } = planes;
  let n = 0;
  let index = plane * planes.planeStep;
  for (let row = 0; row < planes.rows; row++, index += rowStep) {
    if (most[index] < 0) continue;
    rows.at[n] = row;
    rows.least[n] = least[index];
    rows.most[n] = most[index];
    rows.index[n++] = index;
  }
  rows.count = n;
}

function markCorners(planes: Planes, rows: LatticeRows, hull: LatticeHull): void {
  const { leastHulls, mostHulls, family } = planes;
  for (let k = 0; k < hull.leastCount; k++) leastHulls[rows.index[hull.leastRows[k]]] |= family;
  for (let k = 0; k < hull.mostCount; k++) mostHulls[rows.index[hull.mostRows[k]]] |= family;
}

type Hulls = Pick<Planes, 'leastHulls' | 'mostHulls'>;

/** The corners, as x, y, z in mm, that are on the hulls of all three planes through them. */
function cornersOfAllHulls(
  { widths, leastX, mostX, leastY, mostY }: MeshExtremes,
  rowsX: Hulls,
  rowsY: Hulls,
  half: readonly [number, number, number],
): Float64Array {
  const [wx, wy, wz] = widths;
  const corners: number[] = [];
  const add = (x: number, y: number, z: number): void => {
    const column = z * wx + x;
    const onHull =
      (leastY[column] === y && rowsY.leastHulls[column] === IN_X) ||
      (mostY[column] === y && rowsY.mostHulls[column] === IN_X);
    if (onHull) corners.push(x * half[0], y * half[1], z * half[2]);
  };
  for (let z = 0; z < wz; z++) {
    for (let y = 0; y < wy; y++) {
      const row = z * wy + y;
      const least = rowsX.leastHulls[row];
      const most = rowsX.mostHulls[row];
      if (mostX[row] === leastX[row]) {
        // The only corner of its row may be on either side of a hull.
        if ((least | most) === (IN_Z | IN_Y)) add(leastX[row], y, z);
        continue;
      }
      if (least === (IN_Z | IN_Y)) add(leastX[row], y, z);
      if (most === (IN_Z | IN_Y)) add(mostX[row], y, z);
    }
  }
  return Float64Array.from(corners);
}
