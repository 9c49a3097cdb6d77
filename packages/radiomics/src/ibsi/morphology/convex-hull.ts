import type { Vector3 } from '@steatosis/core';
import type { SolidMeasures } from './ellipsoids.js';

/** A convex polyhedron. */
export interface ConvexHull {
  /** Corners as x, y, z triples. */
  readonly points: Int32Array;
  /** Triangles as triples of numbers of corners, counter-clockwise seen from outside. */
  readonly triangles: Int32Array;
}

interface Face {
  readonly corners: readonly [number, number, number];
  /** Outer normal n and offset n·p of the plane. */
  readonly normal: Vector3;
  readonly offset: number;
  /** The faces across the edges corners[0]–[1], [1]–[2], [2]–[0]. */
  readonly neighbours: [Face, Face, Face];
  /** Points beyond the plane. */
  outside: number[];
  /** The number of the point that the face was found to be seen from. */
  seenFrom: number;
  alive: boolean;
}

/**
 * The convex hull of points with integer coordinates (quickhull, Barber et al. 1996).
 *
 * All tests are exact while coordinates stay below 10⁴: then no product exceeds 2⁵³. A point in the plane
 * of a face does not see it, so that coplanar points, which voxels have many of, add no faces.
 *
 * @param points x, y, z triples, not all in one plane
 */
export function convexHull(points: Int32Array): ConvexHull {
  const faces = startingTetrahedron(points);
  // Faces with points beyond them wait here; some are gone when their turn comes.
  const waiting = faces.filter((face) => face.outside.length > 0);
  const all = [...faces];
  for (let face = waiting.pop(); face !== undefined; face = waiting.pop()) {
    if (!face.alive || face.outside.length === 0) continue;
    const apex = farthest(points, face);
    const added = replaceVisible(points, face, apex);
    for (const fresh of added) {
      all.push(fresh);
      if (fresh.outside.length > 0) waiting.push(fresh);
    }
  }
  return compact(
    points,
    all.filter((face) => face.alive),
  );
}

/** Volume and area of a hull whose coordinates count in steps along the axes, mm. */
export function measureHull({ points, triangles }: ConvexHull, step: Vector3): SolidMeasures {
  const [sx, sy, sz] = step;
  let area = 0;
  let sixfold = 0;
  const origin = pointAt(points, 0);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = pointAt(points, triangles[t]);
    const normal = normalOf(
      a,
      pointAt(points, triangles[t + 1]),
      pointAt(points, triangles[t + 2]),
    );
    sixfold += dot(minus(a, origin), normal);
    area += Math.hypot(normal[0] * sy * sz, normal[1] * sx * sz, normal[2] * sx * sy) / 2;
  }
  return { volume: (sixfold / 6) * sx * sy * sz, area };
}

function startingTetrahedron(points: Int32Array): Face[] {
  const count = points.length / 3;
  let a = 0;
  let b = 0;
  for (let i = 1; i < count; i++) {
    if (points[3 * i] < points[3 * a]) a = i;
    if (points[3 * i] > points[3 * b]) b = i;
  }
  const pa = pointAt(points, a);
  const along = minus(pointAt(points, b), pa);
  const c = indexOfLargest(count, (i) => {
    const n = cross(along, minus(pointAt(points, i), pa));
    return dot(n, n);
  });
  const normal = normalOf(pa, pointAt(points, b), pointAt(points, c));
  const beyond = (i: number) => dot(normal, minus(pointAt(points, i), pa));
  const d = indexOfLargest(count, (i) => Math.abs(beyond(i)));
  // The fourth corner must lie below the first face.
  const corners = beyond(d) < 0 ? [a, b, c, d] : [a, c, b, d];
  const faces = [
    [0, 1, 2],
    [0, 3, 1],
    [1, 3, 2],
    [2, 3, 0],
  ].map(([i, j, k]) => makeFace(points, corners[i], corners[j], corners[k]));
  const [base, s0, s1, s2] = faces;
  link(base, [s0, s1, s2]);
  link(s0, [s2, s1, base]);
  link(s1, [s0, s2, base]);
  link(s2, [s1, s0, base]);
  const rest = Array.from({ length: count }, (_, i) => i).filter((i) => !corners.includes(i));
  distribute(points, rest, faces);
  return faces;
}

function link(face: Face, neighbours: readonly [Face, Face, Face]): void {
  for (let e = 0; e < 3; e++) face.neighbours[e] = neighbours[e];
}

