import { checkedOptions, type Numbers } from '../checks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { curvePoints } from './curve-points.js';
import { scoredSample } from './scored-sample.js';

/** Options of {@link precisionRecallCurve}. */
export interface PrecisionRecallOptions {
  /** Weight of each observation, finite and ≥ 0; those of weight 0 are left out. Default 1. */
  weights?: Numbers;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** The points of a precision–recall curve. */
export interface PrecisionRecallCurve {
  /** Positive predictive value at each threshold, and 1 at the end. */
  precision: Float64Array;
  /** Sensitivity at each threshold, falling, and 0 at the end; NaN when there is no positive. */
  recall: Float64Array;
  /** Scores ≥ the threshold are called positive; rising, one fewer than points. */
  thresholds: Float64Array;
  /** Why values are NaN or missing, or trivial for one class; absent when all is well. */
  reason?: Reason;
}

/**
 * The precision–recall curve: positive predictive value against sensitivity at every distinct score.
 *
 * Points come as from scikit-learn: from the least score up, with the point (recall 0, precision 1) at the end, where
 * nothing is called positive. Straight lines between the points overestimate; use `averagePrecision` for an area.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @returns no points at all for NaN scores under `propagate`
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible weights
 * @example
 * ```ts
 * import { precisionRecallCurve } from '@steatosis/stats';
 *
 * const curve = precisionRecallCurve([0, 1, 0, 1], [0.2, 0.3, 0.4, 0.9]);
 * console.log([...curve.thresholds]); // [ 0.2, 0.3, 0.4, 0.9 ]
 * console.log([...curve.recall]); // [ 1, 1, 0.5, 0.5, 0 ]
 * console.log(Array.from(curve.precision, (value) => value.toFixed(2))); // [ '0.50', '0.67', '0.50', '1.00', '1.00' ]
 * ```
 */
export function precisionRecallCurve(
  labels: Numbers,
  scores: Numbers,
  options: PrecisionRecallOptions = {},
): PrecisionRecallCurve {
  checkedOptions(options, ['weights', 'nanPolicy']);
  const { weights, nanPolicy } = options;
  const sample = scoredSample(labels, { scores }, { weights, nanPolicy });
  const { reason } = sample;
  if (reason === 'nan-input') {
    const none = new Float64Array(0);
    return { precision: none, recall: none, thresholds: none, reason };
  }
  const points = curvePoints(sample.classes, sample.columns[0], sample.weights);
  const last = points.thresholds.length - 1;
  const precision = new Float64Array(last + 1);
  const recall = new Float64Array(last + 1);
  const thresholds = new Float64Array(last);
  precision[last] = 1;
  for (let k = 1; k <= last; k++) {
    const won = points.truePositives[k];
    precision[last - k] = won / (won + points.falsePositives[k]);
    recall[last - k] = won / points.truePositives[last];
    thresholds[last - k] = points.thresholds[k];
  }
  return { precision, recall, thresholds, ...(reason === undefined ? {} : { reason }) };
}
