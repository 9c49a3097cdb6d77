import type { Alternative } from '../alternative.js';
import type { Interval } from '../reason.js';
import {
  type ConditionalCell,
  logLowerShare,
  logUpperShare,
  meanCount,
} from './conditional-cell.js';
import { risingRoot } from './rising-root.js';

/** The odds ratio under which the first cell is expected to be as found: the conditional maximum-likelihood estimate. */
export function conditionalOdds(cell: ConditionalCell, found: number): number {
  if (found === cell.least) return 0;
  if (found === cell.most) return Infinity;
  return Math.exp(risingRoot(logSampleOdds(cell, found), (odds) => meanCount(cell, odds) - found));
}

/** The odds ratios under which a count as found, or further out, has half of 1 − level (Cornfield 1956). */
export function conditionalOddsInterval(
  cell: ConditionalCell,
  found: number,
  alternative: Alternative,
  level: number,
): Interval {
  const logTail = Math.log(alternative === 'two-sided' ? (1 - level) / 2 : 1 - level);
  const start = logSampleOdds(cell, found);
  return [
    alternative === 'less' || found === cell.least
      ? 0
      : Math.exp(risingRoot(start, (odds) => logUpperShare(cell, odds, found) - logTail)),
    alternative === 'greater' || found === cell.most
      ? Infinity
      : Math.exp(risingRoot(start, (odds) => logTail - logLowerShare(cell, odds, found))),
  ];
}

/** ln of the odds ratio with ½ added to each cell, which is never infinite. */
function logSampleOdds({ row, column, total }: ConditionalCell, found: number): number {
  return Math.log(
    ((found + 0.5) / (row - found + 0.5)) *
      ((total - row - column + found + 0.5) / (column - found + 0.5)),
  );
}
