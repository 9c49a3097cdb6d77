import type { Vector3 } from '@steatosis/core';
import type { ConvexHull } from './convex-hull.js';
import type { SolidMeasures } from './ellipsoids.js';

/** A box by its three directions, unit vectors at right angles, and its extent along each, mm. */
export interface OrientedBox extends SolidMeasures {
  readonly directions: readonly [Vector3, Vector3, Vector3];
  readonly extents: Vector3;
}

/** Volumes that differ by less than this share are equal: then the box of least area is taken. */
const SAME_VOLUME = 1e-12;

/**
 * A small box around a convex hull: the smallest of those with one face on a face of the hull or
 * across an image axis, and then turned about each of its own axes as long as it gets smaller.
 *
 * The smallest box of all need not lie on a face (O'Rourke 1985), only on edges; finding it takes
 * cubic time and seldom gains anything.
 *
 * @param step mm per step of the hull's coordinates
 */
export function smallOrientedBox(hull: ConvexHull, step: Vector3): OrientedBox {
  const body = solidOf(hull, step);
  let best: OrientedBox | undefined;
  for (const direction of directionsToTry(hull, step)) {
    const box = smallestBoxAcross(body, direction);
    if (best === undefined || isSmaller(box, best)) best = box;
  }
  let box = best!;
  for (let improved = true; improved;) {
    improved = false;
    for (const direction of box.directions) {
      const turned = smallestBoxAcross(body, direction);
      if (!isSmaller(turned, box)) continue;
      box = turned;
      improved = true;
    }
  }
  return box;
}

/** The image axes and the normals of the hull, each direction once. */
function directionsToTry({ points, triangles }: ConvexHull, step: Vector3): Vector3[] {
  const found = new Map<string, Vector3>();
  const add = (normal: Vector3) => {
    const divisor = normal.reduce((a, b) => commonDivisor(a, Math.abs(b)), 0);
    const sign = Math.sign(normal.find((n) => n !== 0)!) / divisor;
    const reduced = normal.map((n) => n * sign + 0) as Vector3;
    found.set(reduced.join(), unit(reduced.map((n, axis) => n / step[axis]) as Vector3));
  };
  add([1, 0, 0]);
  add([0, 1, 0]);
  add([0, 0, 1]);
  const corner = (i: number): Vector3 => [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
  for (let t = 0; t < triangles.length; t += 3) {
    const a = corner(triangles[t]);
    add(cross(minus(corner(triangles[t + 1]), a), minus(corner(triangles[t + 2]), a)));
  }
  return [...found.values()];
}

function isSmaller(a: OrientedBox, b: OrientedBox): boolean {
  const gain = b.volume - a.volume;
  if (Math.abs(gain) > SAME_VOLUME * b.volume) return gain > 0;
  return a.area < b.area * (1 - SAME_VOLUME);
}

/** A convex polyhedron in mm. */
interface Solid {
  points: Float64Array;
  /** Outer normals of the triangles. */
  normals: Float64Array;
  /** For each edge its two ends and its two triangles. */
  edges: Int32Array;
}

function solidOf({ points, triangles }: ConvexHull, step: Vector3): Solid {
  const inMm = Float64Array.from(points, (n, i) => n * step[i % 3]);
  const corner = (i: number): Vector3 => [inMm[3 * i], inMm[3 * i + 1], inMm[3 * i + 2]];
  const normals = new Float64Array(triangles.length);
  const edges: number[] = [];
  const open = new Map<number, number>();
  const count = points.length / 3;
  for (let t = 0; t < triangles.length; t += 3) {
    const [i, j, k] = triangles.subarray(t, t + 3);
    normals.set(cross(minus(corner(j), corner(i)), minus(corner(k), corner(i))), t);
    for (const [from, to] of [
      [i, j],
      [j, k],
      [k, i],
    ]) {
      const other = open.get(to * count + from);
      if (other === undefined) open.set(from * count + to, t / 3);
      else edges.push(from, to, t / 3, other);
    }
  }
  return { points: inMm, normals, edges: Int32Array.from(edges) };
}

/** The smallest box with a face across a direction: on it, the smallest rectangle lies along an edge. */
function smallestBoxAcross(solid: Solid, normal: Vector3): OrientedBox {
  const u = unit(perpendicular(normal));
  const v = cross(normal, u);
  const height = extentAlong(solid.points, normal);
  const outline = planarHull(
    silhouette(solid, normal).map((p): [number, number] => [dot(p, u), dot(p, v)]),
  );
  let best: OrientedBox | undefined;
  for (const { c, s, along, across } of rectangles(outline)) {
    const box = boxOf([normal, combine(u, c, v, s), combine(u, -s, v, c)], [height, along, across]);
    if (best === undefined || isSmaller(box, best)) best = box;
  }
  return best!;
}

function extentAlong(points: Float64Array, [x, y, z]: Vector3): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < points.length; i += 3) {
    const at = points[i] * x + points[i + 1] * y + points[i + 2] * z;
    if (at < low) low = at;
    if (at > high) high = at;
  }
  return high - low;
}

