import { ratioOfTable, type TableRatio, type TableRatioOptions } from './ratio-of-table.js';
import type { Counts } from './table.js';

/** An odds ratio with its interval. */
export interface OddsRatio extends TableRatio {
  /** (a/b)/(c/d) of the table [[a, b], [c, d]]; Infinity when b or c is 0. */
  oddsRatio: number;
}

/**
 * The odds ratio of a 2 × 2 table with Woolf's interval.
 *
 * For few observations the exact interval of `fisherExact` is the better one.
 *
 * Source: Woolf (1955) Ann. Hum. Genet. 19:251; Haldane (1956) and Anscombe (1956) for the correction.
 *
 * @param table one row a group, the counts with and without the event: `[[a, b], [c, d]]`
 * @returns NaN with a `reason` where a row or column is empty, 0 or Infinity without an interval where a cell is
 * @throws InvalidArgumentError for what is no 2 × 2 table of counts or an impossible option
 * @example
 * ```ts
 * import { oddsRatio } from '@steatosis/stats';
 *
 * const found = oddsRatio([[24, 14], [6, 6]]);
 * console.log(found.oddsRatio.toFixed(2)); // 1.71
 * console.log(found.interval.map((limit) => limit.toFixed(2))); // [ '0.46', '6.35' ]
 * ```
 */
export function oddsRatio(table: Counts, options: TableRatioOptions = {}): OddsRatio {
  const { ratio, ...rest } = ratioOfTable(table, options, "Woolf's interval", ([a, b, c, d]) => ({
    ratio: (a / b) * (d / c),
    variance: 1 / a + 1 / b + 1 / c + 1 / d,
  }));
  return { oddsRatio: ratio, ...rest };
}
