import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLabels,
  checkedLevel,
  checkedOptions,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import { NotSupportedError } from '../errors.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { type ClusteredSeparation, clusteredSeparation } from './clustered.js';
import { separation } from './separation.js';

/** Options of {@link auc}. */
export interface AucOptions {
  /**
   * How the interval is made. `'delong'` (default): AUC ± z·SE, cut to 0 … 1. `'delong-logit'`: the same on the
   * logit scale, which never leaves 0 … 1 and covers better near 1. `'hanley-mcneil'` and `'bootstrap'` throw a
   * `NotSupportedError` so far.
   */
  interval?: 'delong' | 'delong-logit' | 'hanley-mcneil' | 'bootstrap';
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
  /**
   * The cluster of each observation (the patient of each ROI). With it the variance is Obuchowski's (1997), which
   * does not mistake six ROIs of one patient for six patients. Default: every observation by itself.
   */
  clusters?: ArrayLike<number | string>;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** An AUC with its uncertainty. */
export interface AucResult {
  /** 0 … 1, never turned round; NaN when a class is empty. */
  auc: number;
  /** Variance of the estimate by DeLong, or by Obuchowski with clusters. */
  variance: number;
  /** √variance */
  standardError: number;
  /** Confidence interval at `level`. */
  interval: Interval;
  level: number;
  /** Observations used. */
  n: number;
  positives: number;
  negatives: number;
  /** Clusters, when they were given. */
  clusters?: number;
  /** How variance and interval were computed, in words. */
  method: string;
  /** Why a value is NaN, or `'zero-variance'`; absent when all is well. */
  reason?: Reason;
}

/**
 * The area under the ROC curve with its variance and interval: the probability that a positive scores above a
 * negative, ties counted half.
 *
 * High scores are expected to mean positive; scores that separate the wrong way give an AUC below 0.5 and
 * are not turned round. Infinite scores are ranked like others.
 *
 * Source: DeLong, DeLong and Clarke-Pearson (1988) Biometrics 44:837, computed by sorting; Obuchowski (1997)
 * Biometrics 53:567 with clusters.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers
 * @returns NaN with a `reason` where a class is empty, a score is NaN, or the variance is unknown
 * @throws InvalidArgumentError for arrays of different length, other labels, or an impossible option
 * @throws NotSupportedError for the intervals `'hanley-mcneil'` and `'bootstrap'`
 * @example
 * ```ts
 * import { auc } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const result = auc(labels, scores, { interval: 'delong-logit' });
 * console.log(result.auc.toFixed(4)); // 0.8333
 * console.log(result.interval.map((limit) => limit.toFixed(3))); // [ '0.406', '0.973' ]
 * ```
 */
export function auc(labels: Numbers, scores: Numbers, options: AucOptions = {}): AucResult {
  checkedOptions(options, ['interval', 'level', 'clusters', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const kind = checkedInterval(options.interval);
  sameLength('labels', labels, 'scores', scores);
  if (options.clusters) sameLength('labels', labels, 'clusters', options.clusters);
  const allClasses = checkedLabels('labels', labels);
  const kept = keptObservations({ scores }, options.nanPolicy);
  const method = methodInWords(kind, options.clusters !== undefined);
  if (kept === 'nan') return undefinedAuc(allClasses, level, method, 'nan-input');
  const classes = kept === 'all' ? allClasses : Uint8Array.from(kept, (i) => allClasses[i]);
  const values = keptValues(scores, kept);
  const n = classes.length;
  let positives = 0;
  for (let i = 0; i < n; i++) positives += classes[i];
  if (positives === 0 || positives === n) {
    return undefinedAuc(classes, level, method, n === 0 ? 'too-few-observations' : 'single-class');
  }
  const found: Omit<ClusteredSeparation, 'clusters'> & { clusters?: number } = options.clusters
    ? clusteredSeparation(classes, values, keptClusters(options.clusters, kept))
    : separation(...byClass(classes, values, positives));
  const standardError = Math.sqrt(found.variance);
  const { interval, reason } = intervalOf(kind, found.auc, standardError, level);
  const why = found.reason ?? reason;
  return {
    auc: found.auc,
    variance: found.variance,
    standardError,
    interval,
    level,
    n,
    positives,
    negatives: n - positives,
    ...(found.clusters === undefined ? {} : { clusters: found.clusters }),
    method,
    ...(why === undefined ? {} : { reason: why }),
  };
}

type IntervalKind = 'delong' | 'delong-logit';

function checkedInterval(interval: AucOptions['interval'] = 'delong'): IntervalKind {
  const supported = ['delong', 'delong-logit'] as const;
  if (interval === 'hanley-mcneil' || interval === 'bootstrap') {
    throw new NotSupportedError('interval', interval, supported);
  }
  if (!supported.includes(interval)) {
    throw new InvalidArgumentError('interval', interval, "'delong' or 'delong-logit'");
  }
  return interval;
}

function methodInWords(kind: IntervalKind, clustered: boolean): string {
  const variance = clustered
    ? 'variance between clusters by Obuchowski (1997)'
    : 'variance by DeLong et al. (1988)';
  return `Mann–Whitney AUC, ${variance}, ${kind === 'delong' ? 'normal' : 'logit'} interval`;
}

function intervalOf(
  kind: IntervalKind,
  area: number,
  standardError: number,
  level: number,
): { interval: Interval; reason?: Reason } {
  const undefinedInterval: Interval = [Number.NaN, Number.NaN];
  if (Number.isNaN(standardError)) {
    return { interval: undefinedInterval, reason: 'too-few-observations' };
  }
  const z = -normalQuantile((1 - level) / 2);
  if (kind === 'delong-logit') {
    const product = area * (1 - area);
    if (product === 0) return { interval: undefinedInterval, reason: 'boundary-estimate' };
    const logit = Math.log(area / (1 - area));
    const reach = (z * standardError) / product;
    const back = (value: number) => 1 / (1 + Math.exp(-value));
    const interval: Interval = [back(logit - reach), back(logit + reach)];
    return standardError === 0 ? { interval, reason: 'zero-variance' } : { interval };
  }
  const interval: Interval = [
    Math.max(0, area - z * standardError),
    Math.min(1, area + z * standardError),
  ];
  return standardError === 0 ? { interval, reason: 'zero-variance' } : { interval };
}

function keptClusters(
  clusters: ArrayLike<number | string>,
  kept: Uint32Array | 'all',
): ArrayLike<number | string> {
  return kept === 'all' ? clusters : Array.from(kept, (i) => clusters[i]);
}

/** The scores of the positives and of the negatives. */
function byClass(
  classes: Uint8Array,
  scores: Float64Array,
  positives: number,
): [Float64Array, Float64Array] {
  const ones = new Float64Array(positives);
  const zeros = new Float64Array(classes.length - positives);
  let one = 0;
  let zero = 0;
  for (let i = 0; i < classes.length; i++) {
    if (classes[i] === 1) ones[one++] = scores[i];
    else zeros[zero++] = scores[i];
  }
  return [ones, zeros];
}

function undefinedAuc(
  classes: Uint8Array,
  level: number,
  method: string,
  reason: Reason,
): AucResult {
  const { NaN: nan } = Number;
  const positives = classes.reduce((count, label) => count + label, 0);
  return {
    auc: nan,
    variance: nan,
    standardError: nan,
    interval: [nan, nan],
    level,
    n: classes.length,
    positives,
    negatives: classes.length - positives,
    method,
    reason,
  };
}
