/** A pivot below this share of its diagonal element counts as none. */
const SINGULAR = 1e-10;

/**
 * Solve `A X = B` in place for a symmetric, positive semidefinite A (Cholesky). Rows whose pivot is
 * lost to the others are left out: their part of the solution is 0.
 *
 * @param a n × n, row-major; the lower triangle is read and replaced by the factor
 * @param b n × columns, row-major; replaced by the solution
 */
export function solveSymmetric(a: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let j = 0; j < n; j++) {
    const diagonal = a[j * n + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k];
    const inverse = pivot > SINGULAR * diagonal ? 1 / Math.sqrt(pivot) : 0;
    a[j * n + j] = inverse;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = sum * inverse;
    }
  }
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = b[i * columns + c];
      for (let k = 0; k < i; k++) sum -= a[i * n + k] * b[k * columns + c];
      b[i * columns + c] = sum * a[i * n + i];
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = b[i * columns + c];
      for (let k = i + 1; k < n; k++) sum -= a[k * n + i] * b[k * columns + c];
      b[i * columns + c] = sum * a[i * n + i];
    }
  }
}
