import { checkedCount, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import type { ConfusionCounts } from './confusion-matrix.js';
import { proportionInterval } from './proportion-interval.js';

/** The metrics that are proportions of a count and have an interval. */
export type ProportionMetric = 'accuracy' | 'sensitivity' | 'specificity' | 'ppv' | 'npv';

/** Options of {@link binaryMetrics}. */
export interface BinaryMetricsOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
}

/** What a confusion matrix says; NaN where a denominator is 0 (see `reasons`). */
export interface BinaryMetrics {
  /** (tp + tn) / n */
  accuracy: number;
  /** tp / (tp + fn), also called recall */
  sensitivity: number;
  /** tn / (tn + fp) */
  specificity: number;
  /** Positive predictive value, tp / (tp + fp), also called precision. */
  ppv: number;
  /** Negative predictive value, tn / (tn + fn). */
  npv: number;
  /** 2 tp / (2 tp + fp + fn) */
  f1: number;
  /** (sensitivity + specificity) / 2 */
  balancedAccuracy: number;
  /** Observations in all. */
  n: number;
  /** Wilson's intervals of the metrics that are proportions. */
  intervals: Record<ProportionMetric, Interval>;
  level: number;
  /** How the intervals were computed, in words. */
  method: string;
  /** Why a metric is NaN, by its name; empty when none is. */
  reasons: Partial<Record<ProportionMetric | 'f1' | 'balancedAccuracy', Reason>>;
}

/**
 * Accuracy, sensitivity, specificity, predictive values, F1 and balanced accuracy of a binary decision, with
 * Wilson's intervals.
 *
 * @param counts whole numbers ≥ 0
 * @throws InvalidArgumentError for other counts or an impossible level
 * @example
 * ```ts
 * import { binaryMetrics } from '@steatosis/stats';
 *
 * const metrics = binaryMetrics({ tp: 9, fp: 6, fn: 3, tn: 32 });
 * console.log(metrics.accuracy, metrics.sensitivity, metrics.ppv); // 0.82 0.75 0.6
 * console.log(metrics.intervals.accuracy.map((limit) => limit.toFixed(3))); // [ '0.692', '0.902' ]
 * ```
 */
export function binaryMetrics(
  counts: ConfusionCounts,
  options: BinaryMetricsOptions = {},
): BinaryMetrics {
  checkedOptions(options, ['level']);
  const { tp, fp, fn, tn } = counts;
  for (const [name, count] of Object.entries({ tp, fp, fn, tn })) checkedCount(name, count);
  const n = tp + fp + fn + tn;
  const proportions = {
    accuracy: proportionInterval(tp + tn, n, options),
    sensitivity: proportionInterval(tp, tp + fn, options),
    specificity: proportionInterval(tn, tn + fp, options),
    ppv: proportionInterval(tp, tp + fp, options),
    npv: proportionInterval(tn, tn + fn, options),
  };
  const { accuracy, sensitivity, specificity, ppv, npv } = proportions;
  const values = {
    accuracy: accuracy.estimate,
    sensitivity: sensitivity.estimate,
    specificity: specificity.estimate,
    ppv: ppv.estimate,
    npv: npv.estimate,
    f1: (2 * tp) / (2 * tp + fp + fn),
    balancedAccuracy: (sensitivity.estimate + specificity.estimate) / 2,
  };
  const reasons: BinaryMetrics['reasons'] = {};
  for (const name of Object.keys(values) as (keyof typeof values)[]) {
    if (Number.isNaN(values[name])) reasons[name] = 'zero-denominator';
  }
  return {
    ...values,
    n,
    intervals: {
      accuracy: accuracy.interval,
      sensitivity: sensitivity.interval,
      specificity: specificity.interval,
      ppv: ppv.interval,
      npv: npv.interval,
    },
    level: accuracy.level,
    method: accuracy.method,
    reasons,
  };
}
