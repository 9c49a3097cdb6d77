import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedAlternative } from '../alternative.js';
import { checkedCount, checkedLevel, checkedOptions } from '../checks.js';
import { type Correlation, correlationRecord } from './result.js';

/** Options of {@link correlationTest}. */
export interface CorrelationTestOptions {
  /** Confidence level of the interval, between 0 and 1. Default 0.95. */
  level?: number;
  /** Which correlations P counts as evidence. Default `'two-sided'`. */
  alternative?: Alternative;
}

/**
 * Interval and P of a correlation of which only the coefficient and the number of pairs are known, as when a
 * printed table is checked.
 *
 * Right for Pearson's r, and what SPSS and SciPy print for Spearman's ρ.
 *
 * Source: t = r √((n − 2)/(1 − r²)); interval tanh(atanh r ± z/√(n − 3)) (Fisher 1921).
 *
 * @param coefficient −1 … 1
 * @param n pairs, a whole number ≥ 0
 * @returns P NaN with a `reason` for fewer than three pairs
 * @throws InvalidArgumentError for an impossible coefficient, number or option
 * @example
 * ```ts
 * import { correlationTest } from '@steatosis/stats';
 *
 * console.log(correlationTest(0.089, 267).p.toFixed(3)); // 0.147
 * console.log(correlationTest(0.089, 50).p.toFixed(3)); // 0.539
 * ```
 */
export function correlationTest(
  coefficient: number,
  n: number,
  options: CorrelationTestOptions = {},
): Correlation {
  checkedOptions(options, ['level', 'alternative']);
  const alternative = checkedAlternative(options.alternative);
  const level = checkedLevel(options.level);
  if (!(coefficient >= -1 && coefficient <= 1)) {
    throw new InvalidArgumentError('coefficient', coefficient, 'a correlation, −1 … 1');
  }
  return correlationRecord({
    coefficient: { r: coefficient, below: 1 - coefficient, above: 1 + coefficient },
    n: checkedCount('n', n),
    level,
    alternative,
    method: "a given coefficient, P by Student's t, interval by Fisher's z",
    standardErrorOfZ: 1 / Math.sqrt(n - 3),
  });
}
