import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative, checkedChoice } from '../alternative.js';
import {
  checkedLevel,
  checkedOptions,
  keptObservations,
  keptValues,
  type Numbers,
  sameLength,
} from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { normalP } from '../special/normal.js';
import { type Concordance, concordance } from './concordance.js';
import {
  type KendallInterval,
  kendallInterval,
  type KendallVariant,
  standardErrorOfTau,
} from './kendall-interval.js';
import { concordanceVariance, exactKendallP, isTied } from './kendall-p.js';
import type { CorrelationOptions } from './result.js';

/** Options of {@link kendall}. */
export interface KendallOptions extends CorrelationOptions {
  /**
   * `'b'` (default): corrected for ties, ±1 where no pair is ordered in opposite ways and the same pairs tie in both variables. `'c'`
   * (Stuart's): for two ordinal scales of different length. Without ties both are plain τ.
   */
  variant?: KendallVariant;
  /**
   * `'exact'`: P from all orders, also where values tie, as long as it can be counted. `'asymptotic'`: the normal distribution with the
   * variance corrected for ties. `'auto'` (default): exact for up to 49 pairs without ties, as R has it.
   */
  method?: 'auto' | 'exact' | 'asymptotic';
  /** Where the interval comes from. Default `'fieller'`. */
  interval?: KendallInterval;
}

/** Kendall's rank correlation with its interval and its test against 0. */
export interface KendallCorrelation {
  /** τ, −1 … 1; NaN where it is undefined (see `reason`). */
  coefficient: number;
  /** Two-sided confidence interval at `level`. */
  interval: Interval;
  /** Asymptotic standard error of τ (Brown and Benedetti 1977), not assuming that there is no correlation. */
  standardError: number;
  /** z: concordant less discordant pairs over their standard deviation where there is no correlation. */
  statistic: number;
  /** P of no correlation under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Pairs of observations that are ordered alike in both variables. */
  concordantPairs: number;
  /** Pairs of observations that are ordered in opposite ways. */
  discordantPairs: number;
  /** Observations used. */
  n: number;
  level: number;
  alternative: Alternative;
  /** Variant, test and interval in words. */
  method: string;
  /** Why a value is NaN, or should not be trusted; absent otherwise. */
  reason?: Reason;
}

/**
 * Kendall's rank correlation τ of two variables, with its P and interval, in n log n.
 *
 * τ-b = (C − D)/√((C + D + Tₓ)(C + D + T_y)) of C concordant and D discordant pairs and those tied in one variable only; τ-c = 2m
 * (C − D)/((m − 1)n²) with m the smaller number of different values. −0 and +0 tie; infinities are ranked like other numbers.
 *
 * Sources: Kendall (1938, Biometrika 30:81; 1945, 33:239) for τ, its distribution and ties; Stuart (1953, Biometrika 40:105) for τ-c.
 *
 * @param x one number per observation
 * @param y as many numbers
 * @returns NaN with a `reason` for fewer than two observations, a constant variable or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, an impossible option, or `'exact'` where it would take too long
 * @example
 * ```ts
 * import { kendall } from '@steatosis/stats';
 *
 * const firstReader = [0, 1, 1, 2, 2, 3, 0, 1, 3, 2];
 * const secondReader = [0, 1, 0, 2, 3, 3, 1, 1, 2, 2];
 * const { coefficient, p, concordantPairs, discordantPairs } = kendall(firstReader, secondReader);
 * console.log(coefficient.toFixed(3), p.toFixed(4)); // 0.730 0.0093
 * console.log(concordantPairs, discordantPairs); // 29 2
 * ```
 */
export function kendall(x: Numbers, y: Numbers, options: KendallOptions = {}): KendallCorrelation {
  checkedOptions(options, ['variant', 'method', 'interval', 'level', 'alternative', 'nanPolicy']);
  const asked = {
    level: checkedLevel(options.level),
    alternative: checkedAlternative(options.alternative),
    variant: checkedChoice('variant', options.variant ?? 'b', ['b', 'c']),
    test: checkedChoice('method', options.method ?? 'auto', ['auto', 'exact', 'asymptotic']),
    interval: checkedChoice('interval', options.interval ?? 'fieller', [
      'fieller',
      'brown-benedetti',
    ]),
  };
  sameLength('x', x, 'y', y);
  const kept = keptObservations({ x, y }, options.nanPolicy);
  if (kept === 'nan') return unknown(x.length, asked, 'nan-input');
  return kendallOf(keptValues(x, kept), keptValues(y, kept), asked);
}

