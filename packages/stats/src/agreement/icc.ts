import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { fUpper } from '../special/f.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { agreementInterval, type IccInterval, oneWayInterval } from './icc-intervals.js';
import { type MeanSquares, meanSquares } from './mean-squares.js';
import { completeRatings } from './ratings.js';

/** The six forms in the notation of Shrout and Fleiss. */
export type IccForm = 'ICC(1,1)' | 'ICC(1,k)' | 'ICC(2,1)' | 'ICC(2,k)' | 'ICC(3,1)' | 'ICC(3,k)';

/** Options of {@link icc}. */
export interface IccOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with missing ratings (NaN); `'omit'` leaves out the subject. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** One intraclass correlation. */
export interface IccResult {
  /** At most 1; NaN where it is undefined (see `reason`). */
  coefficient: number;
  interval: Interval;
  level: number;
  /** F of the test that the coefficient is 0. */
  statistic: number;
  /** Of the numerator and the denominator of F. */
  degreesOfFreedom: [between: number, within: number];
  /** One-sided P of a coefficient of 0, by F. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Subjects used. */
  n: number;
  /** Raters. */
  k: number;
  /** Of the analysis of variance, the same for all forms. */
  meanSquares: MeanSquares;
  /** Satterthwaite's degrees of freedom of the interval; of ICC(2,1) and ICC(2,k) only. */
  intervalDegreesOfFreedom?: number;
  method: string;
  /**
   * `'zero-variance'` when raters agree perfectly, so that interval and P say nothing; `'constant-input'`,
   * `'negative-variance'` (of ICC(2,k), when subjects differ less than by chance), `'too-few-observations'` and
   * `'nan-input'` with NaN.
   */
  reason?: Reason;
}

/**
 * The six intraclass correlations of ratings, with intervals and F tests.
 *
 * Form 1: each subject has raters of its own; 2: the raters are a sample and their bias counts (absolute agreement);
 * 3: the raters are the only ones of interest and their bias does not (consistency). `1` is the reliability of one rating,
 * `k` that of the mean of all k. For agreement of readers ICC(2,1) is usual.
 *
 * Sources: Shrout and Fleiss (1979, Psychol Bull 86:420); McGraw and Wong (1996, Psychol Methods 1:30).
 *
 * @param rows one row of ratings for each subject, all in the same order of raters
 * @returns a record for each form
 * @throws InvalidArgumentError for rows of different length, infinities or an impossible option
 * @example
 * ```ts
 * import { icc } from '@steatosis/stats';
 *
 * const ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
 * const { coefficient, interval } = icc(ratings)['ICC(2,1)'];
 * console.log(coefficient.toFixed(2), interval.map((limit) => limit.toFixed(2))); // 0.29 [ '0.02', '0.76' ]
 * ```
 */
