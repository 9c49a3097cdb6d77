import type { Numbers } from '../checks.js';
import type { Reason } from '../reason.js';
import {
  type OperatingPoint,
  type SampleOperatingPoint,
  type ThresholdOptions,
  type Thresholds,
  thresholdsOf,
  unknownPoint,
} from './operating-point.js';

/** The threshold with the greatest Youden index; of several equally good ones the highest. */
export interface YoudenThreshold extends SampleOperatingPoint {
  /** sensitivity + specificity − 1 */
  youden: number;
  /** Every threshold with this index, falling. */
  points: OperatingPoint[];
}

/** The threshold nearest to a perfect test; of several equally near ones the highest. */
export interface ClosestThreshold extends SampleOperatingPoint {
  /** √((1 − sensitivity)² + (1 − specificity)²) */
  distance: number;
  /** Every threshold at this distance, falling. */
  points: OperatingPoint[];
}

/**
 * The threshold with the greatest sum of sensitivity and specificity (Youden 1950, Cancer 3:32).
 *
 * A threshold that is chosen and judged on the same data looks better than it is; judge it on others. Scores of at least the
 * threshold are positive; thresholds are scores of the sample, or Infinity where calling nothing positive is as good
 * (pROC gives midpoints between scores).
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @returns NaN with a `reason` where a class is empty or a score is NaN
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { youdenThreshold } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const best = youdenThreshold(labels, scores);
 * console.log(best.threshold, best.youden.toFixed(3)); // 0.35 0.667
 * console.log(best.sensitivity, best.specificity.toFixed(3)); // 1 0.667
 * console.log(best.sensitivityInterval.map((limit) => limit.toFixed(3))); // [ '0.510', '1.000' ]
 * ```
 */
export function youdenThreshold(
  labels: Numbers,
  scores: Numbers,
  options: ThresholdOptions = {},
): YoudenThreshold {
  // (TP/m − FP/n) mn is a whole number, so that ties are found exactly.
  const { best, value, ...rest } = bestThreshold(labels, scores, options, (found, k) => {
    const { points, positives, negatives } = found;
    return points.truePositives[k] * negatives - points.falsePositives[k] * positives;
  });
  return {
    ...best,
    youden: value / (rest.positives * rest.negatives),
    ...rest,
    method: 'greatest Youden index',
  };
}

/**
 * The threshold at which the ROC curve comes closest to the corner of a perfect test, sensitivity and specificity 1.
 *
 * The same cautions hold as for `youdenThreshold`, which weighs both errors by their size rather than its square
 * (Perkins and Schisterman 2006, Am J Epidemiol 163:670, on how the two differ).
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @returns NaN with a `reason` where a class is empty or a score is NaN
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { closestToCorner } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const best = closestToCorner(labels, scores);
 * console.log(best.threshold, best.distance.toFixed(3)); // 0.6 0.300
 * ```
 */
export function closestToCorner(
  labels: Numbers,
  scores: Numbers,
  options: ThresholdOptions = {},
): ClosestThreshold {
  const { best, value, ...rest } = bestThreshold(labels, scores, options, (found, k) => {
    const { points, positives, negatives } = found;
    const missed = (positives - points.truePositives[k]) * negatives;
    const alarmed = points.falsePositives[k] * positives;
    return -(missed * missed + alarmed * alarmed);
  });
  return {
    ...best,
    distance: Math.sqrt(-value) / (rest.positives * rest.negatives),
    ...rest,
    method: 'least distance from the corner of sensitivity 1 and specificity 1',
  };
}

interface Best {
  best: OperatingPoint;
  points: OperatingPoint[];
  /** The greatest value of the criterion. */
  value: number;
  level: number;
  n: number;
  positives: number;
  negatives: number;
  reason?: Reason;
}

function bestThreshold(
  labels: Numbers,
  scores: Numbers,
  options: ThresholdOptions,
  criterion: (found: Thresholds, k: number) => number,
): Best {
  const made = thresholdsOf(labels, scores, options);
  if ('reason' in made) {
    const { sample, reason } = made;
    return { best: unknownPoint(), points: [], value: Number.NaN, ...sample, reason };
  }
  const { found, sample } = made;
  let value = -Infinity;
  let ties: number[] = [];
  for (let k = 0; k < found.points.thresholds.length; k++) {
    const here = criterion(found, k);
    if (here < value) continue;
    if (here > value) ties = [];
    value = here;
    ties.push(k);
  }
  const points = ties.map(found.at);
  return { best: points[0], points, value, ...sample };
}
