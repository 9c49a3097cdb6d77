import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { logitInterval, unknownInterval, waldInterval, zOf } from './auc-interval.js';

/** Options of {@link hanleyMcNeil}. */
export interface HanleyMcNeilOptions {
  /**
   * `'wald'` (default): AUC ± z·SE, cut to 0 … 1. `'logit'`: the same on the logit scale. `'newcombe'`: the areas whose own
   * standard error just reaches the estimate (Newcombe's method 5), which has a width for an AUC of 0 or 1, too.
   */
  interval?: 'wald' | 'logit' | 'newcombe';
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
}

/** Standard error and interval of an AUC from the size of its classes. */
export interface HanleyMcNeil {
  auc: number;
  /** Probability that two positives both score above one negative, AUC/(2 − AUC). */
  q1: number;
  /** Probability that one positive scores above two negatives, 2 AUC²/(1 + AUC). */
  q2: number;
  variance: number;
  standardError: number;
  interval: Interval;
  level: number;
  positives: number;
  negatives: number;
  method: string;
  /** Why a value is NaN, or `'zero-variance'`; absent when all is well. */
  reason?: Reason;
}

/**
 * Standard error and confidence interval of an AUC that is known only by its value and the size of both classes, as
 * where a paper prints no interval.
 *
 * The standard error is that of exponentially distributed scores; it is close to DeLong's for most others. Where
 * the scores are at hand, use `auc`.
 *
 * Sources: Hanley and McNeil (1982) Radiology 143:29; Newcombe (2006) Stat Med 25:559, method 5.
 *
 * @param auc 0 … 1
 * @param positives whole number ≥ 0
 * @param negatives whole number ≥ 0
 * @returns NaN with the reason `single-class` where a class is empty; `boundary-estimate` for the logit of 0 or 1;
 * `zero-variance` for the Wald interval of 0 or 1
 * @throws InvalidArgumentError for an area outside 0 … 1, impossible counts or options
 * @example
 * ```ts
 * import { hanleyMcNeil } from '@steatosis/stats';
 *
 * const { standardError, interval } = hanleyMcNeil(0.81, 12, 38, { interval: 'newcombe' });
 * console.log(standardError.toFixed(4)); // 0.0725
 * console.log(interval.map((limit) => limit.toFixed(3))); // [ '0.628', '0.910' ]
 * ```
 */
export function hanleyMcNeil(
  auc: number,
  positives: number,
  negatives: number,
  options: HanleyMcNeilOptions = {},
): HanleyMcNeil {
  checkedOptions(options, ['interval', 'level']);
  const level = checkedLevel(options.level);
  const kind = checkedChoice('interval', options.interval ?? 'wald', ['wald', 'logit', 'newcombe']);
  if (!(auc >= 0 && auc <= 1)) throw new InvalidArgumentError('auc', auc, 'an area, 0 … 1');
  checkedCount('positives', positives);
  checkedCount('negatives', negatives);
  const empty = positives === 0 || negatives === 0;
  const spread =
    kind === 'newcombe' ? meanSpread(positives, negatives) : spreadOf(positives, negatives);
  const variance = empty ? Number.NaN : varianceAt(auc, positives, negatives, spread);
  const standardError = Math.sqrt(variance);
  const { interval, reason } = empty
    ? unknownInterval('single-class')
    : kind === 'newcombe'
      ? { interval: newcombeInterval(auc, positives, negatives, level) }
      : (kind === 'wald' ? waldInterval : logitInterval)(auc, standardError, level);
  return {
    auc,
    q1: auc / (2 - auc),
    q2: (2 * auc * auc) / (1 + auc),
    variance,
    standardError,
    interval,
    level,
    positives,
    negatives,
    method: METHODS[kind],
    ...(reason === undefined ? {} : { reason }),
  };
}

const METHODS = {
  wald: 'variance by Hanley and McNeil (1982), normal interval',
  logit: 'variance by Hanley and McNeil (1982), logit interval',
  newcombe: 'variance by Hanley and McNeil (1982), score interval by Newcombe (2006), method 5',
};

/** How many further members of each class share a member of the other. */
type Spread = readonly [positives: number, negatives: number];

function spreadOf(positives: number, negatives: number): Spread {
  return [positives - 1, negatives - 1];
}

/** Newcombe's modification: both classes have their mean size here. */
function meanSpread(positives: number, negatives: number): Spread {
  const mean = (positives + negatives) / 2 - 1;
  return [mean, mean];
}

/**
 * (θ(1−θ) + (m−1)(Q₁−θ²) + (n−1)(Q₂−θ²))/(mn), where Q₁ − θ² = θ(1−θ)²/(2−θ) and Q₂ − θ² = θ²(1−θ)/(1+θ) keep
 * their digits near 0 and 1.
 */
function varianceAt(auc: number, positives: number, negatives: number, [m1, n1]: Spread): number {
  const rest = 1 - auc;
  return (
    ((auc * rest) / positives / negatives) * (1 + (m1 * rest) / (2 - auc) + (n1 * auc) / (1 + auc))
  );
}

/** The least and greatest θ with |AUC − θ| ≤ z·SE(θ), by bisection. */
function newcombeInterval(
  auc: number,
  positives: number,
  negatives: number,
  level: number,
): Interval {
  const z = zOf(level);
  const spread = meanSpread(positives, negatives);
  const isInside = (theta: number) =>
    Math.abs(auc - theta) <= z * Math.sqrt(varianceAt(theta, positives, negatives, spread));
  const limit = (outer: number) => {
    let inside = auc;
    let outside = outer;
    if (inside === outside) return outer;
    for (let step = 0; step < 200; step++) {
      const middle = (inside + outside) / 2;
      if (middle === inside || middle === outside) break;
      if (isInside(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return [limit(0), limit(1)];
}
