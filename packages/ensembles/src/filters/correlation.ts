import type { DenseMatrix } from '../data/matrix.js';

/** One feature, prepared for correlating it with others. */
export interface PreparedColumn {
  /** The values as they are. */
  values: Float64Array;
  hasMissing: boolean;
  /** Values or their ranks, centred, divided by their length; undefined if constant or with missing values. */
  standard: Float64Array | undefined;
}

export type CorrelationMethod = 'pearson' | 'spearman';

/** Every column of the matrix, ready for {@link correlationOf}. */
export function prepareColumns(
  { data, rows, columns }: DenseMatrix,
  method: CorrelationMethod,
): PreparedColumn[] {
  return Array.from({ length: columns }, (_, column) => {
    const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]);
    const hasMissing = values.some(Number.isNaN);
    return { values, hasMissing, standard: hasMissing ? undefined : standardised(values, method) };
  });
}

/**
 * Correlation of two columns over the rows where both have a value: Pearson's, or Pearson's of the ranks (ties share
 * their mean rank). NaN where one of the two is constant there, which includes fewer than two rows.
 */
export function correlationOf(
  a: PreparedColumn,
  b: PreparedColumn,
  method: CorrelationMethod,
): number {
  if (!a.hasMissing && !b.hasMissing) return product(a.standard, b.standard);
  const both = (_: number, row: number): boolean =>
    !Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row]);
  return product(
    standardised(a.values.filter(both), method),
    standardised(b.values.filter(both), method),
  );
}

function product(a: Float64Array | undefined, b: Float64Array | undefined): number {
  if (!a || !b) return Number.NaN;
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row] * b[row];
  return Math.min(Math.max(sum, -1), 1);
}

function standardised(values: Float64Array, method: CorrelationMethod): Float64Array | undefined {
  const numbers = method === 'spearman' ? meanRanks(values) : values;
  // Before anything is squared, so that neither huge nor tiny values leave the range of float64.
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return undefined;
  const scaled = numbers.map((value) => value / largest);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  const centred = scaled.map((value) => value - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  // What the rounding of the mean leaves of a constant column.
  const rounding = scaled.length ** 1.5 * Number.EPSILON * Math.abs(mean);
  if (length <= rounding) return undefined;
  return centred.map((value) => value / length);
}

/** Ranks from 1; equal values share the mean of their ranks. */
function meanRanks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    for (let i = first; i < end; i++) ranks[order[i]] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}
