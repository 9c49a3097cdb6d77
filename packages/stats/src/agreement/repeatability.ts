import {
  checkedLevel,
  checkedOptions,
  finiteOrThrow,
  keptSample,
  type Numbers,
} from '../checks.js';
import { centre, meanOf } from '../numeric/centre.js';
import { compensatedSum, dot } from '../numeric/sum.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { chiSquareQuantile, chiSquareUpperQuantile } from '../special/chi-square-quantile.js';
import { checkedRows } from './ratings.js';

/** Options of {@link repeatability}. */
export interface RepeatabilityOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN; `'omit'` leaves out the single measurement. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** How far repeated measurements of the same subject scatter. */
export interface Repeatability {
  /** Within-subject standard deviation, in the unit of the measurements. */
  withinSubjectSd: number;
  /** Its interval, by chi-square. */
  interval: Interval;
  /** 1.96 √2 times it: two measurements of a subject differ by less in 95 of 100 cases. */
  repeatabilityCoefficient: number;
  repeatabilityInterval: Interval;
  /** Within-subject coefficient of variation: root mean square of SD/mean of each subject, in percent. */
  withinSubjectCvPercent: number;
  cvPercentInterval: Interval;
  /** 1.96 √2 times the coefficient of variation, in percent. */
  repeatabilityCoefficientPercent: number;
  repeatabilityPercentInterval: Interval;
  level: number;
  /** Measurements less subjects. */
  degreesOfFreedom: number;
  /** Subjects with at least two measurements. */
  n: number;
  method: string;
  /** `'zero-variance'` when no subject's measurements differ, `'zero-denominator'` for a subject of mean 0, which has no CV. */
  reason?: Reason;
}

/** √2 times the normal quantile of 0.975 */
const FACTOR = 2.771807648699356;

/**
 * Repeatability of a measurement: within-subject standard deviation, coefficient of variation and repeatability
 * coefficient, with intervals.
 *
 * Sources: Bland and Altman (1996, BMJ 313:744); Raunig and others for QIBA (2015, Stat Methods Med Res 24:27), equations
 * of test–retest studies.
 *
 * @param rows one row of repeated measurements for each subject; rows may differ in length, those of fewer than two are
 * left out
 * @returns NaN with a `reason` for no repeated subject or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for values that are no numbers, infinities or an impossible option
 * @example
 * ```ts
 * import { repeatability } from '@steatosis/stats';
 *
 * const pdffPercent = [[5.1, 5.4], [12.4, 12.0], [8.3, 8.1], [20.2, 20.9], [3.9, 3.8]];
 * const result = repeatability(pdffPercent);
 * console.log(result.withinSubjectSd.toFixed(3), result.repeatabilityCoefficient.toFixed(2)); // 0.281 0.78
 * console.log(result.withinSubjectCvPercent.toFixed(2)); // 2.60
 * ```
 */
export function repeatability(
  rows: readonly Numbers[],
  options: RepeatabilityOptions = {},
): Repeatability {
  checkedOptions(options, ['level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  checkedRows(rows);
  const samples: Float64Array[] = [];
  let missing = false;
  rows.forEach((row, i) => {
    const sample = keptSample(`rows[${i}]`, row, options.nanPolicy);
    if (sample === 'nan') {
      missing = true;
      return;
    }
    finiteOrThrow(`rows[${i}]`, sample);
    if (sample.length > 1) samples.push(sample);
  });
  const n = samples.length;
  if (missing || n === 0) {
    return record(Number.NaN, Number.NaN, Number.NaN, n, level, {
      reason: missing ? 'nan-input' : 'too-few-observations',
    });
  }
  const within = samples.map((sample) => {
    const { deviations, scale } = centre(sample);
    const sd = scale * Math.sqrt(dot(deviations, deviations) / (sample.length - 1));
    return { sd, mean: meanOf(sample), degrees: sample.length - 1 };
  });
  const degrees = within.reduce((sum, subject) => sum + subject.degrees, 0);
  const rms = (values: number[]) => {
    const largest = values.reduce((most, value) => Math.max(most, value), 0);
    if (largest === 0) return 0;
    const squares = values.map((value, i) => within[i].degrees * (value / largest) ** 2);
    return largest * Math.sqrt(compensatedSum(squares) / degrees);
  };
  const sd = rms(within.map((subject) => subject.sd));
  const noMean = within.some(({ mean }) => mean === 0);
  const cv = noMean
    ? Number.NaN
    : rms(within.map((subject) => Math.abs(subject.sd / subject.mean)));
  const reason: Reason | undefined =
    sd === 0 ? 'zero-variance' : noMean ? 'zero-denominator' : undefined;
  return record(sd, 100 * cv, degrees, n, level, reason === undefined ? {} : { reason });
}

function record(
  sd: number,
  cvPercent: number,
  degreesOfFreedom: number,
  n: number,
  level: number,
  why: { reason?: Reason },
): Repeatability {
  const tail = (1 - level) / 2;
  const known = degreesOfFreedom > 0;
  const nan = Number.NaN;
  const low = known
    ? Math.sqrt(degreesOfFreedom / chiSquareUpperQuantile(tail, degreesOfFreedom))
    : nan;
  const high = known
    ? Math.sqrt(degreesOfFreedom / chiSquareQuantile(tail, degreesOfFreedom))
    : nan;
  const interval = (value: number): Interval => [value * low, value * high];
  return {
    withinSubjectSd: sd,
    interval: interval(sd),
    repeatabilityCoefficient: FACTOR * sd,
    repeatabilityInterval: interval(FACTOR * sd),
    withinSubjectCvPercent: cvPercent,
    cvPercentInterval: interval(cvPercent),
    repeatabilityCoefficientPercent: FACTOR * cvPercent,
    repeatabilityPercentInterval: interval(FACTOR * cvPercent),
    level,
    degreesOfFreedom,
    n,
    method: 'within-subject variance pooled over subjects, intervals by chi-square',
    ...why,
  };
}
