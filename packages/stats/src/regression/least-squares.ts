import { compensatedSum } from '../numeric/sum.js';
import { interceptRow, type StandardColumns } from './standard-columns.js';
import {
  type CoefficientMap,
  coefficientMap,
  columnNorms,
  dependentColumns,
  mapWithCovariance,
  solveNormal,
  triangle,
  type Triangle,
  unitVector,
} from './triangle.js';
import { productError, TwofoldSum } from './twofold.js';

/** A weighted least squares fit in standard columns. */
export interface LeastSquares {
  /** Coefficients as the sum of two doubles. */
  high: Float64Array;
  low: Float64Array;
  /** y − ŷ */
  residuals: Float64Array;
  /** R of the weighted columns. */
  root: Triangle;
  /** With T (Zᵀ W Z)⁻¹ Tᵀ as covariance. */
  map: CoefficientMap;
}

const MOST_STEPS = 20;

/**
 * Minimises Σ wᵢ (yᵢ − zᵢᵀγ)². R of a QR decomposition gives a first solution, which is refined by residuals in twice the
 * working precision until it stands: right to the last digits as long as the columns are independent in double precision at all.
 *
 * Source: Björck (1996, Numerical Methods for Least Squares Problems), §2.9 and §6.6.5 (corrected seminormal equations).
 *
 * @param y about 1 in size
 * @returns the numbers of the columns that depend on those before them, if there are any
 * @internal
 */
export function leastSquares(
  columns: StandardColumns,
  y: Float64Array,
  weights?: Float64Array,
): LeastSquares | { dependent: number[] } {
  const r = independentRoot(columns, weights);
  if ('dependent' in r) return r;
  const residuals = new Float64Array(y.length);
  const zeros = new Float64Array(r.length);
  const { high, low, lastChange } = refined(r, (x, xLow) =>
    score(columns, weights, { y, plus: zeros }, x, xLow, residuals),
  );
  // The residuals are those before the last step.
  columns.high.forEach((column, j) => {
    for (let i = 0; i < y.length; i++) residuals[i] -= lastChange[j] * column[i];
  });
  return { high, low, residuals, root: r, map: refinedMap(columns, r, weights) };
}

/**
 * R of the weighted columns, or the numbers of those that depend on the ones before them.
 *
 * @internal
 */
export function independentRoot(
  columns: StandardColumns,
  weights?: Float64Array,
): Triangle | { dependent: number[] } {
  const r = triangle(columns.high, weights?.map(Math.sqrt));
  const rows = columns.high[0].length;
  const size = Math.sqrt(weights === undefined ? rows : compensatedSum(weights));
  const dependent = dependentColumns(
    r,
    (j, norm) => (2 ** -53 * columns.magnitudes[j] * size) / norm,
  );
  return dependent.length > 0 ? { dependent } : r;
}

/** Solve Rᵀ R x = b by steps from 0, given what is left of b at x. */
function refined(
  r: Triangle,
  left: (high: Float64Array, low: Float64Array) => Float64Array,
): { high: Float64Array; low: Float64Array; lastChange: Float64Array } {
  const high = new Float64Array(r.length);
  const low = new Float64Array(r.length);
  const norms = columnNorms(r);
  let lastChange: Float64Array = new Float64Array(r.length);
  let last = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    const change = solveNormal(r, left(high, low));
    let largest = 0;
    let size = 0;
    for (let j = 0; j < r.length; j++) {
      largest = Math.max(largest, Math.abs(change[j]) * norms[j]);
      size = Math.max(size, Math.abs(high[j] + change[j]) * norms[j]);
    }
    lastChange.fill(0);
    if (largest === 0) break;
    const relative = largest / size;
    for (let j = 0; j < r.length; j++) {
      const value = high[j];
      high[j] = value + (low[j] + change[j]);
      low[j] += value - high[j] + change[j];
    }
    lastChange = change;
    // The next step would be this one times the rate at which they shrink.
    if (step > 0 && relative * (relative / last) < 1e-20) break;
    last = relative;
  }
  return { high, low, lastChange };
}

/** The map from scores to coefficients; refined like the solution where the condition would cost digits. */
function refinedMap(
  columns: StandardColumns,
  r: Triangle,
  weights: Float64Array | undefined,
): CoefficientMap {
  const first = interceptRow(columns);
  const sizes = r.map((row, j) => Math.abs(row[j]));
  if (Math.min(...sizes) > 1e-3 * Math.max(...sizes)) return coefficientMap(r, first);
  const variance = new TwofoldSum();
  const rows = r.map((_, j) => {
    const plus = j === 0 ? first : unitVector(r.length, j);
    const { high, low } = refined(r, (x, xLow) => score(columns, weights, { plus }, x, xLow));
    if (j === 0) {
      high.forEach((value, k) => {
        variance.addProduct(value, first[k]);
        variance.low += low[k] * first[k];
      });
    }
    return high.map((value, k) => value + low[k]);
  });
  return mapWithCovariance(rows, variance.total());
}

/** Zᵀ W (y − Z γ) + plus in twice the working precision; y 0 where it is not given. */
function score(
  { high: z, low: zLow }: StandardColumns,
  weights: Float64Array | undefined,
  { y, plus }: { y?: Float64Array; plus: Float64Array },
  gamma: Float64Array,
  gammaLow: Float64Array,
  residuals?: Float64Array,
): Float64Array {
  const p = z.length;
  const sums = Array.from({ length: p }, (_, j) => {
    const sum = new TwofoldSum();
    sum.add(plus[j]);
    return sum;
  });
  const residual = new TwofoldSum();
  for (let i = 0; i < z[0].length; i++) {
    residual.reset();
    if (y !== undefined) residual.add(y[i]);
    for (let j = 0; j < p; j++) {
      residual.addProduct(-gamma[j], z[j][i]);
      residual.low -= gammaLow[j] * z[j][i] + gamma[j] * zLow[j][i];
    }
    if (residuals !== undefined) residuals[i] = residual.total();
    const weight = weights === undefined ? 1 : weights[i];
    const value = residual.total();
    const valueLow = residual.high - value + residual.low;
    const weighted = weight * value;
    const weightedLow = productError(weight, value, weighted) + weight * valueLow;
    for (let j = 0; j < p; j++) {
      sums[j].addProduct(weighted, z[j][i]);
      sums[j].low += weightedLow * z[j][i] + weighted * zLow[j][i];
    }
  }
  return Float64Array.from(sums, (sum) => sum.total());
}
