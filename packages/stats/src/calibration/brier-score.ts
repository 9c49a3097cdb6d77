import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalP } from '../special/normal.js';
import { type PValue, UNKNOWN_P } from '../special/p-value.js';
import { compensatedSum } from '../numeric/sum.js';
import { meanScore } from './mean-score.js';
import { checkedObservations, countPositives, type Observations } from './observations.js';

/** Options of {@link brierScore}. */
export interface BrierScoreOptions {
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** The Brier score with Spiegelhalter's test of calibration. */
export interface BrierScore {
  /** Mean squared distance of probability and label, 0 (certain and right) … 1. */
  brier: number;
  /** Normal interval of the mean, cut at 0 and 1. */
  interval: Interval;
  level: number;
  standardError: number;
  /** 1 − Brier score / `reference`: 0 no better than the prevalence, 1 perfect, negative worse. */
  skillScore: number;
  /** Brier score of the prevalence as everybody's probability, π(1 − π); also called uncertainty. */
  reference: number;
  /** Spiegelhalter's z: how far the score lies from what calibrated probabilities would give. */
  statistic: number;
  /** Two-sided P of perfect calibration. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  n: number;
  positives: number;
  method: string;
  /** Why values are NaN: only the skill score with `'single-class'`, only the test with `'zero-variance'`. */
  reason?: Reason;
}

const METHOD =
  "Brier score, normal interval of the mean; P by Spiegelhalter's z of the calibration";

/**
 * The Brier score of predicted probabilities, its skill score against the prevalence, and Spiegelhalter's test of
 * calibration.
 *
 * Sources: Brier (1950); z = Σ(y − p)(1 − 2p)/√Σ(1 − 2p)²p(1 − p) (Spiegelhalter 1986, equation 3).
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns NaN with a `reason` for no observation or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { brierScore } from '@steatosis/stats';
 *
 * const { brier, skillScore } = brierScore([0, 0, 1, 1], [0.1, 0.4, 0.6, 0.9]);
 * console.log(brier.toFixed(3), skillScore.toFixed(2)); // 0.085 0.66
 * ```
 */
export function brierScore(
  labels: Numbers,
  probabilities: Numbers,
  options: BrierScoreOptions = {},
): BrierScore {
  checkedOptions(options, ['level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  if (kept === 'nan') return undefinedBrier(labels.length, level, 'nan-input');
  const n = kept.labels.length;
  if (n === 0) return undefinedBrier(0, level, 'too-few-observations');
  const positives = countPositives(kept.labels);
  const squares = kept.probabilities.map((p, i) => (p - kept.labels[i]) ** 2);
  const { mean, standardError, interval } = meanScore(squares, level, 0, 1);
  const reference = (positives / n) * ((n - positives) / n);
  const singleClass = reference === 0;
  const calibration = spiegelhalter(kept);
  const reason = singleClass ? 'single-class' : calibration.reason;
  return {
    brier: mean,
    interval,
    level,
    standardError,
    skillScore: singleClass ? Number.NaN : 1 - mean / reference,
    reference,
    ...calibration,
    n,
    positives,
    method: METHOD,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** NaN when every probability is 0, ½ or 1, where the score does not depend on calibration or has no variance. */
function spiegelhalter({
  labels,
  probabilities,
}: Observations): PValue & { statistic: number; reason?: Reason } {
  const numerator = compensatedSum(probabilities.map((p, i) => (labels[i] - p) * (1 - 2 * p)));
  const variance = compensatedSum(probabilities.map((p) => (1 - 2 * p) ** 2 * p * (1 - p)));
  if (variance === 0) return { statistic: Number.NaN, ...UNKNOWN_P, reason: 'zero-variance' };
  const statistic = numerator / Math.sqrt(variance);
  return { statistic, ...normalP(statistic, 'two-sided') };
}

function undefinedBrier(n: number, level: number, reason: Reason): BrierScore {
  const { NaN: nan } = Number;
  return {
    brier: nan,
    interval: [nan, nan],
    level,
    standardError: nan,
    skillScore: nan,
    reference: nan,
    statistic: nan,
    ...UNKNOWN_P,
    n,
    positives: nan,
    method: METHOD,
    reason,
  };
}
