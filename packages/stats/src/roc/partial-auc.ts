import { InvalidArgumentError } from '@steatosis/core';
import { checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { curvePoints } from './curve-points.js';
import { RunningSum } from './placements.js';
import { scoredSample } from './scored-sample.js';

/** Options of {@link partialAuc}; either `maxFpr` or `minTpr` has to be given. */
export interface PartialAucOptions {
  /** The area up to this false positive rate (1 − specificity). */
  maxFpr?: number;
  /** … and from this one on. Default 0. */
  minFpr?: number;
  /** The area above this true positive rate (sensitivity), between the curve and a false positive rate of 1. */
  minTpr?: number;
  /** … and below this one. Default 1. */
  maxTpr?: number;
  /** Weight of each observation, finite and ≥ 0; those of weight 0 are left out. Default 1. */
  weights?: Numbers;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** A part of the area under a ROC curve. */
export interface PartialAuc {
  /** The area itself, 0 … width of the range. */
  partialAuc: number;
  /** McClish's: 0.5 for chance, 1 for a perfect test, whatever the range; below 0.5 for worse than chance. */
  standardised: number;
  /** Which rate is limited. */
  focus: 'false-positive-rate' | 'true-positive-rate';
  range: Interval;
  n: number;
  positives: number;
  negatives: number;
  method: string;
  /** Why values are NaN; absent when none is. */
  reason?: Reason;
}

/**
 * The area under a part of the ROC curve: where few false positives are tolerable (`maxFpr`), or where few positives may
 * be missed (`minTpr`).
 *
 * The curve is linear between its points. Standardised areas are ½ (1 + (A − min)/(max − min)), where min is the area of chance in that
 * range and max that of a perfect test (McClish 1989, Med Decis Making 9:190). scikit-learn's `max_fpr` gives the
 * standardised one, pROC's `partial.auc` the plain one.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @throws InvalidArgumentError for arrays of different length, other labels, no or an empty range, or both rates
 * @example
 * ```ts
 * import { partialAuc } from '@steatosis/stats';
 *
 * const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
 * const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];
 * const found = partialAuc(labels, scores, { maxFpr: 0.5 });
 * console.log(found.partialAuc.toFixed(4)); // 0.3333
 * console.log(found.standardised.toFixed(4)); // 0.7778
 * ```
 */
export function partialAuc(
  labels: Numbers,
  scores: Numbers,
  options: PartialAucOptions,
): PartialAuc {
  checkedOptions(options, ['maxFpr', 'minFpr', 'minTpr', 'maxTpr', 'weights', 'nanPolicy']);
  const { focus, range } = checkedRange(options);
  const { weights, nanPolicy } = options;
  const sample = scoredSample(labels, { scores }, { weights, nanPolicy });
  const { classes, columns, n, positives, negatives, reason } = sample;
  const ofFalsePositives = focus === 'false-positive-rate';
  const common = {
    focus,
    range,
    n,
    positives,
    negatives,
    method: `area ${ofFalsePositives ? 'under the curve between false' : 'right of the curve between true'} positive rates ${range[0]} and ${range[1]}, standardised by McClish (1989)`,
  };
  if (reason !== undefined) {
    return { partialAuc: Number.NaN, standardised: Number.NaN, ...common, reason };
  }
  const { truePositives, falsePositives } = curvePoints(classes, columns[0], sample.weights);
  const last = truePositives.length - 1;
  const sensitivity = truePositives.map((count) => count / truePositives[last]);
  const rate = falsePositives.map((count) => count / falsePositives[last]);
  const area = ofFalsePositives
    ? areaBetween(rate, sensitivity, range)
    : areaBetween(
        sensitivity,
        rate.map((value) => 1 - value),
        range,
      );
  const [low, high] = range;
  const width = high - low;
  const middle = (low + high) / 2;
  const chance = width * (ofFalsePositives ? middle : 1 - middle);
  return {
    partialAuc: area,
    standardised: (1 + (area - chance) / (width - chance)) / 2,
    ...common,
  };
}

function checkedRange({ maxFpr, minFpr, minTpr, maxTpr }: PartialAucOptions): {
  focus: PartialAuc['focus'];
  range: Interval;
} {
  if (maxFpr !== undefined && minTpr === undefined) {
    if (maxTpr !== undefined) throw new InvalidArgumentError('maxTpr', maxTpr, 'minTpr beside it');
    return { focus: 'false-positive-rate', range: checkedRates('maxFpr', [minFpr ?? 0, maxFpr]) };
  }
  if (minTpr !== undefined && maxFpr === undefined) {
    if (minFpr !== undefined) throw new InvalidArgumentError('minFpr', minFpr, 'maxFpr beside it');
    return { focus: 'true-positive-rate', range: checkedRates('minTpr', [minTpr, maxTpr ?? 1]) };
  }
  throw new InvalidArgumentError('options', { maxFpr, minTpr }, 'either maxFpr or minTpr');
}

function checkedRates(name: string, range: Interval): Interval {
  const [low, high] = range;
  if (!(low >= 0 && low < high && high <= 1)) {
    throw new InvalidArgumentError(name, range, 'a range of rates within 0 … 1 that is not empty');
  }
  return range;
}

/** ∫ y dx from low to high of the line through the points, x rising (steps allowed) from 0 to 1. */
function areaBetween(x: Float64Array, y: Float64Array, [low, high]: Interval): number {
  const area = new RunningSum();
  for (let k = 1; k < x.length; k++) {
    const from = Math.max(low, x[k - 1]);
    const to = Math.min(high, x[k]);
    if (!(from < to)) continue;
    const slope = (y[k] - y[k - 1]) / (x[k] - x[k - 1]);
    const middle = y[k - 1] + slope * ((from + to) / 2 - x[k - 1]);
    area.add((to - from) * middle);
  }
  return area.total();
}
