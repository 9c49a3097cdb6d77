import { InvalidArgumentError } from '@steatosis/core';
import { distanceWeights, identityWeights, kappaOfTable } from '../agreement/kappa-of-table.js';
import { checkedOptions } from '../checks.js';
import {
  type Proportion,
  proportionInterval,
  type ProportionIntervalOptions,
} from '../proportions/proportion-interval.js';
import type { Interval, Reason } from '../reason.js';
import { type ClassLabel, codedLabels, crossTable } from './classes.js';
import { matthewsOfTable } from './matthews.js';

/** Options of {@link multiclassMetrics}. */
export interface MulticlassMetricsOptions {
  /** All classes in their order. Default: those that occur, numbers upwards, words by code point. */
  classes?: readonly ClassLabel[];
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** Kind of interval of the proportions. Default `'wilson'`. */
  intervalMethod?: NonNullable<ProportionIntervalOptions['method']>;
}

/** How one class fared against all others. */
export interface ClassMetrics {
  class: ClassLabel;
  /** Of those called this class, how many are; NaN when none is called so. */
  precision: number;
  precisionInterval: Interval;
  /** Of those in this class, how many are called so (sensitivity); NaN when there are none. */
  recall: number;
  recallInterval: Interval;
  /** Of those in other classes, how many are called one of them. */
  specificity: number;
  specificityInterval: Interval;
  /** 2 tp / (2 tp + fp + fn) */
  f1: number;
  /** Observations of this class. */
  support: number;
  /** `'zero-denominator'` when one of the ratios is NaN; absent otherwise. */
  reason?: Reason;
}

/** Precision, recall and F1 over all classes. */
export interface AverageMetrics {
  precision: number;
  recall: number;
  f1: number;
  /** `'zero-denominator'` when a class makes an average NaN; absent otherwise. */
  reason?: Reason;
}

/** The names that `reasons` of {@link MulticlassMetrics} may have. */
export type MulticlassMetric =
  'accuracy' | 'balancedAccuracy' | 'kappa' | 'kappaLinear' | 'kappaQuadratic' | 'mcc';

/** What the confusion matrix of several classes says. */
export interface MulticlassMetrics extends Record<MulticlassMetric, number> {
  classes: readonly ClassLabel[];
  /** Counts: one row for each true class, one column for each predicted one. */
  confusion: number[][];
  /** Share on the diagonal. */
  accuracy: number;
  accuracyInterval: Interval;
  /** Mean recall of the classes that occur among the labels. */
  balancedAccuracy: number;
  /** Cohen's kappa. */
  kappa: number;
  /** Kappa with linear weights, for ordered classes only. */
  kappaLinear: number;
  /** Kappa with quadratic weights, for ordered classes only. */
  kappaQuadratic: number;
  /** Matthews' correlation for several classes (Gorodkin 2004). */
  mcc: number;
  perClass: ClassMetrics[];
  /** Plain means over the classes. */
  macro: AverageMetrics;
  /** From the summed counts; all three equal the accuracy. */
  micro: AverageMetrics;
  /** Means weighted by the classes' support. */
  weighted: AverageMetrics;
  n: number;
  level: number;
  /** How the intervals were computed, in words. */
  method: string;
  /** Why a metric is NaN or says little, by its name; empty when nothing is. */
  reasons: Partial<Record<MulticlassMetric, Reason>>;
}

/**
 * Confusion matrix, accuracy, per-class and averaged precision, recall and F1, kappas and Matthews' correlation of a
 * decision among several classes.
 *
 * Where scikit-learn puts 0 for a precision or recall without a denominator, this has NaN and a reason, and so have
 * macro averages over such a class; give `classes` only if all of them matter.
 *
 * @param labels the true class of each observation: whole numbers or words
 * @param predicted as many decisions
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { multiclassMetrics } from '@steatosis/stats';
 *
 * const grades = [0, 0, 0, 1, 1, 2, 2, 3];
 * const called = [0, 0, 1, 1, 1, 2, 3, 3];
 * const { confusion, accuracy, macro, kappaQuadratic } = multiclassMetrics(grades, called);
 * console.log(confusion[0]); // [ 2, 1, 0, 0 ]
 * console.log(accuracy, macro.f1.toFixed(3), kappaQuadratic.toFixed(3)); // 0.75 0.733 0.896
 * ```
 */
