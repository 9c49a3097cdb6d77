import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { binomialTail, logBinomial } from '../special/binomial.js';
import type { PValue } from '../special/p-value.js';
import { proportionInterval } from './proportion-interval.js';

/** Options of {@link binomialTest}. */
export interface BinomialTestOptions {
  /** The probability under the null hypothesis, 0 … 1. Default 0.5. */
  probability?: number;
  /** Which departures count. Default `'two-sided'`. */
  alternative?: Alternative;
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
}

/** A proportion with its exact test against a given one. */
export interface BinomialTest {
  /** successes / n */
  estimate: number;
  /** Clopper and Pearson's two-sided interval. */
  interval: Interval;
  /** P of the given probability under `alternative`. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  successes: number;
  n: number;
  probability: number;
  alternative: Alternative;
  level: number;
  /** The test in words. */
  method: string;
  /** `'zero-denominator'` when n is 0 and all is NaN; absent otherwise. */
  reason?: Reason;
}

/**
 * The exact test of a proportion against a given probability.
 *
 * Two-sided P sums all outcomes that are not likelier than the one found (as R and SciPy do).
 *
 * @param successes whole number, 0 … n
 * @param n whole number ≥ 0
 * @returns NaN with a `reason` when n is 0
 * @throws InvalidArgumentError for impossible counts or options
 * @example
 * ```ts
 * import { binomialTest } from '@steatosis/stats';
 *
 * // 39 of 50 right, where always naming the larger class is right for 76 %
 * console.log(binomialTest(39, 50, { probability: 0.76 }).p.toFixed(3)); // 0.869
 * ```
 */
export function binomialTest(
  successes: number,
  n: number,
  options: BinomialTestOptions = {},
): BinomialTest {
  checkedOptions(options, ['probability', 'alternative', 'level']);
  const { probability = 0.5, level } = options;
  const alternative = checkedAlternative(options.alternative);
  if (!(probability >= 0 && probability <= 1)) {
    throw new InvalidArgumentError('probability', probability, 'a probability, 0 … 1');
  }
  const { method: _, ...proportion } = proportionInterval(successes, n, {
    method: 'clopper-pearson',
    ...(level === undefined ? {} : { level }),
  });
  const { p, logP } =
    n === 0 ? { p: Number.NaN, logP: Number.NaN } : pOf(successes, n, probability, alternative);
  return {
    ...proportion,
    p,
    logP,
    probability,
    alternative,
    method: 'exact binomial test, interval by Clopper and Pearson',
  };
}

function pOf(successes: number, n: number, probability: number, alternative: Alternative): PValue {
  const below = binomialTail(successes, n, probability);
  const above = binomialTail(successes - 1, n, probability);
  if (alternative === 'less') return { p: below.lower, logP: below.logLower };
  if (alternative === 'greater') return { p: above.upper, logP: above.logUpper };
  if (probability === 0 || probability === 1) {
    const certain = successes === n * probability;
    return { p: certain ? 1 : 0, logP: certain ? 0 : -Infinity };
  }
  const expected = n * probability;
  if (successes === expected) return { p: 1, logP: 0 };
  if (successes < expected) {
    const from = firstNotLikelier(successes, n, probability);
    const far = binomialTail(from - 1, n, probability);
    return sum(below.lower, below.logLower, far.upper, far.logUpper);
  }
  // The same from the side of the failures.
  const from = firstNotLikelier(n - successes, n, 1 - probability);
  const far = binomialTail(from - 1, n, 1 - probability);
  return sum(above.upper, above.logUpper, far.upper, far.logUpper);
}

/** What rounding may add to an outcome that is exactly as likely. */
const AS_LIKELY = 1e-7;

/** The least count above the mean that is not likelier than `count` below it: the density falls there, so halving finds it. */
function firstNotLikelier(count: number, n: number, probability: number): number {
  const logDensity = (k: number) =>
    logBinomial(n, k) + k * Math.log(probability) + (n - k) * Math.log1p(-probability);
  const limit = logDensity(count) + AS_LIKELY;
  let low = Math.floor(n * probability);
  let high = n + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (logDensity(middle) <= limit) high = middle;
    else low = middle;
  }
  return high;
}

function sum(p: number, logP: number, q: number, logQ: number): PValue {
  const log = Math.max(logP, logQ) + Math.log1p(Math.exp(-Math.abs(logP - logQ)));
  return { p: Math.min(1, p + q), logP: Math.min(0, log) };
}
