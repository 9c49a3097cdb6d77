import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { normalP, normalQuantile } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { checkedClip } from './log-loss.js';
import { logitObservations, type RecalibrationOptions, slopeTrouble } from './logits.js';
import { checkedObservations } from './observations.js';
import { logLikelihoodOf, recalibrationFit } from './recalibration-fit.js';

/** A coefficient of the logistic recalibration with Wald's test of its ideal value. */
export interface RecalibrationCoefficient {
  estimate: number;
  standardError: number;
  /** Wald's interval. */
  interval: Interval;
  /** z of the ideal value (intercept 0, slope 1). */
  statistic: number;
  /** Two-sided. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
}

/** Slope and intercept of labels on the logits of their probabilities. */
export interface CalibrationSlope {
  /** 1 is ideal; below 1 the probabilities are too extreme, as after overfitting; above 1 too moderate. */
  slope: number;
  standardError: number;
  /** Wald's interval of the slope. */
  interval: Interval;
  /** z of slope 1. */
  statistic: number;
  /** Two-sided P of slope 1. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** The intercept at this slope, 0 is ideal; for the mean shift take {@link calibrationInTheLarge}. */
  intercept: RecalibrationCoefficient;
  /** Likelihood ratio test that intercept is 0 and slope 1 (Cox 1958). */
  joint: { statistic: number; degreesOfFreedom: 2; p: number; logP: number };
  n: number;
  positives: number;
  level: number;
  method: string;
  /** Why values are NaN; `'separation'` when the probabilities part the classes, so that the slope is infinite. */
  reason?: Reason;
}

const METHOD =
  "logistic recalibration on the probabilities' logits, Wald intervals and tests of slope 1 and intercept 0";

/**
 * Calibration slope and intercept: the logistic regression of the labels on the logits of their predicted probabilities.
 *
 * Source: Cox (1958, Biometrika 45:562).
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns NaN with a `reason` for a single class, constant probabilities, probabilities of 0 or 1 (see `clip`),
 * separation or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { calibrationSlope } from '@steatosis/stats';
 *
 * const probabilities = [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9];
 * const { slope, interval } = calibrationSlope([0, 0, 1, 0, 1, 0, 1, 1], probabilities);
 * console.log(slope.toFixed(3)); // 1.074
 * console.log(interval.map((limit) => limit.toFixed(2))); // [ '-0.42', '2.57' ]
 * ```
 */
export function calibrationSlope(
  labels: Numbers,
  probabilities: Numbers,
  options: RecalibrationOptions = {},
): CalibrationSlope {
  checkedOptions(options, ['clip', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const clip = checkedClip(options.clip ?? 0);
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  const observations = logitObservations(kept, clip);
  const n = kept === 'nan' ? labels.length : kept.labels.length;
  const { positives } = observations;
  const reason = observations.reason ?? slopeTrouble(observations);
  if (reason !== undefined) return { ...undefinedSlope(), n, positives, level, reason };
  const fit = recalibrationFit(observations.labels, observations.logits, positives);
  const slope = walds(fit.slope, fit.slopeStandardError, 1, level);
  const ideal = logLikelihoodOf(observations.labels, observations.logits, 0, 1);
  const ratio = Math.max(0, 2 * (fit.logLikelihood - ideal));
  return {
    slope: slope.estimate,
    standardError: slope.standardError,
    interval: slope.interval,
    statistic: slope.statistic,
    p: slope.p,
    logP: slope.logP,
    intercept: walds(fit.intercept, fit.interceptStandardError, 0, level),
    joint: { statistic: ratio, degreesOfFreedom: 2, ...chiSquareUpper(ratio, 2) },
    n,
    positives,
    level,
    method: METHOD,
  };
}

/** @internal */
export function walds(
  estimate: number,
  standardError: number,
  ideal: number,
  level: number,
): RecalibrationCoefficient {
  const statistic = (estimate - ideal) / standardError;
  const reach = -normalQuantile((1 - level) / 2) * standardError;
  return {
    estimate,
    standardError,
    interval: [estimate - reach, estimate + reach],
    statistic,
    ...normalP(statistic, 'two-sided'),
  };
}

function undefinedSlope() {
  const { NaN: nan } = Number;
  const wald = (): Omit<RecalibrationCoefficient, 'estimate'> => ({
    standardError: nan,
    interval: [nan, nan],
    statistic: nan,
    ...UNKNOWN_P,
  });
  return {
    slope: nan,
    ...wald(),
    intercept: { estimate: nan, ...wald() },
    joint: { statistic: nan, degreesOfFreedom: 2 as const, ...UNKNOWN_P },
    method: METHOD,
  };
}
