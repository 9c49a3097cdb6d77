import { Matrix, QrDecomposition } from 'ml-matrix';

/** Upper triangular matrix R, row by row. */
export type Triangle = Float64Array[];

/**
 * R of the QR decomposition of the columns, each row times its factor. Rows are taken in blocks on top of which stands R
 * of those before, so that a million of them need no matrix of their own size.
 *
 * @internal
 */
export function triangle(columns: readonly Float64Array[], factors?: Float64Array): Triangle {
  const p = columns.length;
  const n = columns[0].length;
  let r = Matrix.zeros(p, p);
  for (let first = 0; first < n; first += BLOCK) {
    const rows = Math.min(BLOCK, n - first);
    const block = Matrix.zeros(p + rows, p);
    block.setSubMatrix(r, 0, 0);
    for (let i = 0; i < rows; i++) {
      const factor = factors === undefined ? 1 : factors[first + i];
      for (let j = 0; j < p; j++) block.set(p + i, j, factor * columns[j][first + i]);
    }
    r = new QrDecomposition(block).upperTriangularMatrix;
  }
  return r.to2DArray().map((row) => Float64Array.from(row));
}

const BLOCK = 2048;

/**
 * Which columns depend on those before them: what they add is within the rounding of the data or of the decomposition.
 *
 * @param rounding of each column relative to its norm
 */
export function dependentColumns(
  r: Triangle,
  rounding: (j: number, norm: number) => number,
): number[] {
  const norms = columnNorms(r);
  const numbers = r.map((_, j) => j);
  return numbers.filter((j) => {
    const norm = norms[j];
    return !(Math.abs(r[j][j]) > norm * Math.max(LEAST_SHARE, rounding(j, norm)));
  });
}

/** Norms of the columns of which R is. */
export function columnNorms(r: Triangle): number[] {
  return r.map((_, j) => Math.hypot(...r.slice(0, j + 1).map((row) => row[j])));
}

/** Of a column's norm that must be its own; an exact sum of other columns leaves some 1e-16. */
const LEAST_SHARE = 1e-12;

/** x of Rᵀ R x = b. */
export function solveNormal(r: Triangle, b: Float64Array): Float64Array {
  const x = solveTransposed(r, b);
  for (let i = r.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < r.length; j++) x[i] -= r[i][j] * x[j];
    x[i] /= r[i][i];
  }
  return x;
}

/** x of Rᵀ x = b. */
export function solveTransposed(r: Triangle, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < r.length; i++) {
    for (let j = 0; j < i; j++) x[i] -= r[j][i] * x[j];
    x[i] /= r[i][i];
  }
  return x;
}

/** (Rᵀ R)⁻¹ */
export function inverseOfNormal(r: Triangle): Float64Array[] {
  return r.map((_, j) => solveNormal(r, unitVector(r.length, j)));
}

/** How scores become changes of the coefficients. */
export interface CoefficientMap {
  /** T (Rᵀ R)⁻¹, where T takes coefficients of centred columns to those of the data: all stay but the intercept. */
  rows: Float64Array[];
  /** T (Rᵀ R)⁻¹ Tᵀ */
  covariance: Float64Array[];
}

/**
 * The intercept's row is solved for rather than put together from the others, which would cancel where columns are nearly dependent.
 *
 * @param first row of T
 */
export function coefficientMap(r: Triangle, first: Float64Array): CoefficientMap {
  const rows = inverseOfNormal(r);
  rows[0] = solveNormal(r, first);
  return mapWithCovariance(rows, sumOfSquares(solveTransposed(r, first)));
}

/** @param variance of the intercept: the first row of T times the first of `rows` */
export function mapWithCovariance(rows: Float64Array[], variance: number): CoefficientMap {
  const covariance = rows.map((row, j) =>
    row.map((value, k) => (j === 0 ? value : k === 0 ? rows[0][j] : (value + rows[k][j]) / 2)),
  );
  covariance[0][0] = variance;
  return { rows, covariance };
}

export function sumOfSquares(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value * value, 0);
}

export function unitVector(length: number, j: number): Float64Array {
  const unit = new Float64Array(length);
  unit[j] = 1;
  return unit;
}
