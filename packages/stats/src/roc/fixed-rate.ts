import { InvalidArgumentError } from '@steatosis/core';
import type { Numbers } from '../checks.js';
import {
  type SampleOperatingPoint,
  type ThresholdOptions,
  type Thresholds,
  thresholdsOf,
  unknownPoint,
} from './operating-point.js';

/**
 * The greatest sensitivity that the scores reach with a specificity of at least `specificity`.
 *
 * Only thresholds that exist are considered, without interpolation: the point found can be used. Like every choice of a
 * threshold it looks better on the data it was made on.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @param specificity 0 … 1
 * @returns of thresholds with that sensitivity the one with the greatest specificity; NaN with a `reason` where a class is
 * empty or a score is NaN
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { sensitivityAtSpecificity } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const point = sensitivityAtSpecificity(labels, scores, 0.8);
 * console.log(point.sensitivity, point.threshold); // 0.75 0.6
 * ```
 */
export function sensitivityAtSpecificity(
  labels: Numbers,
  scores: Numbers,
  specificity: number,
  options: ThresholdOptions = {},
): SampleOperatingPoint {
  const given = { specificity };
  return greatestWhere('sensitivity', given, labels, scores, options, ({ points, negatives }) => {
    let last = 0;
    for (let k = 1; k < points.thresholds.length; k++) {
      if ((negatives - points.falsePositives[k]) / negatives < specificity) break;
      if (points.truePositives[k] > points.truePositives[last]) last = k;
    }
    return last;
  });
}

/**
 * The greatest specificity that the scores reach with a sensitivity of at least `sensitivity`.
 *
 * The mirror image of `sensitivityAtSpecificity`, with the same cautions.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers
 * @param sensitivity 0 … 1
 * @returns of thresholds with that specificity the one with the greatest sensitivity; NaN with a `reason` as there
 * @throws InvalidArgumentError for what is refused there
 * @example
 * ```ts
 * import { specificityAtSensitivity } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const point = specificityAtSensitivity(labels, scores, 0.9);
 * console.log(point.specificity.toFixed(3), point.threshold); // 0.667 0.35
 * ```
 */
export function specificityAtSensitivity(
  labels: Numbers,
  scores: Numbers,
  sensitivity: number,
  options: ThresholdOptions = {},
): SampleOperatingPoint {
  const given = { sensitivity };
  return greatestWhere('specificity', given, labels, scores, options, ({ points, positives }) => {
    let k = 0;
    while (points.truePositives[k] / positives < sensitivity) k++;
    while (points.falsePositives[k + 1] === points.falsePositives[k]) k++;
    return k;
  });
}

function greatestWhere(
  sought: string,
  given: Readonly<Record<string, number>>,
  labels: Numbers,
  scores: Numbers,
  options: ThresholdOptions,
  choose: (found: Thresholds) => number,
): SampleOperatingPoint {
  const [name] = Object.keys(given);
  const rate = given[name];
  if (!(typeof rate === 'number' && rate >= 0 && rate <= 1)) {
    throw new InvalidArgumentError(name, rate, 'a rate, 0 … 1');
  }
  const method = `greatest ${sought} at a ${name} of at least ${rate}`;
  const made = thresholdsOf(labels, scores, options);
  if ('reason' in made) return { ...unknownPoint(), ...made.sample, method, reason: made.reason };
  return { ...made.found.at(choose(made.found)), ...made.sample, method };
}
