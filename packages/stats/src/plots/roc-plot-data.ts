import { InvalidArgumentError } from '@steatosis/core';
import { checkedOptions, type Numbers } from '../checks.js';
import { proportionInterval } from '../proportions/proportion-interval.js';
import type { Reason } from '../reason.js';
import { auc, AUC_OPTIONS, type AucOptions, type AucResult } from '../roc/auc.js';
import { youdenThreshold, type YoudenThreshold } from '../roc/best-threshold.js';
import { rocCurve } from '../roc/curve.js';
import { intervalInWords } from './interval-text.js';

/** Options of {@link rocPlotData}: those of `auc` and what is drawn. */
export interface RocPlotOptions extends AucOptions {
  /** Whether there is a band about the curve. Default false. */
  band?: boolean;
  /** Decimals of the text. Default 3. */
  digits?: number;
}

/** A point of a ROC curve. */
export interface RocPlotPoint {
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Scores of at least this are positive. */
  threshold: number;
}

/** Everything that a plot of one ROC curve shows, as rows. */
export interface RocPlotData {
  area: AucResult;
  /** `AUC 0.832 (0.714–0.950)` */
  text: string;
  /** From (0, 0) to (1, 1), those on straight stretches left out; empty where there is no curve. */
  points: RocPlotPoint[];
  /** The line of chance. */
  diagonal: Pick<RocPlotPoint, 'falsePositiveRate' | 'truePositiveRate'>[];
  /** The threshold with the greatest Youden index; undefined with weights. */
  operatingPoint?: YoudenThreshold;
  /** Limits of the sensitivity at each point. */
  band?: { falsePositiveRate: number; lower: number; upper: number }[];
  /** Why there is no curve; absent when there is one. */
  reason?: Reason;
}

/**
 * The rows of a plot of a ROC curve, for Observable Plot, Vega-Lite and the like.
 *
 * The band is Wilson's interval of the sensitivity at each threshold of the curve: pointwise, for thresholds taken as fixed and
 * observations taken as independent.
 *
 * @param labels 0 or 1 for each observation
 * @param scores as many numbers, high ones for positive
 * @returns no points and a `reason` where a class is empty or a score is NaN
 * @throws InvalidArgumentError for arrays of different length, other labels, or an impossible option; a band with weights or
 *   clusters is one
 * @example
 * ```ts
 * import { rocPlotData } from '@steatosis/stats';
 *
 * const plot = rocPlotData([0, 1, 0, 1, 1], [0.2, 0.3, 0.4, 0.9, 0.8]);
 * console.log(plot.text); // AUC 0.833 (0.371–1.000)
 * console.log(plot.points[1].truePositiveRate.toFixed(3), plot.points[1].threshold); // 0.333 0.9
 * ```
 */
export function rocPlotData(
  labels: Numbers,
  scores: Numbers,
  options: RocPlotOptions = {},
): RocPlotData {
  const {
    band = false,
    digits = 3,
    ...ofArea
  } = checkedOptions(options, ['band', 'digits', ...AUC_OPTIONS]);
  const { weights, clusters } = ofArea;
  const missing = ofArea.nanPolicy === undefined ? {} : { nanPolicy: ofArea.nanPolicy };
  if (band && (weights !== undefined || clusters !== undefined)) {
    throw new InvalidArgumentError('band', band, 'false with weights or clusters');
  }
  const area = auc(labels, scores, ofArea);
  const curve = rocCurve(labels, scores, {
    ...missing,
    ...(weights === undefined ? {} : { weights }),
    dropIntermediate: true,
  });
  const text = `AUC ${intervalInWords(area.auc, area.interval, digits)}`;
  const diagonal = [0, 1].map((rate) => ({ falsePositiveRate: rate, truePositiveRate: rate }));
  if (curve.reason !== undefined) {
    return { area, text, points: [], diagonal, reason: curve.reason };
  }
  const points = Array.from(curve.thresholds, (threshold, i) => ({
    falsePositiveRate: curve.falsePositiveRate[i],
    truePositiveRate: curve.truePositiveRate[i],
    threshold,
  }));
  return {
    area,
    text,
    points,
    diagonal,
    ...(weights === undefined
      ? { operatingPoint: youdenThreshold(labels, scores, { ...missing, level: area.level }) }
      : {}),
    ...(band ? { band: bandOf(points, area) } : {}),
  };
}

function bandOf(
  points: readonly RocPlotPoint[],
  { positives, level }: AucResult,
): NonNullable<RocPlotData['band']> {
  return points.map(({ falsePositiveRate, truePositiveRate }) => {
    // The rate is a count over the number of positives, rounded once.
    const found = Math.round(truePositiveRate * positives);
    const [lower, upper] = proportionInterval(found, positives, { level }).interval;
    return { falsePositiveRate, lower, upper };
  });
}