/** Take away the faces that the apex sees and join it to their horizon. */
function replaceVisible(points: Int32Array, start: Face, apex: number): Face[] {
  const visible: Face[] = [start];
  start.seenFrom = apex;
  const horizon = new Map<number, { from: number; to: number; across: Face }>();
  for (let v = 0; v < visible.length; v++) {
    const face = visible[v];
    face.alive = false;
    for (let e = 0; e < 3; e++) {
      const across = face.neighbours[e];
      if (across.seenFrom === apex) continue;
      if (heightAbove(points, across, apex) > 0) {
        across.seenFrom = apex;
        visible.push(across);
      }
    }
  }
  for (const face of visible) {
    for (let e = 0; e < 3; e++) {
      const across = face.neighbours[e];
      if (across.seenFrom === apex) continue;
      const from = face.corners[e];
      horizon.set(from, { from, to: face.corners[(e + 1) % 3], across });
    }
  }
  const added = joinToHorizon(points, horizon, apex);
  const orphans = visible.flatMap((face) => face.outside).filter((i) => i !== apex);
  distribute(points, orphans, added);
  return added;
}

/** The faces between an apex and the horizon, which is one closed loop of edges. */
function joinToHorizon(
  points: Int32Array,
  horizon: ReadonlyMap<number, { from: number; to: number; across: Face }>,
  apex: number,
): Face[] {
  const byStart = new Map<number, Face>();
  for (const { from, to, across } of horizon.values()) {
    const face = makeFace(points, from, to, apex);
    face.neighbours[0] = across;
    across.neighbours[across.corners.indexOf(to)] = face;
    byStart.set(from, face);
  }
  for (const face of byStart.values()) {
    const next = byStart.get(face.corners[1])!;
    face.neighbours[1] = next;
    next.neighbours[2] = face;
  }
  return [...byStart.values()];
}

/** Give each point to the first face that it lies beyond; those beyond none are inside. */
function distribute(points: Int32Array, indices: readonly number[], faces: readonly Face[]): void {
  for (const i of indices) {
    const face = faces.find((candidate) => heightAbove(points, candidate, i) > 0);
    face?.outside.push(i);
  }
}

function farthest(points: Int32Array, face: Face): number {
  let best = face.outside[0];
  let height = 0;
  for (const i of face.outside) {
    const h = heightAbove(points, face, i);
    if (h > height) {
      height = h;
      best = i;
    }
  }
  return best;
}

function makeFace(points: Int32Array, a: number, b: number, c: number): Face {
  const origin = pointAt(points, a);
  const normal = normalOf(origin, pointAt(points, b), pointAt(points, c));
  return {
    corners: [a, b, c],
    normal,
    offset: dot(normal, origin),
    neighbours: [] as unknown as [Face, Face, Face],
    outside: [],
    seenFrom: -1,
    alive: true,
  };
}

/** Positive beyond the face, 0 in its plane. */
function heightAbove(points: Int32Array, face: Face, i: number): number {
  const { normal, offset } = face;
  return (
    normal[0] * points[3 * i] +
    normal[1] * points[3 * i + 1] +
    normal[2] * points[3 * i + 2] -
    offset
  );
}

/** Keep the corners of the faces alone. */
function compact(points: Int32Array, faces: readonly Face[]): ConvexHull {
  const numbers = new Map<number, number>();
  const triangles = Int32Array.from(
    faces.flatMap((face) => face.corners),
    (i) => {
      const known = numbers.get(i);
      if (known !== undefined) return known;
      numbers.set(i, numbers.size);
      return numbers.size - 1;
    },
  );
  const kept = new Int32Array(3 * numbers.size);
  for (const [i, number] of numbers) kept.set(points.subarray(3 * i, 3 * i + 3), 3 * number);
  return { points: kept, triangles };
}

function indexOfLargest(count: number, value: (i: number) => number): number {
  let best = 0;
  let largest = -Infinity;
  for (let i = 0; i < count; i++) {
    const v = value(i);
    if (v > largest) {
      largest = v;
      best = i;
    }
  }
  return best;
}

function pointAt(points: Int32Array, i: number): Vector3 {
  return [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
}

function normalOf(a: Vector3, b: Vector3, c: Vector3): Vector3 {
  return cross(minus(b, a), minus(c, a));
}

function minus(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
