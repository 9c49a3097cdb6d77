import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { normalP, normalQuantile } from '../special/normal.js';
import { UNKNOWN_P } from '../special/p-value.js';
import { checkedTwoByTwo, type Counts, hasEmptyMargin } from './table.js';

/** Options of {@link oddsRatio} and {@link riskRatio}. */
export interface TableRatioOptions {
  /**
   * Haldane and Anscombe's ½ in every cell: `'never'` (default), `'zero-cells'` where one of them is 0, `'always'`.
   */
  haldane?: 'never' | 'zero-cells' | 'always';
  /** Confidence level, between 0 and 1. Default 0.95. */
  level?: number;
}

/** What the ratios of a 2 × 2 table have in common. */
export interface TableRatio {
  /** Symmetric about the estimate on the logarithmic scale. */
  interval: Interval;
  level: number;
  /** Of the natural logarithm of the ratio. */
  standardError: number;
  /** z = ln(ratio) / standard error. */
  statistic: number;
  /** Two-sided P of a ratio of 1. */
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
  /** Observations in all. */
  n: number;
  /** Interval and correction in words. */
  method: string;
  /**
   * `'boundary-estimate'` where the ratio is 0 or infinite and has no interval; `'zero-margin'` where a row or column is empty, or
   * `'too-few-observations'` where all are; absent otherwise.
   */
  reason?: Reason;
}

/** Cells by row, with the correction. */
type Cells = readonly [a: number, b: number, c: number, d: number];

/** The ratio that `estimate` makes of the cells, with the variance of its logarithm. */
export function ratioOfTable(
  table: Counts,
  options: TableRatioOptions,
  source: string,
  estimate: (cells: Cells) => { ratio: number; variance: number },
): TableRatio & { ratio: number } {
  checkedOptions(options, ['haldane', 'level']);
  const level = checkedLevel(options.level);
  const haldane = checkedChoice('haldane', options.haldane ?? 'never', [
    'never',
    'zero-cells',
    'always',
  ]);
  const margins = checkedTwoByTwo(table);
  const { NaN: nan } = Number;
  const unknown: Pick<TableRatio, 'interval' | 'standardError' | 'statistic' | 'p' | 'logP'> = {
    interval: [nan, nan],
    standardError: nan,
    statistic: nan,
    ...UNKNOWN_P,
  };
  const cells = table.flat();
  const corrected = haldane === 'always' || (haldane === 'zero-cells' && cells.includes(0));
  const common = {
    level,
    n: margins.total,
    method: `${source}${corrected ? ', ½ added to every cell (Haldane and Anscombe)' : ''}`,
  };
  if (hasEmptyMargin(margins)) {
    const reason = margins.total === 0 ? 'too-few-observations' : 'zero-margin';
    return { ratio: nan, ...unknown, ...common, reason };
  }
  const added = corrected ? 0.5 : 0;
  const [a, b, c, d] = cells.map((count) => count + added);
  const { ratio, variance } = estimate([a, b, c, d]);
  if (ratio === 0 || ratio === Infinity) {
    return { ratio, ...unknown, ...common, reason: 'boundary-estimate' };
  }
  const standardError = Math.sqrt(variance);
  const statistic = Math.log(ratio) / standardError;
  const factor = Math.exp(-normalQuantile((1 - level) / 2) * standardError);
  return {
    ratio,
    interval: [ratio / factor, ratio * factor],
    standardError,
    statistic,
    ...normalP(statistic, 'two-sided'),
    ...common,
  };
}
