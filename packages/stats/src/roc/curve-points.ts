import { argsort } from '../numeric/argsort.js';

/** What is called positive at each threshold, thresholds falling from Infinity through every distinct score. */
export interface CurvePoints {
  thresholds: Float64Array;
  /** Number (or weight) of the positives that score at least the threshold. */
  truePositives: Float64Array;
  falsePositives: Float64Array;
}

/**
 * @param scores without NaN
 * @param weights 1 when absent
 * @internal
 */
export function curvePoints(
  classes: Uint8Array,
  scores: Float64Array,
  weights?: Float64Array,
): CurvePoints {
  const order = argsort(scores);
  const n = order.length;
  const thresholds = new Float64Array(n + 1);
  const truePositives = new Float64Array(n + 1);
  const falsePositives = new Float64Array(n + 1);
  thresholds[0] = Infinity;
  let points = 1;
  let positives = 0;
  let negatives = 0;
  for (let k = n - 1; k >= 0; k--) {
    const i = order[k];
    const weight = weights === undefined ? 1 : weights[i];
    if (classes[i] === 1) positives += weight;
    else negatives += weight;
    const threshold = scores[i];
    if (k > 0 && scores[order[k - 1]] === threshold) continue;
    thresholds[points] = threshold;
    truePositives[points] = positives;
    falsePositives[points] = negatives;
    points++;
  }
  return {
    thresholds: thresholds.slice(0, points),
    truePositives: truePositives.slice(0, points),
    falsePositives: falsePositives.slice(0, points),
  };
}
