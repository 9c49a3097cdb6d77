import { checkedOptions, type Numbers } from '../checks.js';
import type { NanPolicy, Reason } from '../reason.js';
import { curvePoints, type CurvePoints } from './curve-points.js';
import { scoredSample } from './scored-sample.js';

/** Options of {@link rocCurve}. */
export interface RocCurveOptions {
  /** Weight of each observation, finite and ≥ 0; those of weight 0 are left out. Default 1. */
  weights?: Numbers;
  /** Leave out points that lie on a straight stretch of the curve. Default false: one point per distinct score. */
  dropIntermediate?: boolean;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** The points of a ROC curve from (0, 0) to (1, 1). */
export interface RocCurve {
  /** 1 − specificity, rising; NaN throughout when there is no negative. */
  falsePositiveRate: Float64Array;
  /** Sensitivity, rising; NaN throughout when there is no positive. */
  truePositiveRate: Float64Array;
  /** Scores ≥ the threshold are called positive; falling, the first one is Infinity (nothing is positive). */
  thresholds: Float64Array;
  /** Why values are NaN or missing; absent when none is. */
  reason?: Reason;
}

/**
 * The ROC curve: sensitivity against 1 − specificity at every distinct score.
 *
 * High scores are expected to mean positive; the direction is never turned round. Thresholds are scores
 * themselves, as scikit-learn has them (pROC takes midpoints).
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; ±Infinity are ranked like others
 * @returns no points at all for NaN scores under `propagate`
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible weights
 * @example
 * ```ts
 * import { rocCurve } from '@steatosis/stats';
 *
 * const curve = rocCurve([0, 1, 0, 1], [0.2, 0.3, 0.4, 0.9]);
 * console.log([...curve.thresholds]); // [ Infinity, 0.9, 0.4, 0.3, 0.2 ]
 * console.log([...curve.falsePositiveRate]); // [ 0, 0, 0.5, 0.5, 1 ]
 * console.log([...curve.truePositiveRate]); // [ 0, 0.5, 0.5, 1, 1 ]
 * ```
 */
export function rocCurve(
  labels: Numbers,
  scores: Numbers,
  options: RocCurveOptions = {},
): RocCurve {
  checkedOptions(options, ['weights', 'dropIntermediate', 'nanPolicy']);
  const { weights, nanPolicy } = options;
  const sample = scoredSample(labels, { scores }, { weights, nanPolicy });
  const { reason } = sample;
  if (reason === 'nan-input') {
    const none = new Float64Array(0);
    return { falsePositiveRate: none, truePositiveRate: none, thresholds: none, reason };
  }
  const all = curvePoints(sample.classes, sample.columns[0], sample.weights);
  const points = options.dropIntermediate ? corners(all) : all;
  const last = all.thresholds.length - 1;
  const negatives = all.falsePositives[last];
  const positives = all.truePositives[last];
  return {
    falsePositiveRate: points.falsePositives.map((count) => count / negatives),
    truePositiveRate: points.truePositives.map((count) => count / positives),
    thresholds: points.thresholds,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The points at which the curve turns, with both ends; the first score stays, as in scikit-learn. */
function corners({ thresholds, truePositives, falsePositives }: CurvePoints): CurvePoints {
  const isStraight = (counts: Float64Array, k: number) =>
    counts[k + 1] - counts[k] === counts[k] - counts[k - 1];
  const chosen = Uint32Array.from(thresholds.keys()).filter(
    (k) =>
      k <= 1 ||
      k === thresholds.length - 1 ||
      !isStraight(truePositives, k) ||
      !isStraight(falsePositives, k),
  );
  const at = (values: Float64Array) => Float64Array.from(chosen, (k) => values[k]);
  return {
    thresholds: at(thresholds),
    truePositives: at(truePositives),
    falsePositives: at(falsePositives),
  };
}
