import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { centre, meanOf } from '../numeric/centre.js';
import { dot } from '../numeric/sum.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { normalQuantile } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { studentQuantile } from '../special/student-t-quantile.js';
import { studentTwoSided } from '../special/student-t.js';
import { limitIntervals, type LimitsIntervalMethod } from './limits-intervals.js';
import { pairedValues } from './paired-values.js';
import { type ProportionalBias, proportionalBias } from './proportional-bias.js';

/** Options of {@link blandAltman}. */
export interface BlandAltmanOptions {
  /** Confidence level of the intervals of bias and limits, between 0 and 1. Default 0.95. */
  level?: number;
  /** Share of differences that the limits are to hold, between 0 and 1. Default 0.95. Ignored with `multiplier`. */
  coverage?: number;
  /** Standard deviations from the bias to each limit, as 1.96. Default: the normal quantile of `coverage`. */
  multiplier?: number;
  /**
   * `'exact'` (default): from the non-central t distribution (Carkeet 2015). `'1999'` and `'1986'`: Bland and Altman's
   * approximations with the variance of a limit as s²(1/n + z²/(2(n − 1))) and 3s²/n.
   */
  limitsInterval?: LimitsIntervalMethod;
  /** `'absolute'` (default): x − y. `'percent'`: 100 (x − y)/mean of both, for errors that grow with size. */
  differences?: 'absolute' | 'percent';
  /** What to do with pairs that hold a NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Bias and limits of agreement of two methods, with the points for the plot. */
export interface BlandAltman {
  /** Mean difference x − y. */
  bias: number;
  /** Student's interval of the bias. */
  interval: Interval;
  level: number;
  /** Of the bias. */
  standardError: number;
  /** Student's t of bias 0. */
  statistic: number;
  /** n − 1 */
  degreesOfFreedom: number;
  /** Two-sided P of bias 0. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Of the differences. */
  standardDeviation: number;
  /** bias ∓ multiplier · SD */
  limits: Interval;
  /** Interval of the lower limit. */
  lowerLimitInterval: Interval;
  /** Interval of the upper limit. */
  upperLimitInterval: Interval;
  multiplier: number;
  /** Line of the differences on the means: whether the bias grows with size. */
  proportionalBias: ProportionalBias;
  /** (x + y)/2 of each pair used: the plot's abscissa. */
  means: Float64Array;
  /** Its ordinate. */
  differences: Float64Array;
  n: number;
  method: string;
  /** `'zero-variance'` when all differences are equal; the others with NaN. */
  reason?: Reason;
}

/**
 * Bland and Altman's limits of agreement of two methods of measurement, with exact or approximate intervals.
 *
 * Sources: Bland and Altman (1986, 1999); exact intervals by Carkeet (2015, Optom Vis Sci 92:e71).
 *
 * @param x one measurement per subject by the first method
 * @param y by the second, in the same unit
 * @returns NaN with a `reason` for fewer than two pairs or NaN (see `nanPolicy`), and for percentages of a mean of 0
 * @throws InvalidArgumentError for arrays of different length, infinities or impossible options
 * @example
 * ```ts
 * import { blandAltman } from '@steatosis/stats';
 *
 * const mriPdffPercent = [5.1, 12.4, 8.3, 20.2, 3.9, 15.8];
 * const mrsPdffPercent = [4.6, 12.9, 7.7, 19.1, 4.0, 15.1];
 * const { bias, limits, lowerLimitInterval } = blandAltman(mriPdffPercent, mrsPdffPercent);
 * console.log(bias.toFixed(2), limits.map((limit) => limit.toFixed(2))); // 0.38 [ '-0.76', '1.52' ]
 * console.log(lowerLimitInterval.map((limit) => limit.toFixed(2))); // [ '-2.59', '-0.19' ]
 * ```
 */
export function blandAltman(x: Numbers, y: Numbers, options: BlandAltmanOptions = {}): BlandAltman {
  checkedOptions(options, [
    'level',
    'coverage',
    'multiplier',
    'limitsInterval',
    'differences',
    'nanPolicy',
  ]);
  const level = checkedLevel(options.level);
  const multiplier = checkedMultiplier(options);
  const chosen = checkedChoice('limitsInterval', options.limitsInterval ?? 'exact', [
    'exact',
    '1999',
    '1986',
  ]);
  const scale = checkedChoice('differences', options.differences ?? 'absolute', [
    'absolute',
    'percent',
  ]);
  const method = `Bland-Altman limits of ${scale} differences, ${METHODS[chosen]}`;
  const kept = pairedValues(x, y, options.nanPolicy);
  const common = { level, multiplier, method };
  if (kept === 'nan') return undefinedAgreement(x.length, 'nan-input', common);
  const means = kept.x.map((value, i) => value / 2 + kept.y[i] / 2);
  const differences = kept.x.map((value, i) =>
    scale === 'percent' ? (100 * (value - kept.y[i])) / means[i] : value - kept.y[i],
  );
  const points = { means, differences };
  const n = means.length;
  if (n === 0) return undefinedAgreement(0, 'too-few-observations', common, points);
  if (scale === 'percent' && means.includes(0)) {
    return undefinedAgreement(n, 'zero-denominator', common, points);
  }
  const bias = meanOf(differences);
  if (n < 2) return { ...undefinedAgreement(n, 'too-few-observations', common, points), bias };
  const { deviations, scale: unit } = centre(differences);
  const standardDeviation = unit * Math.sqrt(dot(deviations, deviations) / (n - 1));
  const standardError = standardDeviation / Math.sqrt(n);
  const reach = -studentQuantile((1 - level) / 2, n - 1) * standardError;
  const statistic = bias / standardError;
  const [lower, upper] = limitIntervals(chosen, n, multiplier, level);
  return {
    bias,
    interval: [bias - reach, bias + reach],
    standardError,
    statistic,
    degreesOfFreedom: n - 1,
    ...(Number.isNaN(statistic) ? UNKNOWN_P : studentTwoSided(statistic, n - 1)),
    standardDeviation,
    limits: [bias - multiplier * standardDeviation, bias + multiplier * standardDeviation],
    lowerLimitInterval: [bias + lower[0] * standardDeviation, bias + lower[1] * standardDeviation],
    upperLimitInterval: [bias + upper[0] * standardDeviation, bias + upper[1] * standardDeviation],
    proportionalBias: proportionalBias(means, differences, level),
    ...points,
    n,
    ...common,
    ...(standardDeviation === 0 ? { reason: 'zero-variance' as const } : {}),
  };
}

const METHODS: Readonly<Record<LimitsIntervalMethod, string>> = {
  exact: "exact intervals by Carkeet's non-central t",
  '1999': 'approximate intervals of Bland and Altman (1999)',
  '1986': 'approximate intervals of Bland and Altman (1986)',
};

function checkedMultiplier({ coverage = 0.95, multiplier }: BlandAltmanOptions): number {
  if (!(coverage > 0 && coverage < 1)) {
    throw new InvalidArgumentError('coverage', coverage, 'a share between 0 and 1, as 0.95');
  }
  if (multiplier === undefined) return -normalQuantile((1 - coverage) / 2);
  if (!(multiplier > 0 && multiplier < Infinity)) {
    throw new InvalidArgumentError('multiplier', multiplier, 'a number > 0, as 1.96');
  }
  return multiplier;
}

function undefinedAgreement(
  n: number,
  reason: Reason,
  common: { level: number; multiplier: number; method: string },
  points = { means: new Float64Array(0), differences: new Float64Array(0) },
): BlandAltman {
  const { NaN: nan } = Number;
  return {
    bias: nan,
    interval: [nan, nan],
    standardError: nan,
    statistic: nan,
    degreesOfFreedom: Math.max(0, n - 1),
    ...UNKNOWN_P,
    standardDeviation: nan,
    limits: [nan, nan],
    lowerLimitInterval: [nan, nan],
    upperLimitInterval: [nan, nan],
    proportionalBias: proportionalBias(new Float64Array(0), new Float64Array(0), common.level),
    ...points,
    n,
    ...common,
    reason,
  };
}
