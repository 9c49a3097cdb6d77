import { InvalidArgumentError } from '@steatosis/core';
import { checkedCount, checkedOptions, type Numbers } from '../checks.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { determinant } from './departures.js';

/** Options of {@link chiSquareGoodnessOfFit}. */
export interface GoodnessOfFitOptions {
  /** Probability of each category under the hypothesis, above 0 and with the sum 1. Default: all the same. */
  probabilities?: Numbers;
  /** Parameters of the probabilities that were estimated from these counts; each takes a degree of freedom. Default 0. */
  estimatedParameters?: number;
}

/** A test of counts against given probabilities. */
export interface GoodnessOfFit {
  /** χ² */
  statistic: number;
  /** categories − 1 − estimated parameters */
  degreesOfFreedom: number;
  /** P of counts that lie as far from what is expected, or further. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Observations in all. */
  n: number;
  /** Counts expected under the hypothesis. */
  expected: number[];
  /** Categories that expect fewer than 5: with many of them the χ² distribution is doubtful. */
  expectedBelowFive: number;
  /** The test in words. */
  method: string;
  /** `'too-few-observations'` where all counts are 0; absent otherwise. */
  reason?: Reason;
}

/** Probabilities are printed with few decimals; a sum further from 1 is a mistake. */
const SUM_TOLERANCE = 1e-6;

/**
 * Pearson's χ² test whether counts follow given probabilities.
 *
 * Probabilities whose sum differs from 1 by less than 1e-6 are divided by it.
 *
 * Source: Pearson (1900) Philos. Mag. 50:157.
 *
 * @param counts whole numbers ≥ 0, one for each category, two or more
 * @returns NaN with a `reason` where all counts are 0
 * @throws InvalidArgumentError for other counts, probabilities that are none or not as many, or an impossible option
 * @example
 * ```ts
 * import { chiSquareGoodnessOfFit } from '@steatosis/stats';
 *
 * // grades 0 … 3 of 80 patients: are all grades as frequent?
 * const { statistic, degreesOfFreedom, p } = chiSquareGoodnessOfFit([18, 22, 30, 10]);
 * console.log(statistic, degreesOfFreedom, p.toFixed(4)); // 10.4 3 0.0155
 * ```
 */
export function chiSquareGoodnessOfFit(
  counts: Numbers,
  options: GoodnessOfFitOptions = {},
): GoodnessOfFit {
  checkedOptions(options, ['probabilities', 'estimatedParameters']);
  const found = checkedCounts(counts);
  const { estimatedParameters = 0 } = options;
  const degreesOfFreedom =
    found.length - 1 - checkedCount('estimatedParameters', estimatedParameters);
  if (degreesOfFreedom < 1) {
    throw new InvalidArgumentError(
      'estimatedParameters',
      estimatedParameters,
      `at most ${found.length - 2}, two less than there are categories`,
    );
  }
  const { shares, whole } = sharesOf(found.length, options.probabilities);
  const n = found.reduce((all, count) => all + count, 0);
  const expected = shares.map((share) => n * (share / whole));
  const common = {
    degreesOfFreedom,
    n,
    expected,
    expectedBelowFive: expected.filter((count) => count < 5).length,
    method: "Pearson's χ² test of goodness of fit",
  };
  if (n === 0) {
    const { NaN: nan } = Number;
    return { statistic: nan, p: nan, logP: nan, ...common, reason: 'too-few-observations' };
  }
  const parts = found.map((count, i) => {
    const distance = determinant(count, whole, n, shares[i]) / whole;
    return (distance / expected[i]) * distance;
  });
  const statistic = compensatedSum(parts);
  return { statistic, ...chiSquareUpper(statistic, degreesOfFreedom), ...common };
}

function checkedCounts(counts: Numbers): number[] {
  const found: unknown = counts;
  if (typeof found !== 'object' || found === null || !(counts.length >= 2)) {
    throw new InvalidArgumentError('counts', found, 'an array of two counts or more');
  }
  return Array.from(counts, (count, i) => checkedCount(`counts[${i}]`, count));
}

/** Shares and their sum. Equal ones are whole, so that nothing is rounded. */
function sharesOf(categories: number, probabilities?: Numbers) {
  if (probabilities === undefined) {
    return { shares: Array.from({ length: categories }, () => 1), whole: categories };
  }
  const found: unknown = probabilities;
  if (typeof found !== 'object' || found === null || probabilities.length !== categories) {
    throw new InvalidArgumentError(
      'probabilities',
      found,
      `an array of ${categories} probabilities, one for each count`,
    );
  }
  const shares = Array.from(probabilities, (share, i) => {
    if (!(typeof share === 'number' && share > 0 && share <= 1)) {
      throw new InvalidArgumentError(
        `probabilities[${i}]`,
        share,
        'above 0 and at most 1; leave out a category that cannot occur',
      );
    }
    return share;
  });
  const whole = compensatedSum(shares);
  if (Math.abs(whole - 1) > SUM_TOLERANCE) {
    throw new InvalidArgumentError('probabilities', `with the sum ${whole}`, 'with the sum 1');
  }
  return { shares, whole };
}
