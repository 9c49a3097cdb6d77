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
  const points = Float64Array.from(hull.points, (n, i) => n * step[i % 3]);
  let best: OrientedBox | undefined;
  for (const direction of directionsToTry(hull, step)) {
    const box = smallestBoxAcross(points, direction);
    if (best === undefined || isSmaller(box, best)) best = box;
  }
  let box = best!;
  for (let improved = true; improved;) {
    improved = false;
    for (const direction of box.directions) {
      const turned = smallestBoxAcross(points, direction);
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

/** The smallest box with a face across a direction: on it, the smallest rectangle lies along an edge. */
function smallestBoxAcross(points: Float64Array, normal: Vector3): OrientedBox {
  const u = unit(perpendicular(normal));
  const v = cross(normal, u);
  let low = Infinity;
  let high = -Infinity;
  const flat: [number, number][] = [];
  for (let i = 0; i < points.length; i += 3) {
    const p: Vector3 = [points[i], points[i + 1], points[i + 2]];
    const height = dot(p, normal);
    low = Math.min(low, height);
    high = Math.max(high, height);
    flat.push([dot(p, u), dot(p, v)]);
  }
  const outline = planarHull(flat);
  let best: OrientedBox | undefined;
  for (let i = 0; i < outline.length; i++) {
    const [ax, ay] = outline[i];
    const [bx, by] = outline[(i + 1) % outline.length];
    const length = Math.hypot(bx - ax, by - ay);
    const c = (bx - ax) / length;
    const s = (by - ay) / length;
    const [along, across] = extentsAlong(outline, c, s);
    const box = boxOf(
      [normal, combine(u, c, v, s), combine(u, -s, v, c)],
      [high - low, along, across],
    );
    if (best === undefined || isSmaller(box, best)) best = box;
  }
  return best!;
}

function extentsAlong(
  outline: readonly (readonly [number, number])[],
  c: number,
  s: number,
): [number, number] {
  let lowU = Infinity;
  let highU = -Infinity;
  let lowV = Infinity;
  let highV = -Infinity;
  for (const [x, y] of outline) {
    const along = x * c + y * s;
    const across = y * c - x * s;
    if (along < lowU) lowU = along;
    if (along > highU) highU = along;
    if (across < lowV) lowV = across;
    if (across > highV) highV = across;
  }
  return [highU - lowU, highV - lowV];
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
