import type { NanPolicy, Reason } from '../reason.js';
import { countPositives, type Observations } from './observations.js';

/** Options of recalibration. */
export interface RecalibrationOptions {
  /**
   * Probabilities nearer to 0 or 1 than this are moved there, since 0 and 1 have no logit; 0 … 0.5. Default 0: none is
   * moved, and one of 0 or 1 makes the result NaN with the reason `'boundary-estimate'`.
   */
  clip?: number;
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Observations on the scale of logistic recalibration, or why there is no fit. */
export interface LogitObservations {
  labels: Uint8Array;
  /** ln(p/(1 − p)) */
  logits: Float64Array;
  positives: number;
  reason?: Reason;
}

/** @internal */
export function logitObservations(kept: Observations | 'nan', clip: number): LogitObservations {
  if (kept === 'nan') {
    return {
      labels: new Uint8Array(0),
      logits: new Float64Array(0),
      positives: Number.NaN,
      reason: 'nan-input',
    };
  }
  const { labels } = kept;
  const logits = kept.probabilities.map((probability) => {
    const p = Math.min(1 - clip, Math.max(clip, probability));
    return Math.log(p) - Math.log1p(-p);
  });
  const positives = countPositives(labels);
  const observations = { labels, logits, positives };
  if (labels.length === 0) return { ...observations, reason: 'too-few-observations' };
  if (positives === 0 || positives === labels.length) {
    return { ...observations, reason: 'single-class' };
  }
  if (logits.some((logit) => Math.abs(logit) === Infinity)) {
    return { ...observations, reason: 'boundary-estimate' };
  }
  return observations;
}

/** Why no finite slope maximises the likelihood; undefined when one does. */
export function slopeTrouble({ labels, logits }: LogitObservations): Reason | undefined {
  const least = [Infinity, Infinity];
  const most = [-Infinity, -Infinity];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    least[label] = Math.min(least[label], logits[i]);
    most[label] = Math.max(most[label], logits[i]);
  }
  if (Math.min(...least) === Math.max(...most)) return 'constant-input';
  return most[0] <= least[1] || most[1] <= least[0] ? 'separation' : undefined;
}