/** Checked options. */
export interface AskedOfKendall {
  level: number;
  alternative: Alternative;
  variant: KendallVariant;
  test: 'auto' | 'exact' | 'asymptotic';
  interval: KendallInterval;
}

/** R's limit. */
const AUTO_EXACT_UP_TO = 49;

/** @internal */
export function kendallOf(
  x: Float64Array,
  y: Float64Array,
  asked: AskedOfKendall,
): KendallCorrelation {
  const { level, alternative, variant, test, interval } = asked;
  const n = x.length;
  if (n < 2) return unknown(n, asked, 'too-few-observations');
  const counts = concordance(x, y);
  const { concordant, discordant, groupsX, groupsY } = counts;
  if (groupsX.length === 1 || groupsY.length === 1) return unknown(n, asked, 'constant-input');
  const score = concordant - discordant;
  const coefficient = tau(counts, variant, n);
  const tied = isTied(groupsX, n) || isTied(groupsY, n);
  const statistic = score / Math.sqrt(concordanceVariance(groupsX, groupsY));
  const exact = test === 'exact' || (test === 'auto' && !tied && n <= AUTO_EXACT_UP_TO);
  const p = exact ? exactKendallP(counts, n, alternative) : normalP(statistic, alternative);
  if (p === undefined) {
    throw new InvalidArgumentError(
      'method',
      'exact',
      `fewer observations than these ${n}, or fewer different values, so that orders can be counted in a second or two; choose 'asymptotic'`,
    );
  }
  const parts = { variant, coefficient, n, counts };
  const standardError = standardErrorOfTau(parts);
  const limits = kendallInterval(parts, interval, standardError, level);
  return {
    coefficient,
    interval: limits,
    standardError,
    statistic,
    ...p,
    concordantPairs: concordant,
    discordantPairs: discordant,
    n,
    level,
    alternative,
    method: inWords(asked, exact, tied),
    ...(limits[0] === limits[1] ? { reason: 'boundary-estimate' } : {}),
  };
}

function tau(
  { concordant, discordant, groupsX, groupsY }: Concordance,
  variant: string,
  n: number,
) {
  const score = concordant - discordant;
  if (variant === 'c') {
    const m = Math.min(groupsX.length, groupsY.length);
    return (2 * m * score) / ((m - 1) * n * n);
  }
  const pairsX = untied(groupsX, n);
  const pairsY = untied(groupsY, n);
  // No roots where none are needed, so that the same order gives 1 and not a rounding less.
  if (pairsX === pairsY) return score / pairsX;
  return score / Math.sqrt(pairsX) / Math.sqrt(pairsY);
}

/** Pairs that do not tie. */
function untied(groups: Uint32Array, n: number): number {
  let tied = 0;
  for (let k = 0; k < groups.length; k++) tied += (groups[k] * (groups[k] - 1)) / 2;
  return (n * (n - 1)) / 2 - tied;
}

function inWords({ variant, interval }: AskedOfKendall, exact: boolean, tied: boolean): string {
  const test = exact ? 'exact P from all orders' : 'normal approximation';
  const ties = tied ? (exact ? ' with their ties' : ' corrected for ties') : '';
  const source =
    interval === 'fieller' ? 'Fieller, Hartley and Pearson (1957)' : 'Brown and Benedetti (1977)';
  return `Kendall's tau-${variant}, ${test}${ties}, interval by ${source}`;
}

function unknown(n: number, asked: AskedOfKendall, reason: Reason): KendallCorrelation {
  const { NaN: nan } = Number;
  const { level, alternative } = asked;
  return {
    coefficient: nan,
    interval: [nan, nan],
    standardError: nan,
    statistic: nan,
    p: nan,
    logP: nan,
    concordantPairs: nan,
    discordantPairs: nan,
    n,
    level,
    alternative,
    method: inWords(asked, asked.test === 'exact', false),
    reason,
  };
}
