import { createRandom, InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { quantileOfSorted } from '../descriptive/quantiles.js';
import type { Interval } from '../reason.js';
import { normalQuantile, normalUpper } from '../special/normal.js';
import { type AucInterval, unknownInterval, zOf } from './auc-interval.js';
import { jackknifeAcceleration } from './auc-jackknife.js';
import { resampledAucs, resamplingPlan } from './auc-resamples.js';
import { RunningSum } from './placements.js';
import type { ScoredSample } from './scored-sample.js';

/** Options of the interval `'bootstrap'` of an AUC. */
export interface BootstrapAucOptions {
  /** Number of resamples, at least 2. Default 2000. */
  replicates?: number;
  /** A whole number from which all draws follow. Default 1. */
  seed?: number;
  /**
   * Draw as many positives and as many negatives as there are; with clusters, as many of those with positives only, with
   * negatives only and with both, which makes the interval too short where many hold both. Default true; false with
   * clusters.
   */
  stratified?: boolean;
  /**
   * How the interval follows from the replicates. `'percentile'` (default): their quantiles (type 7). `'basic'`: twice the
   * estimate less the opposite quantiles. `'normal'`: ± z times their standard deviation. `'bca'`: quantiles corrected for
   * bias and acceleration (Efron 1987). All are cut to 0 … 1.
   */
  bootstrapInterval?: 'percentile' | 'basic' | 'normal' | 'bca';
}

/**
 * @param wanted whether the interval is a bootstrap's at all
 * @throws InvalidArgumentError for impossible options, and for any of them with another interval
 * @internal
 */
export function checkedBootstrap(options: BootstrapAucOptions, wanted: boolean) {
  const { replicates = 2000, seed = 1, stratified } = options;
  for (const name of ['replicates', 'seed', 'stratified', 'bootstrapInterval'] as const) {
    if (!wanted && options[name] !== undefined) {
      throw new InvalidArgumentError(
        name,
        options[name],
        "nothing, unless interval is 'bootstrap'",
      );
    }
  }
  if (!(Number.isSafeInteger(replicates) && replicates >= 2)) {
    throw new InvalidArgumentError('replicates', replicates, 'a whole number of at least 2');
  }
  if (stratified !== undefined && typeof stratified !== 'boolean') {
    throw new InvalidArgumentError('stratified', stratified, 'true or false');
  }
  const kind = checkedChoice('bootstrapInterval', options.bootstrapInterval ?? 'percentile', [
    'percentile',
    'basic',
    'normal',
    'bca',
  ]);
  return { replicates, seed, stratified, kind };
}

/**
 * Variance and interval from resamples of observations, or of whole clusters.
 *
 * @param sample with both classes and one column
 * @internal
 */
export function bootstrapAuc(
  sample: ScoredSample,
  estimate: number,
  level: number,
  options: BootstrapAucOptions,
): AucInterval & { variance: number } {
  const { replicates, seed, stratified, kind } = checkedBootstrap(options, true);
  const [scores] = sample.columns;
  const separately = stratified ?? sample.clusters === undefined;
  const plan = resamplingPlan(sample.classes, scores, sample.clusters, separately);
  // Resamples of one class have no AUC; drawing within classes there are none.
  const found = resampledAucs(plan, replicates, createRandom(seed))
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (found.length < 2) return { variance: Number.NaN, ...unknownInterval('too-few-observations') };
  const variance = varianceOf(found);
  if (variance === 0) {
    return { variance, interval: [found[0], found[0]], reason: 'zero-variance' };
  }
  const acceleration = kind === 'bca' ? jackknifeAcceleration(plan, scores) : 0;
  const interval = intervalOfReplicates(found, estimate, kind, level, acceleration);
  return Number.isNaN(interval[0])
    ? { variance, ...unknownInterval('too-few-observations') }
    : { variance, interval };
}

/**
 * The interval from replicates that are sorted upwards.
 *
 * @internal
 */
export function intervalOfReplicates(
  sorted: Float64Array,
  estimate: number,
  kind: 'percentile' | 'basic' | 'normal' | 'bca',
  level: number,
  acceleration: number,
): Interval {
  const tail = (1 - level) / 2;
  const quantile = (p: number) => quantileOfSorted(sorted, p, 7);
  const cut = (low: number, high: number): Interval => [Math.max(0, low), Math.min(1, high)];
  switch (kind) {
    case 'percentile':
      return [quantile(tail), quantile(1 - tail)];
    case 'basic':
      return cut(2 * estimate - quantile(1 - tail), 2 * estimate - quantile(tail));
    case 'normal': {
      const reach = zOf(level) * Math.sqrt(varianceOf(sorted));
      return cut(estimate - reach, estimate + reach);
    }
    default: {
      const shares = bcaShares(sorted, estimate, level, acceleration);
      return Number.isNaN(shares[0]) ? shares : [quantile(shares[0]), quantile(shares[1])];
    }
  }
}

/**
 * Which quantiles BCa takes: Φ(z₀ + (z₀ ± z)/(1 − a (z₀ ± z))), z₀ from the share of replicates below the estimate, ties
 * half.
 */
function bcaShares(
  sorted: Float64Array,
  estimate: number,
  level: number,
  acceleration: number,
): Interval {
  let twiceBelow = 0;
  for (const value of sorted) twiceBelow += value < estimate ? 2 : value === estimate ? 1 : 0;
  const z0 = normalQuantile(twiceBelow / (2 * sorted.length));
  if (!Number.isFinite(z0) || Number.isNaN(acceleration)) return [Number.NaN, Number.NaN];
  const share = (z: number) => normalUpper(-(z0 + (z0 + z) / (1 - acceleration * (z0 + z))));
  return [share(-zOf(level)), share(zOf(level))];
}

/** With n − 1 below. */
function varianceOf(values: Float64Array): number {
  const sum = new RunningSum();
  for (const value of values) sum.add(value);
  const mean = sum.total() / values.length;
  const squares = new RunningSum();
  for (const value of values) squares.add((value - mean) ** 2);
  return squares.total() / (values.length - 1);
}
