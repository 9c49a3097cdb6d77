import type { Vector3 } from '@steatosis/core';
import { type BitRows, lowestBit } from './bit-rows.js';
import { CUBE_EDGES, cubeTriangles } from './cube-triangles.js';
import type { Workspace } from './workspace.js';

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
  mask: BitRows,
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
function countCubes(mask: BitRows, workspace: Workspace): Float64Array {
  const { words, width, rows, slices } = mask;
  const tallies = workspace.float64('cubeTallies', 256 * 4);
  for (let z = 1; z < slices; z++) {
    for (let y = 1; y < rows; y++) {
      const row = (z * rows + y) * width;
      const beside = row - width;
      const below = row - rows * width;
      const across = below - width;
      // What each row carries over: its last bit of the word before.
      let carry = 0;
      for (let w = 0; w < width; w++) {
        const a = words[across + w];
        const b = words[below + w];
        const c = words[beside + w];
        const d = words[row + w];
        // The corners at smaller x, in the place of those at larger x.
        const lowA = (a << 1) | (carry & 1);
        const lowB = (b << 1) | ((carry >> 1) & 1);
        const lowC = (c << 1) | ((carry >> 2) & 1);
        const lowD = (d << 1) | (carry >> 3);
        carry = (a >>> 31) | ((b >>> 31) << 1) | ((c >>> 31) << 2) | ((d >>> 31) << 3);
        const some = a | b | c | d | lowA | lowB | lowC | lowD;
        const all = a & b & c & d & lowA & lowB & lowC & lowD;
        for (let mixed = some & ~all; mixed !== 0; mixed &= mixed - 1) {
          const bit = lowestBit(mixed);
          const set =
            ((lowA >>> bit) & 1) |
            (((lowB >>> bit) & 1) << 1) |
            (((lowC >>> bit) & 1) << 2) |
            (((lowD >>> bit) & 1) << 3) |
            (((a >>> bit) & 1) << 4) |
            (((b >>> bit) & 1) << 5) |
            (((c >>> bit) & 1) << 6) |
            (((d >>> bit) & 1) << 7);
          tallies[set * 4]++;
          // Where the mesh is not closed, the volume under it depends on where 0 is: the box's first voxel.
          tallies[set * 4 + 1] += 32 * w + bit - 1;
          tallies[set * 4 + 2] += y - 1;
          tallies[set * 4 + 3] += z - 1;
        }
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