export function multiclassMetrics(
  labels: ArrayLike<ClassLabel>,
  predicted: ArrayLike<ClassLabel>,
  options: MulticlassMetricsOptions = {},
): MulticlassMetrics {
  checkedOptions(options, ['classes', 'level', 'intervalMethod']);
  const { classes, codes } = codedLabels({ labels, predicted }, options.classes);
  noneMissing('labels', codes[0]);
  noneMissing('predicted', codes[1]);
  const interval = (successes: number, n: number) =>
    proportionInterval(successes, n, {
      method: options.intervalMethod ?? 'wilson',
      level: options.level ?? 0.95,
    });
  const confusion = crossTable(classes.length, codes[0], codes[1]);
  const n = labels.length;
  const perClass = classes.map((label, k) => classMetrics(label, k, confusion, n, interval));
  const accuracy = interval(
    confusion.reduce((sum, row, k) => sum + row[k], 0),
    n,
  );
  const present = perClass.filter(({ support }) => support > 0);
  const scores = {
    balancedAccuracy: {
      value: mean(present.map(({ recall }) => recall)),
      reason: 'too-few-observations' as const,
    },
    ...kappas(confusion),
    mcc: { value: matthewsOfTable(confusion), reason: 'zero-denominator' as const },
  };
  const reasons: MulticlassMetrics['reasons'] = {};
  if (accuracy.reason !== undefined) reasons.accuracy = accuracy.reason;
  for (const name of Object.keys(scores) as (keyof typeof scores)[]) {
    const { value, reason } = scores[name];
    if (reason !== undefined && (Number.isNaN(value) || name.startsWith('kappa'))) {
      reasons[name] = reason;
    }
  }
  return {
    classes,
    confusion,
    accuracy: accuracy.estimate,
    accuracyInterval: accuracy.interval,
    balancedAccuracy: scores.balancedAccuracy.value,
    kappa: scores.kappa.value,
    kappaLinear: scores.kappaLinear.value,
    kappaQuadratic: scores.kappaQuadratic.value,
    mcc: scores.mcc.value,
    perClass,
    macro: averages(perClass, () => 1),
    micro: {
      precision: accuracy.estimate,
      recall: accuracy.estimate,
      f1: accuracy.estimate,
      ...(n === 0 ? { reason: 'zero-denominator' as const } : {}),
    },
    weighted: averages(present, ({ support }) => support),
    n,
    level: accuracy.level,
    method: accuracy.method,
    reasons,
  };
}

function noneMissing(name: string, codes: Int32Array): void {
  const missing = codes.indexOf(-1);
  if (missing >= 0) {
    throw new InvalidArgumentError(`${name}[${missing}]`, Number.NaN, 'a whole number or a word');
  }
}

function classMetrics(
  label: ClassLabel,
  k: number,
  confusion: number[][],
  n: number,
  interval: (successes: number, n: number) => Proportion,
): ClassMetrics {
  const tp = confusion[k][k];
  const support = confusion[k].reduce((sum, count) => sum + count, 0);
  const called = confusion.reduce((sum, row) => sum + row[k], 0);
  const precision = interval(tp, called);
  const recall = interval(tp, support);
  const specificity = interval(n - support - called + tp, n - support);
  const reason = precision.reason ?? recall.reason ?? specificity.reason;
  return {
    class: label,
    precision: precision.estimate,
    precisionInterval: precision.interval,
    recall: recall.estimate,
    recallInterval: recall.interval,
    specificity: specificity.estimate,
    specificityInterval: specificity.interval,
    f1: (2 * tp) / (support + called),
    support,
    ...(reason === undefined ? {} : { reason }),
  };
}

function kappas(confusion: number[][]) {
  const size = confusion.length;
  const scored = (weights: Float64Array[]) => {
    const { kappa, reason } = kappaOfTable(confusion, weights);
    return { value: kappa, reason };
  };
  return {
    kappa: scored(identityWeights(size)),
    kappaLinear: scored(distanceWeights(size, 1)),
    kappaQuadratic: scored(distanceWeights(size, 2)),
  };
}

function averages(
  perClass: ClassMetrics[],
  weight: (metrics: ClassMetrics) => number,
): AverageMetrics {
  const total = perClass.reduce((sum, metrics) => sum + weight(metrics), 0);
  const average = (value: (metrics: ClassMetrics) => number) =>
    perClass.reduce((sum, metrics) => sum + weight(metrics) * value(metrics), 0) / total;
  const values = {
    precision: average(({ precision }) => precision),
    recall: average(({ recall }) => recall),
    f1: average(({ f1 }) => f1),
  };
  const undefinedValue = Object.values(values).some((value) => Number.isNaN(value));
  return { ...values, ...(undefinedValue ? { reason: 'zero-denominator' as const } : {}) };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
