import { InvalidArgumentError } from '@steatosis/core';
import {
  checkedLabels,
  checkedOptions,
  keptObservations,
  type Numbers,
  sameLength,
} from '../checks.js';
import { argsort } from '../correlation/argsort.js';
import type { NanPolicy, Reason } from '../reason.js';

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
  sameLength('labels', labels, 'scores', scores);
  const classes = checkedLabels('labels', labels);
  const weights = checkedWeights(labels.length, options.weights);
  const kept = keptObservations({ scores }, options.nanPolicy);
  const none = new Float64Array(0);
  if (kept === 'nan') {
    return {
      falsePositiveRate: none,
      truePositiveRate: none,
      thresholds: none,
      reason: 'nan-input',
    };
  }
  const everyone = kept === 'all' ? Uint32Array.from(classes.keys()) : kept;
  const used = everyone.filter((i) => weights[i] > 0);
  const points = cumulate(used, classes, scores, weights);
  const chosen = options.dropIntermediate ? corners(points) : points;
  const last = points.length - 1;
  return {
    falsePositiveRate: Float64Array.from(
      chosen,
      (p) => p.falsePositives / points[last].falsePositives,
    ),
    truePositiveRate: Float64Array.from(
      chosen,
      (p) => p.truePositives / points[last].truePositives,
    ),
    thresholds: Float64Array.from(chosen, (p) => p.threshold),
    ...undefinedRates(used.length, points[last]),
  };
}

interface Point {
  threshold: number;
  /** Weight of the positives that score at least the threshold. */
  truePositives: number;
  falsePositives: number;
}

function checkedWeights(n: number, weights: Numbers | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(n).fill(1);
  if (weights.length !== n) {
    throw new InvalidArgumentError('weights', `${weights.length} values`, `${n}, one per label`);
  }
  const checked = Float64Array.from(weights);
  const bad = checked.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (bad >= 0) {
    throw new InvalidArgumentError(`weights[${bad}]`, checked[bad], 'a finite number ≥ 0');
  }
  return checked;
}

function cumulate(
  used: Uint32Array,
  classes: Uint8Array,
  scores: Numbers,
  weights: Float64Array,
): Point[] {
  const values = Float64Array.from(used, (i) => scores[i]);
  const order = argsort(values);
  let truePositives = 0;
  let falsePositives = 0;
  const points: Point[] = [{ threshold: Infinity, truePositives, falsePositives }];
  for (let k = order.length - 1; k >= 0; k--) {
    const i = used[order[k]];
    if (classes[i] === 1) truePositives += weights[i];
    else falsePositives += weights[i];
    const threshold = values[order[k]];
    if (k > 0 && values[order[k - 1]] === threshold) continue;
    points.push({ threshold, truePositives, falsePositives });
  }
  return points;
}

/** The points at which the curve turns, with both ends; the first score stays, as in scikit-learn. */
function corners(points: Point[]): Point[] {
  return points.filter((point, k) => {
    if (k <= 1 || k === points.length - 1) return true;
    const before = points[k - 1];
    const after = points[k + 1];
    return (
      after.truePositives - point.truePositives !== point.truePositives - before.truePositives ||
      after.falsePositives - point.falsePositives !== point.falsePositives - before.falsePositives
    );
  });
}

function undefinedRates(n: number, all: Point): { reason?: Reason } {
  if (n === 0) return { reason: 'too-few-observations' };
  return all.truePositives > 0 && all.falsePositives > 0 ? {} : { reason: 'single-class' };
}
