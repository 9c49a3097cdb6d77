import type { Vector3 } from '@steatosis/core';
import { tridiagonalEigenvalues, tridiagonalise } from '../../kernels/symmetric-eigenvalues.js';
import type { Workspace } from '../../kernels/workspace.js';

/** An ellipsoid {p : (p − c)ᵀ·S⁻¹·(p − c) ≤ 1}. */
export interface Ellipsoid {
  /** c */
  readonly centre: Vector3;
  /** S⁻¹, row-major. */
  readonly inverseShape: readonly number[];
  /** Descending. */
  readonly semiAxes: readonly [number, number, number];
}

/** Rows of a lifted point: x, y, z, 1. */
const ROWS = 4;
/** How far the weights may be from optimal: about as much as the volume may exceed the least, relatively. */
const TOLERANCE = 1e-9;
/** Far more than convex hulls of masks need; the ellipsoid encloses its points after any number. */
const MOST_ROUNDS = 1000;
const MOST_STEPS = 5000;

/**
 * The ellipsoid of least volume around points, found by Khachiyan's algorithm with steps away from
 * points as well as towards them (Todd and Yıldırım 2007), which makes it converge linearly. The ellipsoid
 * rests on a few points, so the steps go over those few that may matter, and the point that then lies
 * farthest out joins them.
 *
 * @param points x, y, z triples, not all in one plane
 */
export function enclosingEllipsoid(points: Float64Array, workspace: Workspace): Ellipsoid {
  const { middle, scales, scaled } = standardise(points);
  const weights = optimalWeights(scaled);
  const centre: Vector3 = [0, 0, 0];
  for (let i = 0; i < weights.length; i++) {
    for (let axis = 0; axis < 3; axis++) centre[axis] += weights[i] * scaled[3 * i + axis];
  }
  const scatter = new Float64Array(9);
  for (let i = 0; i < weights.length; i++) {
    const d = centre.map((c, axis) => scaled[3 * i + axis] - c);
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) scatter[3 * a + b] += weights[i] * d[a] * d[b];
    }
  }
  // As large as the outermost point needs it, whatever is left of the error of the weights.
  const inverse = invert(scatter, 3);
  let square = 0;
  for (let i = 0; i < weights.length; i++) {
    const d = centre.map((c, axis) => scaled[3 * i + axis] - c);
    square = Math.max(square, quadraticForm(inverse, d, 0, 3));
  }
  const shape = scatter.map((s, i) => s * square * scales[Math.floor(i / 3)] * scales[i % 3]);
  return {
    centre: centre.map((c, axis) => middle[axis] + c * scales[axis]) as Vector3,
    inverseShape: Array.from(invert(shape, 3)),
    semiAxes: rootsOfEigenvalues(shape, workspace),
  };
}

/** The points in a box from −1 to 1, so that no axis dominates the arithmetic. */
function standardise(points: Float64Array) {
  const middle: Vector3 = [0, 0, 0];
  const scales: Vector3 = [1, 1, 1];
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity;
    let high = -Infinity;
    for (let i = axis; i < points.length; i += 3) {
      low = Math.min(low, points[i]);
      high = Math.max(high, points[i]);
    }
    middle[axis] = (low + high) / 2;
    scales[axis] = (high - low) / 2;
  }
  const scaled = points.map((p, i) => (p - middle[i % 3]) / scales[i % 3]);
  return { middle, scales, scaled };
}

/** Weights of the points, adding up to 1, of which the optimal ellipsoid is the ellipsoid of inertia. */
function optimalWeights(points: Float64Array): Float64Array {
  const count = points.length / 3;
  const weights = new Float64Array(count);
  const lifted = new Float64Array(ROWS * count).fill(1);
  for (let i = 0; i < count; i++) lifted.set(points.subarray(3 * i, 3 * i + 3), ROWS * i);
  const moments = new Float64Array(ROWS * ROWS);
  const everyPoint = Array.from(weights.keys());
  // On a tetrahedron equal weights are optimal.
  let active = tetrahedron(points);
  for (const i of active) weights[i] = 1 / ROWS;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    weightedMoments(lifted, weights, active, moments);
    const { outermost, most } = extremes(lifted, weights, everyPoint, invert(moments, ROWS));
    const excess = most / ROWS - 1;
    if (excess <= TOLERANCE) break;
    if (!active.includes(outermost)) active.push(outermost);
    // There is no need to know a set that will grow better than to a part of what it misses.
    improveWeights(lifted, weights, active, Math.max(TOLERANCE / 4, excess / 10));
    active = active.filter((i) => weights[i] > 0);
  }
  return weights;
}

