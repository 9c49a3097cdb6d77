import { InvalidArgumentError } from '@steatosis/core';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import {
  proportionInterval,
  type ProportionIntervalOptions,
} from '../proportions/proportion-interval.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { curvePoints, type CurvePoints } from './curve-points.js';
import { scoredSample } from './scored-sample.js';

/** Options of the functions that look for a threshold. */
export interface ThresholdOptions {
  /** Interval of sensitivity and specificity, as in `proportionInterval`. Default `'wilson'`. */
  proportionMethod?: NonNullable<ProportionIntervalOptions['method']>;
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A decision: scores ≥ the threshold are called positive. */
export interface OperatingPoint {
  /** A score of the sample, or Infinity where nothing is called positive. */
  threshold: number;
  sensitivity: number;
  specificity: number;
  /** For a threshold that was fixed beforehand: the choice of the best one is not accounted for. */
  sensitivityInterval: Interval;
  specificityInterval: Interval;
  truePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  falsePositives: number;
}

/** An operating point of a sample. */
export interface SampleOperatingPoint extends OperatingPoint {
  level: number;
  n: number;
  positives: number;
  negatives: number;
  method: string;
  /** Why all is NaN; absent when it is not. */
  reason?: Reason;
}

/** The points of a checked sample and what to make of each. */
export interface Thresholds {
  points: CurvePoints;
  positives: number;
  negatives: number;
  /** What is found at the point `k`. */
  at: (k: number) => OperatingPoint;
}

/** What every result says about its sample. */
export interface ThresholdSample {
  level: number;
  n: number;
  positives: number;
  negatives: number;
}

/**
 * @returns the sample alone with a reason where there is no curve
 * @internal
 */
export function thresholdsOf(
  labels: Numbers,
  scores: Numbers,
  options: ThresholdOptions,
): { sample: ThresholdSample; reason: Reason } | { sample: ThresholdSample; found: Thresholds } {
  checkedOptions(options, ['proportionMethod', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const method = options.proportionMethod ?? 'wilson';
  // An impossible method is refused before any data are looked at.
  const share = (count: number, of: number) => proportionInterval(count, of, { method, level });
  share(0, 1);
  const { classes, columns, n, positives, negatives, reason } = scoredSample(
    labels,
    { scores },
    { nanPolicy: options.nanPolicy },
  );
  const sample = { level, n, positives, negatives };
  if (reason !== undefined) return { sample, reason };
  const points = curvePoints(classes, columns[0]);
  const at = (k: number): OperatingPoint => {
    const truePositives = points.truePositives[k];
    const falsePositives = points.falsePositives[k];
    const trueNegatives = negatives - falsePositives;
    return {
      threshold: points.thresholds[k],
      sensitivity: truePositives / positives,
      specificity: trueNegatives / negatives,
      sensitivityInterval: share(truePositives, positives).interval,
      specificityInterval: share(trueNegatives, negatives).interval,
      truePositives,
      falseNegatives: positives - truePositives,
      trueNegatives,
      falsePositives,
    };
  };
  return { sample, found: { points, positives, negatives, at } };
}

/** A point that does not exist. */
export function unknownPoint(): OperatingPoint {
  const { NaN: nan } = Number;
  return {
    threshold: nan,
    sensitivity: nan,
    specificity: nan,
    sensitivityInterval: [nan, nan],
    specificityInterval: [nan, nan],
    truePositives: nan,
    falseNegatives: nan,
    trueNegatives: nan,
    falsePositives: nan,
  };
}

/**
 * Sensitivity and specificity with their intervals of the decision that scores of at least `threshold` are positive.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive
 * @param threshold any number; ±Infinity are allowed
 * @returns NaN with a `reason` where a class is empty or a score is NaN
 * @throws InvalidArgumentError for arrays of different length, other labels, a threshold that is NaN, or impossible options
 * @example
 * ```ts
 * import { operatingPoint } from '@steatosis/stats';
 *
 * const point = operatingPoint([0, 0, 0, 1, 1], [1, 2, 4, 3, 5], 3);
 * console.log(point.sensitivity); // 1
 * console.log(point.specificity.toFixed(3)); // 0.667
 * ```
 */
export function operatingPoint(
  labels: Numbers,
  scores: Numbers,
  threshold: number,
  options: ThresholdOptions = {},
): SampleOperatingPoint {
  if (typeof threshold !== 'number' || Number.isNaN(threshold)) {
    throw new InvalidArgumentError('threshold', threshold, 'a number');
  }
  const made = thresholdsOf(labels, scores, options);
  const method = 'scores of at least the threshold are positive';
  if ('reason' in made) return { ...unknownPoint(), ...made.sample, method, reason: made.reason };
  const { points, at } = made.found;
  // Thresholds fall: the last one that is not below the wanted one calls the same observations positive.
  let k = 0;
  while (k + 1 < points.thresholds.length && points.thresholds[k + 1] >= threshold) k++;
  return { ...at(k), threshold, ...made.sample, method };
}
