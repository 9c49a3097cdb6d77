import { InvalidArgumentError } from '@steatosis/core';
import { identityWeights, kappaOfTable } from '../agreement/kappa-of-table.js';
import { checkedCount, checkedOptions, checkedRecord } from '../checks.js';
import {
  type Proportion,
  proportionInterval,
  type ProportionIntervalOptions,
} from '../proportions/proportion-interval.js';
import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import type { ConfusionCounts } from './confusion-matrix.js';
import { diagnosticRatios } from './diagnostic-ratios.js';
import { matthewsOfTable } from './matthews.js';

/** The metrics that are proportions of a count. */
export type ProportionMetric =
  | 'accuracy'
  | 'sensitivity'
  | 'specificity'
  | 'ppv'
  | 'npv'
  | 'falsePositiveRate'
  | 'falseNegativeRate'
  | 'falseDiscoveryRate'
  | 'falseOmissionRate'
  | 'prevalence'
  | 'apparentPrevalence';

/** The metrics that have an interval. */
export type IntervalMetric =
  | ProportionMetric
  | 'f1'
  | 'balancedAccuracy'
  | 'youdenJ'
  | 'numberNeededToDiagnose'
  | 'kappa'
  | 'positiveLikelihoodRatio'
  | 'negativeLikelihoodRatio'
  | 'diagnosticOddsRatio';

/** All metrics of a binary decision. */
export type BinaryMetric = IntervalMetric | 'fBeta' | 'mcc';

/** Options of {@link binaryMetrics}. */
export interface BinaryMetricsOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** Kind of interval of the metrics that are proportions. Default `'wilson'`. */
  intervalMethod?: NonNullable<ProportionIntervalOptions['method']>;
  /** How many times sensitivity counts as much as PPV in `fBeta`, > 0. Default 1, which makes it F1. */
  beta?: number;
}

/**
 * What a confusion matrix says. Where a denominator is 0 a metric is NaN, or Infinity if its numerator is not 0 as
 * well; `reasons` names it.
 */
export interface BinaryMetrics extends Record<BinaryMetric, number> {
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
  /** fp / (fp + tn), 1 − specificity */
  falsePositiveRate: number;
  /** fn / (fn + tp), 1 − sensitivity */
  falseNegativeRate: number;
  /** fp / (fp + tp), 1 − PPV */
  falseDiscoveryRate: number;
  /** fn / (fn + tn), 1 − NPV */
  falseOmissionRate: number;
  /** (tp + fn) / n in these data; predictive values hold for this prevalence only. */
  prevalence: number;
  /** (tp + fp) / n: how many are called positive. */
  apparentPrevalence: number;
  /** 2 tp / (2 tp + fp + fn) */
  f1: number;
  /** (1 + β²) tp / ((1 + β²) tp + β² fn + fp) */
  fBeta: number;
  /** (sensitivity + specificity) / 2 */
  balancedAccuracy: number;
  /** Youden's J, sensitivity + specificity − 1. */
  youdenJ: number;
  /** 1 / J: tests needed for one correct diagnosis more than by chance. */
  numberNeededToDiagnose: number;
  /** Matthews' correlation (φ of the 2 × 2 table); NaN when a margin is 0, where some programs say 0. */
  mcc: number;
  /** Cohen's kappa of decision and truth. */
  kappa: number;
  /** Sensitivity / (1 − specificity). */
  positiveLikelihoodRatio: number;
  /** (1 − sensitivity) / specificity */
  negativeLikelihoodRatio: number;
  /** tp tn / (fp fn) */
  diagnosticOddsRatio: number;
  /** Observations in all. */
  n: number;
  /** Confidence intervals at `level`. */
  intervals: Record<IntervalMetric, Interval>;
  level: number;
  /** How the intervals were computed, in words. */
  method: string;
  /** Why a metric or its interval is NaN or says little, by its name; empty when nothing is. */
  reasons: Partial<Record<BinaryMetric, Reason>>;
}

/**
 * Accuracy, sensitivity, specificity, predictive values, likelihood ratios and the other metrics of a binary decision,
 * with intervals.
 *
 * Intervals: of proportions by `intervalMethod`. F1 is a rising function 2g/(1 + g) of the proportion
 * g = tp/(tp + fp + fn) (Hand, Christen and Kirielle 2021), so its interval is that of g, transformed. The limits of
 * Youden's J are the sums of the limits of sensitivity and specificity, as in epiR, which is wider than need be; balanced
 * accuracy and 1/J follow from them. Likelihood ratios (Simel 1991) and odds ratio (Woolf 1955) are symmetric in the
 * logarithm. Kappa's standard error is that of Fleiss, Cohen and Everitt (1969).
 *
 * Research software, not a medical device.
 *
 * @param counts whole numbers ≥ 0
 * @throws InvalidArgumentError for other counts or impossible options
 * @example
 * ```ts
 * import { binaryMetrics } from '@steatosis/stats';
 *
 * const metrics = binaryMetrics({ tp: 9, fp: 6, fn: 3, tn: 32 });
 * console.log(metrics.accuracy, metrics.sensitivity, metrics.ppv); // 0.82 0.75 0.6
 * console.log(metrics.intervals.accuracy.map((limit) => limit.toFixed(3))); // [ '0.692', '0.902' ]
 * console.log(metrics.diagnosticOddsRatio, metrics.mcc.toFixed(3)); // 16 0.552
 * ```
 */