/** Move weight to the outermost of some points or off the innermost, until it is optimal for them. */
function improveWeights(
  lifted: Float64Array,
  weights: Float64Array,
  active: readonly number[],
  tolerance: number,
): void {
  const moments = new Float64Array(ROWS * ROWS);
  for (let step = 0; step < MOST_STEPS; step++) {
    weightedMoments(lifted, weights, active, moments);
    const inverse = invert(moments, ROWS);
    const { outermost, most, innermost, least } = extremes(lifted, weights, active, inverse);
    const excess = most / ROWS - 1;
    const deficit = 1 - least / ROWS;
    if (excess <= tolerance && deficit <= tolerance) break;
    const towards = excess >= deficit;
    const chosen = towards ? outermost : innermost;
    const distance = towards ? most : least;
    let beta = (distance - ROWS) / (ROWS * (distance - 1));
    // A step away takes at most all the weight that the point has.
    const floor = -weights[chosen] / (1 - weights[chosen]);
    const drop = !towards && (beta <= floor || distance <= 1);
    if (drop) beta = floor;
    for (const i of active) weights[i] *= 1 - beta;
    weights[chosen] = drop ? 0 : weights[chosen] + beta;
  }
}

/** Four points that are not in one plane, far from one another. */
function tetrahedron(points: Float64Array): number[] {
  const at = (i: number) => points.subarray(3 * i, 3 * i + 3);
  const a = farthest(points, (p) => -p[0]);
  const b = farthest(points, (p) => squaredDistance(p, at(a)));
  const c = farthest(points, (p) => {
    const n = crossOf(at(a), at(b), p);
    return n[0] ** 2 + n[1] ** 2 + n[2] ** 2;
  });
  const normal = crossOf(at(a), at(b), at(c));
  const origin = at(a);
  const d = farthest(points, (p) =>
    Math.abs(normal.reduce((sum, n, axis) => sum + n * (p[axis] - origin[axis]), 0)),
  );
  return [a, b, c, d];
}

function farthest(points: Float64Array, value: (p: Float64Array) => number): number {
  let best = 0;
  let largest = -Infinity;
  for (let i = 0; i < points.length / 3; i++) {
    const v = value(points.subarray(3 * i, 3 * i + 3));
    if (v > largest) {
      largest = v;
      best = i;
    }
  }
  return best;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

/** (b − a) × (c − a) */
function crossOf(a: Float64Array, b: Float64Array, c: Float64Array): Vector3 {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}

function weightedMoments(
  lifted: Float64Array,
  weights: Float64Array,
  active: readonly number[],
  moments: Float64Array,
): void {
  moments.fill(0);
  for (const i of active) {
    const at = ROWS * i;
    for (let a = 0; a < ROWS; a++) {
      const scaled = weights[i] * lifted[at + a];
      for (let b = 0; b <= a; b++) moments[ROWS * a + b] += scaled * lifted[at + b];
    }
  }
  for (let a = 0; a < ROWS; a++) {
    for (let b = 0; b < a; b++) moments[ROWS * b + a] = moments[ROWS * a + b];
  }
}

/** Of some points the one that lies farthest out, and of those with weight the one farthest in. */
function extremes(
  lifted: Float64Array,
  weights: Float64Array,
  among: readonly number[],
  inverse: Float64Array,
) {
  let outermost = 0;
  let most = -Infinity;
  let innermost = 0;
  let least = Infinity;
  for (const i of among) {
    const distance = quadraticForm(inverse, lifted, ROWS * i, ROWS);
    if (distance > most) {
      most = distance;
      outermost = i;
    }
    if (weights[i] > 0 && distance < least) {
      least = distance;
      innermost = i;
    }
  }
  return { outermost, most, innermost, least };
}

/** The form of a symmetric matrix at the n numbers of v from `at` on. */
function quadraticForm(matrix: Float64Array, v: ArrayLike<number>, at: number, n: number): number {
  let sum = 0;
  for (let a = 0; a < n; a++) {
    let row = 0;
    for (let b = 0; b < n; b++) row += matrix[n * a + b] * v[at + b];
    sum += row * v[at + a];
  }
  return sum;
}

/** The inverse of a symmetric positive definite matrix of n rows (Gauss–Jordan). */
function invert(matrix: Float64Array, n: number): Float64Array {
  const m = matrix.slice();
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[n * i + i] = 1;
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = 1 / m[n * pivot + pivot];
    for (let b = 0; b < n; b++) {
      m[n * pivot + b] *= scale;
      inverse[n * pivot + b] *= scale;
    }
    for (let a = 0; a < n; a++) {
      if (a === pivot) continue;
      const factor = m[n * a + pivot];
      for (let b = 0; b < n; b++) {
        m[n * a + b] -= factor * m[n * pivot + b];
        inverse[n * a + b] -= factor * inverse[n * pivot + b];
      }
    }
  }
  return inverse;
}

function rootsOfEigenvalues(matrix: Float64Array, workspace: Workspace): [number, number, number] {
  const diagonal = new Float64Array(3);
  const offDiagonal = new Float64Array(3);
  tridiagonalise(matrix.slice(), 3, diagonal, offDiagonal, workspace);
  tridiagonalEigenvalues(diagonal, offDiagonal, 3);
  return Array.from(diagonal, Math.sqrt).sort((a, b) => b - a) as [number, number, number];
}
