import { checkedTwoByTwo, type Counts } from './table.js';
import {
  twoProportionTest,
  type TwoProportionTest,
  type TwoProportionTestOptions,
} from './two-proportion-test.js';

/** A risk difference with its interval; `first` and `second` are the risks of the rows. */
export interface RiskDifference extends Omit<TwoProportionTest, 'difference'> {
  /** a/(a + b) − c/(c + d) of the table [[a, b], [c, d]]. */
  riskDifference: number;
}

/**
 * The risk difference of a 2 × 2 table, tested and with its interval by `twoProportionTest`.
 *
 * Source: Newcombe (1998) Stat. Med. 17:873.
 *
 * @param table one row a group, the counts with and without the event: `[[a, b], [c, d]]`
 * @returns NaN with a `reason` where a row is empty; P is NaN where a column is
 * @throws InvalidArgumentError for what is no 2 × 2 table of counts or an impossible option
 * @example
 * ```ts
 * import { riskDifference } from '@steatosis/stats';
 *
 * const found = riskDifference([[9, 3], [6, 32]]);
 * console.log(found.riskDifference.toFixed(3)); // 0.592
 * console.log(found.interval.map((limit) => limit.toFixed(3))); // [ '0.274', '0.774' ]
 * ```
 */
export function riskDifference(
  table: Counts,
  options: TwoProportionTestOptions = {},
): RiskDifference {
  const { rows } = checkedTwoByTwo(table);
  const [first, second] = table.map(([successes], i) => ({ successes, n: rows[i] }));
  const { difference, ...rest } = twoProportionTest(first, second, options);
  return { riskDifference: difference, ...rest };
}