export function icc(
  rows: readonly Numbers[],
  options: IccOptions = {},
): Record<IccForm, IccResult> {
  checkedOptions(options, ['level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const ratings = completeRatings(rows, options.nanPolicy);
  if (ratings === 'nan') {
    return undefinedForms(rows.length, rows[0].length, level, 'nan-input');
  }
  const { subjects: n, raters: k } = ratings;
  if (n < 2 || k < 2) return undefinedForms(n, k, level, 'too-few-observations');
  const { scaled: ms, unit } = meanSquares(ratings);
  if (unit === 0) return undefinedForms(n, k, level, 'constant-input');
  const shared = {
    level,
    n,
    k,
    meanSquares: {
      subjects: ms.subjects * unit * unit,
      raters: ms.raters * unit * unit,
      error: ms.error * unit * unit,
      within: ms.within * unit * unit,
    },
  };
  const oneWay = tested(ms.subjects, ms.within, [n - 1, n * (k - 1)]);
  const twoWay = tested(ms.subjects, ms.error, [n - 1, (n - 1) * (k - 1)]);
  const bias = (ms.raters - ms.error) / n;
  const first = reliabilities(ms.subjects, ms.within, 0, k);
  const second = reliabilities(ms.subjects, ms.error, bias, k);
  const third = reliabilities(ms.subjects, ms.error, 0, k);
  const one = oneWayInterval(oneWay.statistic, oneWay.degreesOfFreedom, k, level);
  const two = agreementInterval(ms, second.single, n, k, level);
  const three = oneWayInterval(twoWay.statistic, twoWay.degreesOfFreedom, k, level);
  const form = (name: IccForm, coefficient: number, test: Test, interval: IccInterval) =>
    finished({ ...shared, ...test, coefficient, ...interval, method: METHODS[name] });
  return {
    'ICC(1,1)': form('ICC(1,1)', first.single, oneWay, one.single),
    'ICC(1,k)': form('ICC(1,k)', first.average, oneWay, one.average),
    'ICC(2,1)': form('ICC(2,1)', second.single, twoWay, two.single),
    'ICC(2,k)': form('ICC(2,k)', second.average, twoWay, two.average),
    'ICC(3,1)': form('ICC(3,1)', third.single, twoWay, three.single),
    'ICC(3,k)': form('ICC(3,k)', third.average, twoWay, three.average),
  };
}

const METHODS: Readonly<Record<IccForm, string>> = {
  'ICC(1,1)': 'one-way random effects, single rating',
  'ICC(1,k)': 'one-way random effects, mean of k ratings',
  'ICC(2,1)': 'two-way random effects, absolute agreement, single rating',
  'ICC(2,k)': 'two-way random effects, absolute agreement, mean of k ratings',
  'ICC(3,1)': 'two-way mixed effects, consistency, single rating',
  'ICC(3,k)': 'two-way mixed effects, consistency, mean of k ratings',
};

interface Test {
  statistic: number;
  degreesOfFreedom: [number, number];
  p: number;
  logP: number;
}

function tested(between: number, within: number, degreesOfFreedom: [number, number]): Test {
  const statistic = between / within;
  const p = Number.isNaN(statistic) ? UNKNOWN_P : fUpper(statistic, ...degreesOfFreedom);
  return { statistic, degreesOfFreedom, ...p };
}

/** Of one rating, (B − E)/(B + (k − 1)E + k·bias), and of the mean of k, (B − E)/(B + bias). */
function reliabilities(between: number, error: number, bias: number, k: number) {
  const covariance = between - error;
  return {
    single: covariance / (between + (k - 1) * error + k * bias),
    // With less spread between subjects than chance leaves, the variance of the mean may come out negative.
    average: between + bias < 0 ? Number.NaN : covariance / (between + bias),
  };
}

/** NaN for a coefficient without a denominator, and the reason of what is degenerate. */
function finished(result: IccResult): IccResult {
  if (!Number.isFinite(result.coefficient)) {
    return {
      ...result,
      coefficient: Number.NaN,
      interval: [Number.NaN, Number.NaN],
      reason: result.statistic > 0 ? 'negative-variance' : 'constant-input',
    };
  }
  if (result.statistic === Infinity) return { ...result, reason: 'zero-variance' };
  return Number.isNaN(result.statistic) ? { ...result, reason: 'constant-input' } : result;
}

function undefinedForms(
  n: number,
  k: number,
  level: number,
  reason: Reason,
): Record<IccForm, IccResult> {
  const { NaN: nan } = Number;
  const none = (form: IccForm): IccResult => ({
    coefficient: nan,
    interval: [nan, nan],
    level,
    statistic: nan,
    degreesOfFreedom: [nan, nan],
    ...UNKNOWN_P,
    n,
    k,
    meanSquares: { subjects: nan, raters: nan, error: nan, within: nan },
    method: METHODS[form],
    reason,
  });
  return {
    'ICC(1,1)': none('ICC(1,1)'),
    'ICC(1,k)': none('ICC(1,k)'),
    'ICC(2,1)': none('ICC(2,1)'),
    'ICC(2,k)': none('ICC(2,k)'),
    'ICC(3,1)': none('ICC(3,1)'),
    'ICC(3,k)': none('ICC(3,k)'),
  };
}
