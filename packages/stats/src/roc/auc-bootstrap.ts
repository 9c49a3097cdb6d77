import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import {
  type BootstrapIntervalKind,
  intervalOfReplicates,
  varianceOf,
} from '../resampling/interval-of-replicates.js';
import { accelerationOf } from '../resampling/jackknife.js';
import { replicatesAtOnce } from '../resampling/replicates.js';
import { type ResamplingUnits, resamplingUnits } from '../resampling/units.js';
import { type AucInterval, unknownInterval } from './auc-interval.js';
import { aucsLeavingOut } from './auc-jackknife.js';
import { aucOfResamples } from './auc-resamples.js';
import type { Clusters } from './clusters.js';
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
  bootstrapInterval?: BootstrapIntervalKind;
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
  const { classes, clusters } = sample;
  const [scores] = sample.columns;
  const units = unitsOfClasses(classes, clusters, stratified ?? clusters === undefined);
  // Resamples of one class have no AUC; drawing within classes there are none.
  const sorted = replicatesAtOnce(aucOfResamples(classes, scores), units, { seed, replicates })
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length < 2) {
    return { variance: Number.NaN, ...unknownInterval('too-few-observations') };
  }
  const variance = varianceOf(sorted);
  if (variance === 0) {
    return { variance, interval: [sorted[0], sorted[0]], reason: 'zero-variance' };
  }
  const acceleration = kind === 'bca' ? accelerationOf(aucsLeavingOut(classes, scores, units)) : 0;
  const interval = intervalOfReplicates(
    kind,
    { sorted, estimate, level, range: [0, 1] },
    acceleration,
  );
  return Number.isNaN(interval[0])
    ? { variance, ...unknownInterval('too-few-observations') }
    : { variance, interval };
}

/**
 * @param stratified draw from each class by itself; with clusters, from those with negatives only, with positives only
 * and with both
 * @internal
 */
export function unitsOfClasses(
  classes: Uint8Array,
  clusters: Clusters | undefined,
  stratified: boolean,
): ResamplingUnits {
  if (!stratified) return resamplingUnits(classes.length, clusters);
  if (clusters === undefined) return resamplingUnits(classes.length, clusters, classes);
  const holds = new Uint8Array(clusters.count);
  clusters.of.forEach((unit, i) => (holds[unit] |= 1 << classes[i]));
  return resamplingUnits(classes.length, clusters, holds);
}
