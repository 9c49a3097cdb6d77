import { InvalidArgumentError } from '@steatosis/core';
import type { DenseMatrix } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';

/** How the values of a grid are chosen. */
export interface GridRule {
  /** Quantiles between which the values lie evenly. */
  percentiles: readonly [number, number];
  /** Number of values; a feature with fewer distinct ones gives those. */
  resolution: number;
  /** Whether all distinct values are taken, however many there are. */
  isCategorical: boolean;
}

/**
 * Values of a feature at which a model is asked, by scikit-learn's rule: all distinct values if there are fewer than
 * `resolution`, otherwise evenly spaced ones between two quantiles. Missing values are left out.
 *
 * @throws InvalidDataError when the feature has no values or its quantiles coincide
 */
export function featureGrid(
  { data, rows, columns }: DenseMatrix,
  feature: number,
  { percentiles, resolution, isCategorical }: GridRule,
): Float64Array {
  const sorted = Float64Array.from({ length: rows }, (_, row) => data[row * columns + feature])
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length === 0) {
    throw new InvalidDataError(
      'x',
      'all values are missing, so there is no grid for the feature.',
      {
        column: feature,
      },
    );
  }
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (isCategorical || distinct.length < resolution) return distinct;
  const from = quantile(sorted, percentiles[0]);
  const to = quantile(sorted, percentiles[1]);
  if (Math.abs(from - to) <= 1e-8 + 1e-5 * Math.abs(to)) {
    throw new InvalidDataError(
      'x',
      `its quantiles ${percentiles[0]} and ${percentiles[1]} are ${from} and ${to}, too close for a grid; ` +
        'choose percentiles further apart or give the grid yourself.',
      { column: feature },
    );
  }
  const step = (to - from) / (resolution - 1);
  return Float64Array.from({ length: resolution }, (_, i) =>
    i === resolution - 1 ? to : from + i * step,
  );
}

/**
 * Quantile of sorted values with plotting positions α = β = 0.4 (Cunnane 1978), as SciPy's `mquantiles` has it.
 */
function quantile(sorted: Float64Array, p: number): number {
  const n = sorted.length;
  if (n === 1) return sorted[0];
  const position = n * p + 0.4 + p * (1 - 0.4 - 0.4);
  const k = Math.floor(Math.min(Math.max(position, 1), n - 1));
  const share = Math.min(Math.max(position - k, 0), 1);
  return (1 - share) * sorted[k - 1] + share * sorted[k];
}

/** Check a grid that was given. */
export function givenGrid(values: ArrayLike<number>, feature: number): Float64Array {
  const grid = Float64Array.from(values);
  if (grid.length === 0 || grid.some((value) => !Number.isFinite(value))) {
    throw new InvalidArgumentError(
      `grid of feature ${feature}`,
      values,
      'one or more finite numbers',
    );
  }
  return grid;
}
