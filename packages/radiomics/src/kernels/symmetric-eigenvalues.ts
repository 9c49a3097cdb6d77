import type { Workspace } from './workspace.js';

/** Sweeps that the QL iteration may need per eigenvalue before it is given up. */
const MOST_SWEEPS = 60;
/** What is smaller than this counts as 0: its square could underflow. */
const NEGLIGIBLE = 1e-140;

/**
 * Reduce a symmetric matrix to tridiagonal form by Householder reflections, in place.
 *
 * @param matrix n×n, row-major; destroyed
 * @param diagonal n values, filled
 * @param offDiagonal n values, filled; entry i couples i and i + 1, the last is 0
 */
export function tridiagonalise(
  matrix: Float64Array,
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  workspace: Workspace,
): void {
  const w = workspace.float64('householder', n);
  for (let i = 0; i < n - 2; i++) {
    // The reflection that leaves one entry below the diagonal of column i, kept in row i.
    let squares = 0;
    for (let j = i + 2; j < n; j++) squares += matrix[i * n + j] ** 2;
    diagonal[i] = matrix[i * n + i];
    const alpha = matrix[i * n + i + 1];
    if (squares <= NEGLIGIBLE ** 2) {
      offDiagonal[i] = alpha;
      continue;
    }
    const norm = Math.sqrt(alpha * alpha + squares);
    const beta = alpha > 0 ? -norm : norm;
    offDiagonal[i] = beta;
    const head = alpha - beta;
    const scale = 2 / (head * head + squares);
    matrix[i * n + i + 1] = head;
    reflectRemainder(matrix, n, i, scale, w);
  }
  if (n > 1) {
    diagonal[n - 2] = matrix[(n - 2) * n + n - 2];
    offDiagonal[n - 2] = matrix[(n - 2) * n + n - 1];
  }
  diagonal[n - 1] = matrix[n * n - 1];
  offDiagonal[n - 1] = 0;
}

/** A ← H A H on rows and columns above i, with H = 1 − scale·v vᵀ and v in row i of the matrix. */
function reflectRemainder(
  matrix: Float64Array,
  n: number,
  i: number,
  scale: number,
  w: Float64Array,
): void {
  const v = i * n;
  for (let j = i + 1; j < n; j++) w[j] = 0;
  // The upper triangle alone is read and written.
  for (let j = i + 1; j < n; j++) {
    const row = j * n;
    const vj = matrix[v + j];
    let sum = matrix[row + j] * vj;
    for (let k = j + 1; k < n; k++) {
      const a = matrix[row + k];
      sum += a * matrix[v + k];
      w[k] += a * vj;
    }
    w[j] += sum;
  }
  let dot = 0;
  for (let j = i + 1; j < n; j++) {
    w[j] *= scale;
    dot += w[j] * matrix[v + j];
  }
  const half = (scale * dot) / 2;
  for (let j = i + 1; j < n; j++) w[j] -= half * matrix[v + j];
  for (let j = i + 1; j < n; j++) {
    const row = j * n;
    const vj = matrix[v + j];
    const wj = w[j];
    for (let k = j; k < n; k++) matrix[row + k] -= vj * w[k] + wj * matrix[v + k];
  }
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix by the implicit QL iteration, in no order, in place.
 *
 * @param diagonal n values; replaced by the eigenvalues
 * @param offDiagonal n values, entry i couples i and i + 1; destroyed
 * @returns whether every eigenvalue converged
 */
export function tridiagonalEigenvalues(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  n: number,
): boolean {
  offDiagonal[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(offDiagonal[m]) <= Math.max(NEGLIGIBLE, 2 ** -53 * size)) break;
        m++;
      }
      if (m === l) break;
      if (sweep === MOST_SWEEPS) return false;
      sweepQL(diagonal, offDiagonal, l, m);
    }
  }
  return true;
}

/** One implicit QL sweep with Wilkinson's shift over the unreduced block l … m. */
function sweepQL(d: Float64Array, e: Float64Array, l: number, m: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = Math.sqrt(g * g + 1);
  g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * s + 2 * c * b;
    p = s * r;
    d[i + 1] = g + p;
    g = c * r - b;
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
