import { quantileOfSorted } from '../descriptive/quantiles.js';
import type { Interval } from '../reason.js';
import { RunningSum } from '../roc/placements.js';
import { normalQuantile, normalUpper } from '../special/normal.js';

/** How an interval follows from replicates. */
export type BootstrapIntervalKind = 'percentile' | 'basic' | 'normal' | 'bca';

/** What all kinds take. */
export interface ReplicatesOfEstimate {
  /** Upwards, without NaN, at least two. */
  sorted: Float64Array;
  estimate: number;
  level: number;
  /** Where the parameter can lie; `'basic'` and `'normal'` are cut there. */
  range: Interval;
}

/** Which quantiles BCa takes, and why. */
export interface BcaShares {
  /** z₀; infinite where all replicates lie on one side of the estimate. */
  biasCorrection: number;
  shares: Interval;
}

/** @internal */
export function intervalOfReplicates(
  kind: BootstrapIntervalKind,
  of: ReplicatesOfEstimate,
  acceleration: number,
): Interval {
  const { sorted, estimate, level, range } = of;
  const tail = (1 - level) / 2;
  const quantile = (p: number) => quantileOfSorted(sorted, p, 7);
  const cut = (low: number, high: number): Interval => [
    Math.max(range[0], low),
    Math.min(range[1], high),
  ];
  switch (kind) {
    case 'percentile':
      return [quantile(tail), quantile(1 - tail)];
    case 'basic':
      return cut(2 * estimate - quantile(1 - tail), 2 * estimate - quantile(tail));
    case 'normal': {
      const reach = -normalQuantile(tail) * Math.sqrt(varianceOf(sorted));
      return cut(estimate - reach, estimate + reach);
    }
    default: {
      const { shares } = bcaShares(of, acceleration);
      return Number.isNaN(shares[0]) ? shares : [quantile(shares[0]), quantile(shares[1])];
    }
  }
}

/**
 * Φ(z₀ + (z₀ ± z)/(1 − a (z₀ ± z))), z₀ from the share of replicates below the estimate, ties half (Efron 1987, JASA 82:171).
 *
 * @internal
 */
export function bcaShares(
  { sorted, estimate, level }: ReplicatesOfEstimate,
  acceleration: number,
): BcaShares {
  let twiceBelow = 0;
  for (const value of sorted) twiceBelow += value < estimate ? 2 : value === estimate ? 1 : 0;
  const z0 = normalQuantile(twiceBelow / (2 * sorted.length));
  if (!Number.isFinite(z0) || Number.isNaN(acceleration)) {
    return { biasCorrection: z0, shares: [Number.NaN, Number.NaN] };
  }
  const share = (z: number) => normalUpper(-(z0 + (z0 + z) / (1 - acceleration * (z0 + z))));
  const z = normalQuantile((1 - level) / 2);
  return { biasCorrection: z0, shares: [share(z), share(-z)] };
}

/** With n − 1 below. */
export function varianceOf(values: Float64Array): number {
  const mean = meanOfReplicates(values);
  const squares = new RunningSum();
  for (const value of values) squares.add((value - mean) ** 2);
  return squares.total() / (values.length - 1);
}

export function meanOfReplicates(values: Float64Array): number {
  const sum = new RunningSum();
  for (const value of values) sum.add(value);
  return sum.total() / values.length;
}
