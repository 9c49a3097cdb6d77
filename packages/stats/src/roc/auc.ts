import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { bootstrapAuc, type BootstrapAucOptions, checkedBootstrap } from './auc-bootstrap.js';
import { type AucInterval, logitInterval, unknownInterval, waldInterval } from './auc-interval.js';
import { aucCovariance } from './covariance.js';
import { hanleyMcNeil } from './hanley-mcneil.js';
import { type ScoredSample, scoredSample } from './scored-sample.js';
import { type Separation, separation } from './separation.js';

/** Options of {@link auc}. */
export interface AucOptions extends BootstrapAucOptions {
  /**
   * How variance and interval are made.
   * - `'delong'` (default): AUC ± z·SE of DeLong et al. (of Obuchowski with clusters), cut to 0 … 1
   * - `'delong-logit'`: the same on the logit scale, which never leaves 0 … 1 and covers better near 1
   * - `'hanley-mcneil'`: from the area and the sizes of both classes only (1982)
   * - `'newcombe'`: the score interval to it (2006, method 5), which has a width for an AUC of 0 or 1, too
   * - `'bootstrap'`: from resamples, of whole clusters where there are clusters
   */
  interval?: AucIntervalKind;
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
  /**
   * The cluster of each observation (the patient of each ROI). With it the variance is Obuchowski's (1997), which
   * does not mistake six ROIs of one patient for six patients. Default: every observation by itself.
   */
  clusters?: ArrayLike<number | string>;
  /**
   * Weight of each observation, finite and ≥ 0; those of weight 0 are left out. Weights say how much of a population an
   * observation stands for, not how often it was observed: the variance (by linearisation) stays the same when all
   * are doubled. Only with `'delong'` and `'delong-logit'`. Default 1.
   */
  weights?: Numbers;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** @internal */
export const AUC_OPTIONS: readonly (keyof AucOptions)[] = [
  'interval',
  'level',
  'clusters',
  'weights',
  'nanPolicy',
  'replicates',
  'seed',
  'stratified',
  'bootstrapInterval',
];

/** The intervals of an AUC. */
export type AucIntervalKind =
  'delong' | 'delong-logit' | 'hanley-mcneil' | 'newcombe' | 'bootstrap';

/** An AUC with its uncertainty. */
export interface AucResult {
  /** 0 … 1, never turned round; NaN when a class is empty. */
  auc: number;
  /** Variance of the estimate by the method of the interval. */
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
 * Sources: DeLong, DeLong and Clarke-Pearson (1988) Biometrics 44:837, computed by sorting; Obuchowski (1997)
 * Biometrics 53:567 with clusters; Hanley and McNeil (1982) Radiology 143:29; Newcombe (2006) Stat Med 25:559.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers
 * @returns NaN with a `reason` where a class is empty, a score is NaN, or the variance is unknown
 * @throws InvalidArgumentError for arrays of different length, other labels, or an impossible option
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
  checkedOptions(options, AUC_OPTIONS);
  const level = checkedLevel(options.level);
  const kind = checkedKind(options);
  const { clusters, weights, nanPolicy } = options;
  const sample = scoredSample(labels, { scores }, { clusters, weights, nanPolicy });
  const found =
    sample.reason === undefined
      ? estimated(kind, sample, level, options)
      : { auc: Number.NaN, variance: Number.NaN, ...unknownInterval(sample.reason) };
  const { n, positives, negatives } = sample;
  return {
    auc: found.auc,
    variance: found.variance,
    standardError: Math.sqrt(found.variance),
    interval: found.interval,
    level,
    n,
    positives,
    negatives,
    ...(sample.clusters === undefined ? {} : { clusters: sample.clusters.count }),
    method: methodInWords(kind, options),
    ...(found.reason === undefined ? {} : { reason: found.reason }),
  };
}

function checkedKind(options: AucOptions): AucIntervalKind {
  const kind = checkedChoice('interval', options.interval ?? 'delong', [
    'delong',
    'delong-logit',
    'hanley-mcneil',
    'newcombe',
    'bootstrap',
  ]);
  checkedBootstrap(options, kind === 'bootstrap');
  const byRanks = kind === 'delong' || kind === 'delong-logit';
  if (options.weights !== undefined && !byRanks) {
    throw new InvalidArgumentError('interval', kind, "'delong' or 'delong-logit' with weights");
  }
  if (options.clusters !== undefined && !byRanks && kind !== 'bootstrap') {
    throw new InvalidArgumentError(
      'interval',
      kind,
      "'delong', 'delong-logit' or 'bootstrap' with clusters",
    );
  }
  return kind;
}

function estimated(
  kind: AucIntervalKind,
  sample: ScoredSample,
  level: number,
  options: AucOptions,
): Separation & AucInterval {
  const { positives, negatives } = sample;
  const byRanks = separated(sample);
  switch (kind) {
    case 'hanley-mcneil':
    case 'newcombe': {
      const interval = kind === 'newcombe' ? kind : 'wald';
      return hanleyMcNeil(byRanks.auc, positives, negatives, { interval, level });
    }
    case 'bootstrap':
      return {
        auc: byRanks.auc,
        ...bootstrapAuc(sample, byRanks.auc, level, options),
      };
    default: {
      const make = kind === 'delong' ? waldInterval : logitInterval;
      const made = make(byRanks.auc, Math.sqrt(byRanks.variance), level);
      return { ...byRanks, ...made, reason: byRanks.reason ?? made.reason };
    }
  }
}

/** The AUC and its variance by ranks, the fast way where there are neither weights nor clusters. */
function separated(sample: ScoredSample): Separation & { reason?: Reason | undefined } {
  const { classes, columns, positives, weights, clusters } = sample;
  if (weights === undefined && clusters === undefined) {
    return separation(classes, columns[0], positives);
  }
  const { aucs, covariance, reason } = aucCovariance(sample);
  return { auc: aucs[0], variance: covariance(0, 0), reason };
}

function methodInWords(kind: AucIntervalKind, options: AucOptions): string {
  const area = options.weights === undefined ? 'Mann–Whitney AUC' : 'weighted Mann–Whitney AUC';
  const clustered = options.clusters !== undefined;
  switch (kind) {
    case 'hanley-mcneil':
      return `${area}, variance by Hanley and McNeil (1982), normal interval`;
    case 'newcombe':
      return `${area}, variance by Hanley and McNeil (1982), score interval by Newcombe (2006), method 5`;
    case 'bootstrap': {
      const { stratified = !clustered, bootstrapInterval = 'percentile' } = options;
      const drawn = `${clustered ? 'clusters' : 'observations'}${stratified ? ' within each class' : ''}`;
      const shape = bootstrapInterval === 'bca' ? 'BCa' : bootstrapInterval;
      return `${area}, ${shape} interval from bootstrap of ${drawn}`;
    }
    default: {
      const variance = clustered
        ? 'variance between clusters by Obuchowski (1997)'
        : 'variance by DeLong et al. (1988)';
      const weighted = options.weights === undefined ? '' : ', linearised for weights';
      return `${area}, ${variance}${weighted}, ${kind === 'delong' ? 'normal' : 'logit'} interval`;
    }
  }
}