/** The corners on the edges between triangles that face a direction and those that do not. */
function silhouette({ points, normals, edges }: Solid, [x, y, z]: Vector3): Vector3[] {
  const facing = new Uint8Array(normals.length / 3);
  for (let t = 0, i = 0; t < facing.length; t++, i += 3) {
    facing[t] = normals[i] * x + normals[i + 1] * y + normals[i + 2] * z > 0 ? 1 : 0;
  }
  const corners = new Set<number>();
  for (let e = 0; e < edges.length; e += 4) {
    if (facing[edges[e + 2]] !== facing[edges[e + 3]]) {
      corners.add(edges[e]).add(edges[e + 1]);
    }
  }
  return Array.from(corners, (i) => [points[3 * i], points[3 * i + 1], points[3 * i + 2]]);
}

/** For each side of a convex outline, its direction (c, s) and the rectangle along it (rotating calipers). */
function* rectangles(outline: readonly [number, number][]) {
  const n = outline.length;
  let right = 1;
  let top = 1;
  let left = 1;
  for (let i = 0; i < n; i++) {
    const [ax, ay] = outline[i];
    const [bx, by] = outline[(i + 1) % n];
    const length = Math.hypot(bx - ax, by - ay);
    const c = (bx - ax) / length;
    const s = (by - ay) / length;
    const along = (k: number) => outline[k % n][0] * c + outline[k % n][1] * s;
    const across = (k: number) => outline[k % n][1] * c - outline[k % n][0] * s;
    right = Math.max(right, i + 1);
    while (right < i + n && along(right + 1) > along(right)) right++;
    top = Math.max(top, right);
    while (top < i + n && across(top + 1) > across(top)) top++;
    left = Math.max(left, top);
    while (left < i + n && along(left + 1) < along(left)) left++;
    yield { c, s, along: along(right) - along(left), across: across(top) - across(i) };
  }
}

/** The convex hull of points of a plane, counter-clockwise (Andrew's monotone chain). */
function planarHull(points: [number, number][]): [number, number][] {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const lower = chain(points);
  const upper = chain(points.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly [number, number][]): [number, number][] {
  const side: [number, number][] = [];
  for (const point of points) {
    while (side.length > 1) {
      const [ax, ay] = side[side.length - 2];
      const [bx, by] = side[side.length - 1];
      if ((bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax) > 0) break;
      side.pop();
    }
    side.push(point);
  }
  return side;
}

function boxOf(directions: [Vector3, Vector3, Vector3], extents: Vector3): OrientedBox {
  const [x, y, z] = extents;
  return { directions, extents, volume: x * y * z, area: 2 * (x * y + y * z + z * x) };
}

/** A vector at a right angle: across the axis that the given one is farthest from. */
function perpendicular(n: Vector3): Vector3 {
  const sizes = n.map(Math.abs);
  const axis = sizes.indexOf(Math.min(...sizes));
  return cross(n, [Number(axis === 0), Number(axis === 1), Number(axis === 2)]);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function combine(u: Vector3, c: number, v: Vector3, s: number): Vector3 {
  return [u[0] * c + v[0] * s, u[1] * c + v[1] * s, u[2] * c + v[2] * s];
}

function unit(a: Vector3): Vector3 {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
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
