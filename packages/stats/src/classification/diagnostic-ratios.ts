import type { Interval, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import type { ConfusionCounts } from './confusion-matrix.js';

/** A ratio of a decision's counts with its interval. */
export interface DiagnosticRatio {
  estimate: number;
  interval: Interval;
  reason?: Reason;
}

/**
 * Likelihood ratios and diagnostic odds ratio, with intervals that are symmetric on the logarithmic scale.
 *
 * Variances of the logarithms: Simel, Samsa and Matchar (1991) for the likelihood ratios, Woolf (1955) for the odds
 * ratio.
 *
 * @internal
 */
export function diagnosticRatios({ tp, fp, fn, tn }: ConfusionCounts, level: number) {
  const positives = tp + fn;
  const negatives = fp + tn;
  const z = -normalQuantile((1 - level) / 2);
  return {
    positiveLikelihoodRatio: logarithmic(
      (tp / positives) * (negatives / fp),
      fn / (tp * positives) + tn / (fp * negatives),
      z,
    ),
    negativeLikelihoodRatio: logarithmic(
      (fn / positives) * (negatives / tn),
      tp / (fn * positives) + fp / (tn * negatives),
      z,
    ),
    diagnosticOddsRatio: logarithmic((tp * tn) / (fp * fn), 1 / tp + 1 / fp + 1 / fn + 1 / tn, z),
  };
}

function logarithmic(estimate: number, variance: number, z: number): DiagnosticRatio {
  if (!(estimate > 0 && estimate < Infinity)) {
    return {
      estimate,
      interval: [Number.NaN, Number.NaN],
      reason: estimate === 0 ? 'boundary-estimate' : 'zero-denominator',
    };
  }
  const factor = Math.exp(z * Math.sqrt(variance));
  return { estimate, interval: [estimate / factor, estimate * factor] };
}
