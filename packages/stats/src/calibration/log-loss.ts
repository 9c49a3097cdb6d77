import { InvalidArgumentError } from '@steatosis/core';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { meanScore } from './mean-score.js';
import { checkedObservations } from './observations.js';

/** Options of {@link logLoss}. */
export interface LogLossOptions {
  /**
   * Probabilities of the observed label below this are raised to it, so that one certain and wrong prediction does not
   * make the loss infinite. 0 … 0.5; default 2⁻⁵² as in scikit-learn; 0 for no clipping.
   */
  clip?: number;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** The mean logarithmic loss. */
export interface LogLoss {
  /** −mean ln P(label), in nats; ln 2 = 0.693 for a coin, 0 when certain and right. */
  logLoss: number;
  /** Normal interval of the mean, cut at 0. */
  interval: Interval;
  level: number;
  standardError: number;
  /** Observations whose label had a probability below `clip`: the loss depends on that choice if there are any. */
  clipped: number;
  n: number;
  method: string;
  reason?: Reason;
}

/**
 * The logarithmic loss (cross-entropy) of predicted probabilities.
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns NaN with a `reason` for no observation or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { logLoss } from '@steatosis/stats';
 *
 * console.log(logLoss([0, 1, 1], [0.2, 0.7, 0.9]).logLoss.toFixed(4)); // 0.2284
 * ```
 */
export function logLoss(
  labels: Numbers,
  probabilities: Numbers,
  options: LogLossOptions = {},
): LogLoss {
  checkedOptions(options, ['clip', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const clip = checkedClip(options.clip ?? Number.EPSILON);
  const method = `logarithmic loss, probabilities of the label at least ${clip}`;
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  const n = kept === 'nan' ? labels.length : kept.labels.length;
  if (kept === 'nan' || n === 0) {
    const { NaN: nan } = Number;
    return {
      logLoss: nan,
      interval: [nan, nan],
      level,
      standardError: nan,
      clipped: 0,
      n,
      method,
      reason: kept === 'nan' ? 'nan-input' : 'too-few-observations',
    };
  }
  let clipped = 0;
  const least = Math.log(clip);
  const losses = kept.probabilities.map((p, i) => {
    const logP = kept.labels[i] === 1 ? Math.log(p) : Math.log1p(-p);
    if (logP < least) clipped++;
    return 0 - Math.max(least, logP);
  });
  const { mean, standardError, interval } = meanScore(losses, level, 0, Infinity);
  if (mean === Infinity) {
    const { NaN: nan } = Number;
    return {
      logLoss: Infinity,
      interval: [nan, nan],
      level,
      standardError: nan,
      clipped,
      n,
      method,
      reason: 'boundary-estimate',
    };
  }
  return { logLoss: mean, interval, level, standardError, clipped, n, method };
}

/** @throws InvalidArgumentError unless 0 ≤ clip ≤ ½ */
export function checkedClip(clip: number): number {
  if (!(clip >= 0 && clip <= 0.5)) throw new InvalidArgumentError('clip', clip, '0 … 0.5');
  return clip;
}
