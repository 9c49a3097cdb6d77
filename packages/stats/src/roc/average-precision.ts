import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { logitInterval, unknownInterval } from './auc-interval.js';
import { curvePoints } from './curve-points.js';
import { RunningSum, totalWeights } from './placements.js';
import { scoredSample } from './scored-sample.js';

/** Options of {@link averagePrecision}. */
export interface AveragePrecisionOptions {
  /** Weight of each observation, finite and ≥ 0; those of weight 0 are left out. Default 1. */
  weights?: Numbers;
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN scores. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** An average precision with its interval. */
export interface AveragePrecision {
  /** 0 … 1; NaN when a class is empty. */
  averagePrecision: number;
  /** Logit interval at `level`; NaN with weights. */
  interval: Interval;
  level: number;
  /** Share (by weight) of positives: what scores without any information come near to. */
  prevalence: number;
  n: number;
  positives: number;
  negatives: number;
  method: string;
  /** Why a value is NaN; absent when none is. */
  reason?: Reason;
}

/**
 * The average precision: the mean over positives of the share of positives among all that score at least as high, an area
 * under the precision–recall curve without interpolation.
 *
 * AP = Σ (Rₖ − Rₖ₋₁) Pₖ over falling thresholds, as scikit-learn defines it. The interval is Boyd, Eng and Page's (2013, ECML
 * PKDD) logit interval, which counts the positives as the size of the sample.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers; high ones mean positive, ±Infinity are ranked like others
 * @returns NaN with a `reason` where a class is empty or a score is NaN; the interval is NaN for 1 (`boundary-estimate`) and
 * with weights (`weighted-input`)
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { averagePrecision } from '@steatosis/stats';
 *
 * const found = averagePrecision([0, 1, 0, 1], [0.2, 0.3, 0.4, 0.9]);
 * console.log(found.averagePrecision.toFixed(4)); // 0.8333
 * console.log(found.prevalence); // 0.5
 * ```
 */
export function averagePrecision(
  labels: Numbers,
  scores: Numbers,
  options: AveragePrecisionOptions = {},
): AveragePrecision {
  checkedOptions(options, ['weights', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const { weights, nanPolicy } = options;
  const sample = scoredSample(labels, { scores }, { weights, nanPolicy });
  const { classes, columns, n, positives, negatives } = sample;
  const method = 'average precision without interpolation, logit interval by Boyd et al. (2013)';
  const common = { level, n, positives, negatives, method };
  if (sample.reason !== undefined) {
    return {
      averagePrecision: Number.NaN,
      ...unknownInterval(sample.reason),
      prevalence: sample.reason === 'nan-input' ? Number.NaN : positives / n,
      ...common,
      reason: sample.reason,
    };
  }
  const points = curvePoints(classes, columns[0], sample.weights);
  const sum = new RunningSum();
  for (let k = 1; k < points.thresholds.length; k++) {
    const won = points.truePositives[k];
    const gained = won - points.truePositives[k - 1];
    if (gained > 0) sum.add((gained * won) / (won + points.falsePositives[k]));
  }
  const total = totalWeights(classes, sample.weights);
  const estimate = Math.min(1, sum.total() / total.positives);
  const standardError = Math.sqrt((estimate * (1 - estimate)) / positives);
  const { interval, reason } =
    sample.weights === undefined
      ? logitInterval(estimate, standardError, level)
      : unknownInterval('weighted-input');
  return {
    averagePrecision: estimate,
    interval,
    prevalence: total.positives / (total.positives + total.negatives),
    ...common,
    ...(reason === undefined ? {} : { reason }),
  };
}
