import { tridiagonalEigenvalues, tridiagonalise } from './symmetric-eigenvalues.js';
import type { Workspace } from './workspace.js';

/** Up to this size all eigenvalues are found at once; above it the Lanczos iteration is cheaper. */
const LARGEST_DENSE = 40;
/** Lanczos steps between two looks at the eigenvalues. */
const STEPS_BETWEEN_CHECKS = 8;
/** Relative change between two looks below which the eigenvalue has settled. */
const SETTLED = 1e-13;

/**
 * Largest |eigenvalue| of a symmetric matrix.
 *
 * @param matrix n×n, row-major; may be destroyed
 */
export function dominantEigenvalue(matrix: Float64Array, n: number, workspace: Workspace): number {
  if (n > LARGEST_DENSE) {
    const value = lanczos(matrix, n, workspace);
    if (value !== undefined) return value;
  }
  const diagonal = workspace.float64('diagonal', n);
  const offDiagonal = workspace.float64('offDiagonal', n);
  tridiagonalise(matrix, n, diagonal, offDiagonal, workspace);
  return tridiagonalEigenvalues(diagonal, offDiagonal, n) ? largestMagnitude(diagonal, n) : NaN;
}

/**
 * The Lanczos iteration with full reorthogonalisation, which keeps the basis orthogonal to rounding.
 * Returns undefined where it has not settled after n steps.
 */
function lanczos(matrix: Float64Array, n: number, workspace: Workspace): number | undefined {
  const basis: Float64Array[] = [startVector(n)];
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  const d = workspace.float64('diagonal', n);
  const e = workspace.float64('offDiagonal', n);
  let last = NaN;
  for (let step = 0; step < n; step++) {
    const v = basis[step];
    const next = multiply(matrix, v, n);
    diagonal.push(dot(next, v));
    // Twice is enough: the second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis) subtractMultiple(next, q, dot(next, q));
    }
    const norm = Math.sqrt(dot(next, next));
    const finished = norm <= 1e-14 || step === n - 1;
    if (finished || (step + 1) % STEPS_BETWEEN_CHECKS === 0) {
      d.set(diagonal);
      e.set(offDiagonal);
      if (!tridiagonalEigenvalues(d, e, step + 1)) return undefined;
      const value = largestMagnitude(d, step + 1);
      if (finished || Math.abs(value - last) <= SETTLED * value) return value;
      last = value;
    }
    offDiagonal.push(norm);
    for (let i = 0; i < n; i++) next[i] /= norm;
    basis.push(next);
  }
  return undefined;
}

/** A fixed vector without symmetry, so that no eigenvector is orthogonal to it by accident. */
function startVector(n: number): Float64Array {
  const vector = new Float64Array(n);
  let state = 1;
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    vector[i] = state / 4294967296 - 0.5;
  }
  const norm = Math.sqrt(dot(vector, vector));
  for (let i = 0; i < n; i++) vector[i] /= norm;
  return vector;
}

function multiply(matrix: Float64Array, vector: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    const row = i * n;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * vector[j];
    product[i] = sum;
  }
  return product;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtractMultiple(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] -= factor * vector[i];
}

function largestMagnitude(values: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}
