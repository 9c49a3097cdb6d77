import { ratioOfTable, type TableRatio, type TableRatioOptions } from './ratio-of-table.js';
import type { Counts } from './table.js';

/** A risk ratio with its interval. */
export interface RiskRatio extends TableRatio {
  /** a/(a + b) over c/(c + d) of the table [[a, b], [c, d]]; Infinity when c is 0. */
  riskRatio: number;
}

/**
 * The risk ratio (relative risk) of a 2 × 2 table with Katz's logarithmic interval.
 *
 * Of the table [[true positives, false negatives], [false positives, true negatives]] it is the positive likelihood ratio.
 *
 * Source: Katz, Baptista, Azen and Pike (1978) Biometrics 34:469; ½ in every cell where that is asked for.
 *
 * @param table one row a group, the counts with and without the event: `[[a, b], [c, d]]`
 * @returns NaN with a `reason` where a row or column is empty, 0 or Infinity without an interval where one group has no event
 * @throws InvalidArgumentError for what is no 2 × 2 table of counts or an impossible option
 * @example
 * ```ts
 * import { riskRatio } from '@steatosis/stats';
 *
 * const found = riskRatio([[9, 3], [6, 32]]);
 * console.log(found.riskRatio.toFixed(2)); // 4.75
 * console.log(found.interval.map((limit) => limit.toFixed(2))); // [ '2.13', '10.61' ]
 * ```
 */
export function riskRatio(table: Counts, options: TableRatioOptions = {}): RiskRatio {
  const source = "Katz's logarithmic interval";
  const { ratio, ...rest } = ratioOfTable(table, options, source, ([a, b, c, d]) => ({
    ratio: (a / (a + b)) * ((c + d) / c),
    // 1/a − 1/(a + b), and likewise for the second group, without the difference.
    variance: b / a / (a + b) + d / c / (c + d),
  }));
  return { riskRatio: ratio, ...rest };
}
