import type { Vector3 } from '@steatosis/core';
import { CUBE_EDGES, cubeTriangles } from './cube-triangles.js';
import type { Workspace } from './workspace.js';

/** A mask in a box that is padded on every side, x fastest. */
export interface PaddedMask {
  readonly inside: Uint8Array;
  readonly size: readonly [number, number, number];
  readonly pad: number;
  readonly rowStep: number;
  readonly sliceStep: number;
}

export interface MeshMeasures {
  /** mm² */
  area: number;
  /** mm³, from the signed volumes of the tetrahedra under the triangles */
  volume: number;
}

let trianglesOfCubes: number[][] | undefined;

/**
 * Area and enclosed volume of the surface mesh of a mask (marching cubes, corners in the middle of the
 * edges between inside and outside voxels).
 *
 * No triangle is made: cubes are counted by the set of their inside corners, together with the sums of
 * their positions. Area depends on the set alone; the volume under the triangles of a cube is that of
 * the set plus its area vector times the position of the cube.
 */
export function measureMesh(
  mask: PaddedMask,
  spacing: readonly [number, number, number],
  workspace: Workspace,
): MeshMeasures {
  const tallies = countCubes(mask, workspace);
  trianglesOfCubes ??= cubeTriangles();
  let area = 0;
  // Six times the volume in voxels: a sum of eighths, without rounding.
  let sixfold = 0;
  for (let set = 1; set < 255; set++) {
    const cubes = tallies[set * 4];
    if (cubes === 0) continue;
    const piece = measureTriangles(trianglesOfCubes[set], spacing);
    area += cubes * piece.area;
    sixfold += cubes * piece.sixfold;
    for (let axis = 0; axis < 3; axis++) {
      sixfold += piece.normal[axis] * tallies[set * 4 + 1 + axis];
    }
  }
  return { area, volume: (sixfold / 6) * spacing[0] * spacing[1] * spacing[2] };
}

/** Per set of inside corners: the number of cubes and the sums of their x, y and z. */
function countCubes(mask: PaddedMask, workspace: Workspace): Float64Array {
  const { inside, size, pad, rowStep, sliceStep } = mask;
  const [nx, ny, nz] = size;
  const tallies = workspace.float64('cubeTallies', 256 * 4);
  for (let z = 0; z <= nz; z++) {
    for (let y = 0; y <= ny; y++) {
      let p = pad - 1 + (y + pad - 1) * rowStep + (z + pad - 1) * sliceStep;
      let set = 0;
      for (let x = -1; x <= nx; x++, p++) {
        // The face at larger x enters as the high four bits; what they were becomes the low four.
        set =
          (set >> 4) |
          (inside[p] << 4) |
          (inside[p + rowStep] << 5) |
          (inside[p + sliceStep] << 6) |
          (inside[p + rowStep + sliceStep] << 7);
        if (set === 0 || set === 255) continue;
        tallies[set * 4]++;
        tallies[set * 4 + 1] += x;
        tallies[set * 4 + 2] += y;
        tallies[set * 4 + 3] += z;
      }
    }
  }
  return tallies;
}

/** A set of triangles: area in mm², and in voxels six times the volume under them and its change. */
function measureTriangles(
  edges: readonly number[],
  spacing: readonly [number, number, number],
): { area: number; sixfold: number; normal: Vector3 } {
  let area = 0;
  let sixfold = 0;
  const normal: Vector3 = [0, 0, 0];
  for (let t = 0; t < edges.length; t += 3) {
    const a = middle(edges[t]);
    const b = middle(edges[t + 1]);
    const c = middle(edges[t + 2]);
    const n = cross(minus(b, a), minus(c, a));
    sixfold += a[0] * n[0] + a[1] * n[1] + a[2] * n[2];
    for (let axis = 0; axis < 3; axis++) normal[axis] += n[axis];
    const [sx, sy, sz] = spacing;
    area += Math.hypot(n[0] * sy * sz, n[1] * sx * sz, n[2] * sx * sy) / 2;
  }
  return { area, sixfold, normal };
}

/** The middle of an edge of the unit cube at the origin. */
function middle(edge: number): Vector3 {
  const [from, to] = CUBE_EDGES[edge];
  const at = (bit: number) => (((from >> bit) & 1) + ((to >> bit) & 1)) / 2;
  return [at(2), at(0), at(1)];
}

function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