export function binaryMetrics(
  counts: ConfusionCounts,
  options: BinaryMetricsOptions = {},
): BinaryMetrics {
  checkedOptions(options, ['level', 'intervalMethod', 'beta']);
  const { beta = 1 } = options;
  if (!(beta > 0 && beta < Infinity)) throw new InvalidArgumentError('beta', beta, 'a number > 0');
  checkedRecord('counts', counts, 'counts { tp, fp, fn, tn }, as confusionMatrix gives them');
  const { tp, fp, fn, tn } = counts;
  for (const [name, count] of Object.entries({ tp, fp, fn, tn })) checkedCount(name, count);
  const interval = (successes: number, n: number) =>
    proportionInterval(successes, n, {
      method: options.intervalMethod ?? 'wilson',
      level: options.level ?? 0.95,
    });
  const proportions = proportionsOf(counts, interval);
  const { level, method } = proportions.accuracy;
  const others = {
    ...fMeasures(counts, beta, interval(tp, tp + fp + fn)),
    ...sumsOfRates(proportions.sensitivity, proportions.specificity),
    ...correlations(counts, level),
    ...diagnosticRatios(counts, level),
  };
  const all: Record<BinaryMetric, { estimate: number; interval?: Interval; reason?: Reason }> = {
    ...proportions,
    ...others,
  };
  const values: Partial<Record<BinaryMetric, number>> = {};
  const intervals: Partial<Record<BinaryMetric, Interval>> = {};
  const reasons: BinaryMetrics['reasons'] = {};
  for (const name of Object.keys(all) as BinaryMetric[]) {
    const metric = all[name];
    values[name] = metric.estimate;
    if (metric.interval !== undefined) intervals[name] = metric.interval;
    if (metric.reason !== undefined) reasons[name] = metric.reason;
  }
  return {
    ...(values as Record<BinaryMetric, number>),
    n: tp + fp + fn + tn,
    intervals: intervals as Record<IntervalMetric, Interval>,
    level,
    method,
    reasons,
  };
}

function proportionsOf(
  { tp, fp, fn, tn }: ConfusionCounts,
  interval: (successes: number, n: number) => Proportion,
): Record<ProportionMetric, Proportion> {
  const n = tp + fp + fn + tn;
  return {
    accuracy: interval(tp + tn, n),
    sensitivity: interval(tp, tp + fn),
    specificity: interval(tn, tn + fp),
    ppv: interval(tp, tp + fp),
    npv: interval(tn, tn + fn),
    falsePositiveRate: interval(fp, fp + tn),
    falseNegativeRate: interval(fn, fn + tp),
    falseDiscoveryRate: interval(fp, fp + tp),
    falseOmissionRate: interval(fn, fn + tn),
    prevalence: interval(tp + fn, n),
    apparentPrevalence: interval(tp + fp, n),
  };
}

/** F1 and Fβ; `overlap` is tp/(tp + fp + fn). */
function fMeasures({ tp, fp, fn }: ConfusionCounts, beta: number, overlap: Proportion) {
  const bb = beta * beta;
  const [lower, upper] = overlap.interval;
  const reason = tp + fp + fn === 0 ? { reason: 'zero-denominator' as const } : {};
  return {
    f1: {
      estimate: (2 * tp) / (2 * tp + fp + fn),
      interval: [(2 * lower) / (1 + lower), (2 * upper) / (1 + upper)] as Interval,
      ...(overlap.reason === undefined ? {} : { reason: overlap.reason }),
    },
    fBeta: { estimate: ((1 + bb) * tp) / ((1 + bb) * tp + bb * fn + fp), ...reason },
  };
}

/** Youden's J and what follows from it. */
function sumsOfRates(sensitivity: Proportion, specificity: Proportion) {
  const why = sensitivity.reason ?? specificity.reason;
  const reason = why === undefined ? {} : { reason: why };
  const youdenJ = sensitivity.estimate + specificity.estimate - 1;
  const lower = sensitivity.interval[0] + specificity.interval[0] - 1;
  const upper = sensitivity.interval[1] + specificity.interval[1] - 1;
  return {
    youdenJ: { estimate: youdenJ, interval: [lower, upper] as Interval, ...reason },
    balancedAccuracy: {
      estimate: (sensitivity.estimate + specificity.estimate) / 2,
      interval: [(1 + lower) / 2, (1 + upper) / 2] as Interval,
      ...reason,
    },
    numberNeededToDiagnose: { ...reciprocal(youdenJ, lower, upper), ...reason },
  };
}

function reciprocal(
  value: number,
  lower: number,
  upper: number,
): { estimate: number; interval: Interval; reason?: Reason } {
  const estimate = 1 / Math.abs(value) === Infinity ? Infinity : 1 / value;
  if (lower > 0 || upper < 0) return { estimate, interval: [1 / upper, 1 / lower] };
  return {
    estimate,
    interval: [Number.NaN, Number.NaN],
    reason: value === 0 ? 'zero-denominator' : 'interval-contains-zero',
  };
}

function correlations({ tp, fp, fn, tn }: ConfusionCounts, level: number) {
  const table = [
    [tn, fp],
    [fn, tp],
  ];
  const mcc = matthewsOfTable(table);
  const { kappa, standardError, reason } = kappaOfTable(table, identityWeights(2));
  const reach = -normalQuantile((1 - level) / 2) * standardError;
  return {
    mcc: {
      estimate: mcc,
      ...(Number.isNaN(mcc) ? { reason: 'zero-denominator' as const } : {}),
    },
    kappa: {
      estimate: kappa,
      interval: [Math.max(-1, kappa - reach), Math.min(1, kappa + reach)] as Interval,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}
