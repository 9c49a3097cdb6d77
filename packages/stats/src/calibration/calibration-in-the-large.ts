import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { walds } from './calibration-slope.js';
import { checkedClip } from './log-loss.js';
import { logitObservations, type RecalibrationOptions } from './logits.js';
import { checkedObservations } from './observations.js';
import { interceptFit } from './recalibration-fit.js';

/** How far probabilities are too low or too high on the whole. */
export interface CalibrationInTheLarge {
  /** Logistic intercept with the slope held at 1: 0 is ideal, positive when probabilities are too low. */
  intercept: number;
  standardError: number;
  /** Wald's interval of the intercept. */
  interval: Interval;
  /** z of intercept 0. */
  statistic: number;
  /** Two-sided P of intercept 0. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Labels of 1. */
  observed: number;
  /** Sum of the probabilities. */
  expected: number;
  /** observed / expected; 1 is ideal. */
  observedExpectedRatio: number;
  /** Its interval, symmetric in the logarithm. */
  ratioInterval: Interval;
  n: number;
  level: number;
  method: string;
  /** Why values are NaN. */
  reason?: Reason;
}

const METHOD =
  "logistic intercept with the probabilities' logits as offset, Wald; observed to expected ratio, log-normal";

/**
 * Calibration in the large: whether predicted probabilities are right on average, as a logistic intercept and as the ratio
 * of observed to expected events.
 *
 * Sources: Cox (1958) for the intercept; variance (1 − O/n)/O of ln(O/E) by Debray and others (2017, BMJ 356:i6460).
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns NaN with a `reason` for no observation or NaN (see `nanPolicy`); without intercept for a single class or
 * probabilities of 0 or 1 (see `clip`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { calibrationInTheLarge } from '@steatosis/stats';
 *
 * const result = calibrationInTheLarge([0, 0, 1, 0, 1], [0.3, 0.4, 0.7, 0.5, 0.8]);
 * console.log(result.observed, result.expected, result.observedExpectedRatio.toFixed(3)); // 2 2.7 0.741
 * console.log(result.intercept.toFixed(3)); // -0.659
 * ```
 */
export function calibrationInTheLarge(
  labels: Numbers,
  probabilities: Numbers,
  options: RecalibrationOptions = {},
): CalibrationInTheLarge {
  checkedOptions(options, ['clip', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const clip = checkedClip(options.clip ?? 0);
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  const observations = logitObservations(kept, clip);
  const { positives, reason } = observations;
  const n = kept === 'nan' ? labels.length : kept.labels.length;
  const expected = kept === 'nan' ? Number.NaN : compensatedSum(kept.probabilities);
  const ratio = positives / expected;
  const z = -normalQuantile((1 - level) / 2);
  const factor = Math.exp(z * Math.sqrt((1 - positives / n) / positives));
  const ratioInterval: Interval =
    positives > 0 && expected > 0 ? [ratio / factor, ratio * factor] : [Number.NaN, Number.NaN];
  const events = {
    observed: positives,
    expected,
    observedExpectedRatio: ratio,
    ratioInterval,
    n,
    level,
    method: METHOD,
  };
  if (reason !== undefined) {
    return {
      intercept: Number.NaN,
      standardError: Number.NaN,
      interval: [Number.NaN, Number.NaN],
      statistic: Number.NaN,
      ...UNKNOWN_P,
      ...events,
      reason,
    };
  }
  const fit = interceptFit(observations.labels, observations.logits, positives);
  const { estimate: intercept, ...tested } = walds(fit.intercept, fit.standardError, 0, level);
  return { intercept, ...tested, ...events };
}
