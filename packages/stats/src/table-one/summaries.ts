import { describe } from '../descriptive/describe.js';
import { formatCountPercent, formatMeanSd } from '../descriptive/format.js';
import type { QuantileType } from '../descriptive/quantiles.js';
import type { KnownValue } from './records.js';
import type { CountCell, MeanCell, MedianCell } from './table-one-result.js';

/** What stands where there is no value. */
export const NO_VALUE = '–';

/** `mean ± SD` or `median [Q1, Q3]` of the values of one column of the table. */
export function numberCell(
  kind: 'mean' | 'median',
  values: Float64Array,
  missing: number,
  digits: number,
  quantileType: QuantileType,
): MeanCell | MedianCell {
  const found = describe(values, { quantileType });
  const { n, mean, standardDeviation, median, firstQuartile, thirdQuartile } = found;
  if (kind === 'mean') {
    const text = n === 0 ? NO_VALUE : formatMeanSd(found, { digits, undefinedText: NO_VALUE });
    return { kind, n, missing, mean, standardDeviation, text };
  }
  const print = (value: number): string => value.toFixed(digits);
  const text =
    n === 0 ? NO_VALUE : `${print(median)} [${print(firstQuartile)}, ${print(thirdQuartile)}]`;
  return { kind, n, missing, median, firstQuartile, thirdQuartile, text };
}

/** `n (%)` of one level. */
export function countCell(values: readonly KnownValue[], level: KnownValue, digits: number) {
  const n = values.filter((value) => value !== undefined).length;
  const count = values.filter((value) => value === level).length;
  return {
    kind: 'count',
    count,
    n,
    percent: n === 0 ? Number.NaN : (100 * count) / n,
    text: formatCountPercent(count, n, { digits, undefinedText: NO_VALUE }),
  } satisfies CountCell;
}
