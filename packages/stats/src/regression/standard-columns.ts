import { meanOf } from '../numeric/centre.js';
import { TwofoldSum } from './twofold.js';

/**
 * The columns of a model about their means in units of powers of two, so that neither an offset nor the units worsen the
 * condition. Each value stands as a sum of two doubles, which is exact: a fit to them is a fit to the data.
 */
export interface StandardColumns {
  /** zᵢⱼ = (xᵢⱼ − means[j]) / scales[j], rounded; the intercept's ones first. */
  high: Float64Array[];
  /** What the rounding left. */
  low: Float64Array[];
  /** 0 for the intercept, and for all columns of a model without one. */
  means: Float64Array;
  scales: Float64Array;
  /** Size of each column before it was centred, in its scale: 2⁻⁵³ of it is the rounding of the data. */
  magnitudes: Float64Array;
  intercept: boolean;
}

/**
 * @param n rows, for a model of the intercept alone
 * @internal
 */
export function standardColumns(
  columns: readonly Float64Array[],
  intercept: boolean,
  n: number,
): StandardColumns {
  const first = intercept ? 1 : 0;
  const p = columns.length + first;
  const standard: StandardColumns = {
    high: [],
    low: [],
    means: new Float64Array(p),
    scales: new Float64Array(p).fill(1),
    magnitudes: new Float64Array(p).fill(1),
    intercept,
  };
  if (intercept) {
    standard.high.push(new Float64Array(n).fill(1));
    standard.low.push(new Float64Array(n));
  }
  columns.forEach((column, j) => {
    const mean = intercept ? meanOf(column) : 0;
    let largest = 0;
    let magnitude = 0;
    for (let i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(column[i] - mean));
      magnitude = Math.max(magnitude, Math.abs(column[i]));
    }
    const scale = powerOfTwo(largest);
    const high = new Float64Array(n);
    const low = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const difference = column[i] - mean;
      const part = difference - column[i];
      high[i] = difference / scale;
      low[i] = (column[i] - (difference - part) + (-mean - part)) / scale;
    }
    standard.high.push(high);
    standard.low.push(low);
    standard.means[first + j] = mean;
    standard.scales[first + j] = scale;
    standard.magnitudes[first + j] = magnitude / scale;
  });
  return standard;
}

/** The greatest power of two that is not above `size`; 1 for 0. */
export function powerOfTwo(size: number): number {
  return size === 0 ? 1 : 2 ** Math.max(-1020, Math.floor(Math.log2(size)));
}

/** Coefficients of the data's own columns from those of the standard columns, given as high and low parts. */
export function originalCoefficients(
  columns: StandardColumns,
  high: Float64Array,
  low: Float64Array = new Float64Array(high.length),
): Float64Array {
  const coefficients = high.map((value, j) => (value + low[j]) / columns.scales[j]);
  if (!columns.intercept) return coefficients;
  const row = interceptRow(columns);
  const sum = new TwofoldSum();
  for (let j = 0; j < high.length; j++) {
    sum.addProduct(high[j], row[j]);
    sum.low += low[j] * row[j];
  }
  coefficients[0] = sum.total();
  return coefficients;
}

/** The intercept of the data's own columns as a combination of the standard coefficients; (1, 0, …) without one. */
export function interceptRow({ means, scales }: StandardColumns): Float64Array {
  return Float64Array.from(means, (mean, j) => (j === 0 && mean === 0 ? 1 : -mean / scales[j]));
}

/** Covariance and standard errors in the data's own units; the errors do not overflow where their squares would. */
export function inOriginalUnits(
  { scales }: StandardColumns,
  covariance: readonly Float64Array[],
  unit = 1,
): { covariance: number[][]; standardErrors: number[] } {
  const units = Array.from(scales, (scale) => unit / scale);
  return {
    covariance: covariance.map((row, j) =>
      Array.from(row, (value, k) => value * units[j] * units[k]),
    ),
    standardErrors: covariance.map((row, j) => Math.sqrt(row[j]) * units[j]),
  };
}
