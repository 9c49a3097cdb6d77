import { InvalidArgumentError } from '@steatosis/core';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { argsort } from '../numeric/argsort.js';
import type { NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { checkedObservations, countPositives, type Observations } from './observations.js';

/** Options of {@link decisionCurve}. */
export interface DecisionCurveOptions {
  /** Threshold probabilities, each 0 ≤ t < 1. Default 0.01, 0.02 … 0.99. */
  thresholds?: Numbers;
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Net benefit at each threshold, ready for plotting; all arrays are as long as `thresholds`. */
export interface DecisionCurve {
  thresholds: Float64Array;
  /** True positives less weighted false positives per patient, if those with p ≥ threshold are treated. */
  netBenefit: Float64Array;
  /** Standard error of the net benefit. */
  standardError: Float64Array;
  /** Lower limits of the net benefit's normal intervals. */
  lower: Float64Array;
  /** Upper limits. */
  upper: Float64Array;
  /** Net benefit of treating everybody. */
  treatAll: Float64Array;
  /** Net benefit of treating nobody: 0. */
  treatNone: Float64Array;
  /** Net benefit / prevalence, at most 1. */
  standardizedNetBenefit: Float64Array;
  /** Treatments avoided per patient without missing more disease than treating everybody; NaN at threshold 0. */
  interventionsAvoided: Float64Array;
  truePositives: Uint32Array;
  falsePositives: Uint32Array;
  prevalence: number;
  n: number;
  level: number;
  method: string;
  /** Why values are NaN; with `'single-class'` and no positive only the standardized net benefit is. */
  reason?: Reason;
}

const METHOD = 'net benefit; normal interval of the mean benefit of a patient';

/**
 * The decision curve: net benefit of treating those whose probability reaches a threshold, beside treating all or none.
 *
 * Net benefit = TP/n − FP/n · t/(1 − t) (Vickers and Elkin 2006). It is a mean over patients of 1, −t/(1 − t) or 0, and
 * its standard error is that of such a mean, at a fixed threshold; the thresholds of one curve are not independent.
 *
 * Research software, not a medical device.
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1; a recalibrated model is expected
 * @returns NaN with a `reason` for no observation or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { decisionCurve } from '@steatosis/stats';
 *
 * const labels = [1, 1, 0, 0, 0, 0, 1, 0, 0, 0];
 * const probabilities = [0.9, 0.6, 0.5, 0.3, 0.2, 0.1, 0.15, 0.05, 0.02, 0.4];
 * const curve = decisionCurve(labels, probabilities, { thresholds: [0.1, 0.25] });
 * console.log([...curve.netBenefit].map((x) => x.toFixed(3))); // [ '0.244', '0.100' ]
 * console.log([...curve.treatAll].map((x) => x.toFixed(3))); // [ '0.222', '0.067' ]
 * ```
 */
export function decisionCurve(
  labels: Numbers,
  probabilities: Numbers,
  options: DecisionCurveOptions = {},
): DecisionCurve {
  checkedOptions(options, ['thresholds', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const thresholds = checkedThresholds(options.thresholds);
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  if (kept === 'nan') return undefinedCurve(thresholds, labels.length, level, 'nan-input');
  const n = kept.labels.length;
  if (n === 0) return undefinedCurve(thresholds, 0, level, 'too-few-observations');
  const { truePositives, falsePositives } = treatedAt(thresholds, kept);
  const positives = countPositives(kept.labels);
  const prevalence = positives / n;
  const z = -normalQuantile((1 - level) / 2);
  const odds = thresholds.map((t) => t / (1 - t));
  const netBenefit = odds.map((w, k) => truePositives[k] / n - (falsePositives[k] / n) * w);
  const standardError = odds.map((w, k) => {
    const mean = netBenefit[k];
    const treated = truePositives[k] + falsePositives[k];
    const squares =
      truePositives[k] * (1 - mean) ** 2 +
      falsePositives[k] * (w + mean) ** 2 +
      (n - treated) * mean ** 2;
    return n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1) / n);
  });
  const treatAll = odds.map((w) => prevalence - (1 - prevalence) * w);
  return {
    thresholds,
    netBenefit,
    standardError,
    lower: netBenefit.map((value, k) => value - z * standardError[k]),
    upper: netBenefit.map((value, k) => value + z * standardError[k]),
    treatAll,
    treatNone: new Float64Array(thresholds.length),
    standardizedNetBenefit: netBenefit.map((value) =>
      positives > 0 ? value / prevalence : Number.NaN,
    ),
    interventionsAvoided: netBenefit.map((value, k) => (value - treatAll[k]) / odds[k]),
    truePositives,
    falsePositives,
    prevalence,
    n,
    level,
    method: METHOD,
    ...(positives === 0 || positives === n ? { reason: 'single-class' as const } : {}),
  };
}

function checkedThresholds(thresholds: Numbers | undefined): Float64Array {
  if (thresholds === undefined) return Float64Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const values = Float64Array.from(thresholds);
  const bad = values.findIndex((t) => !(t >= 0 && t < 1));
  if (bad >= 0) {
    throw new InvalidArgumentError(`thresholds[${bad}]`, values[bad], 'a probability of 0 ≤ t < 1');
  }
  return values;
}

/** Counts of p ≥ threshold by label, each threshold by bisection in the sorted probabilities. */
function treatedAt(thresholds: Float64Array, { labels, probabilities }: Observations) {
  const order = argsort(probabilities);
  const n = order.length;
  const positivesFrom = new Uint32Array(n + 1);
  for (let k = n - 1; k >= 0; k--) positivesFrom[k] = positivesFrom[k + 1] + labels[order[k]];
  const truePositives = new Uint32Array(thresholds.length);
  const falsePositives = new Uint32Array(thresholds.length);
  thresholds.forEach((threshold, k) => {
    let low = 0;
    let high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (probabilities[order[middle]] >= threshold) high = middle;
      else low = middle + 1;
    }
    truePositives[k] = positivesFrom[low];
    falsePositives[k] = n - low - positivesFrom[low];
  });
  return { truePositives, falsePositives };
}

function undefinedCurve(
  thresholds: Float64Array,
  n: number,
  level: number,
  reason: Reason,
): DecisionCurve {
  const none = () => new Float64Array(thresholds.length).fill(Number.NaN);
  return {
    thresholds,
    netBenefit: none(),
    standardError: none(),
    lower: none(),
    upper: none(),
    treatAll: none(),
    treatNone: new Float64Array(thresholds.length),
    standardizedNetBenefit: none(),
    interventionsAvoided: none(),
    truePositives: new Uint32Array(thresholds.length),
    falsePositives: new Uint32Array(thresholds.length),
    prevalence: Number.NaN,
    n,
    level,
    method: METHOD,
    reason,
  };
}
