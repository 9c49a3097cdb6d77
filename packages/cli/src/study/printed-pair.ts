import { correlationTest } from '@steatosis/stats';

/** From the least to the greatest number of rows. */
export interface RowRange {
  readonly from: number;
  /** Infinity where every larger number will do. */
  readonly to: number;
}

/** The search ends here: far beyond any number of rows that a study of 50 patients can have. */
const MOST_ROWS = 5000;

/** Half of the last digit printed. */
const ROUNDING = 0.0005;

/**
 * The numbers of rows at which a coefficient and its P, both printed with three decimals, can stand beside each other by the t
 * approximation; undefined when there is none. P falls as the coefficient or the number of rows grows, so the ends of what rounds
 * to the coefficient decide.
 */
export function rowsOfPair(coefficient: number, p: number): RowRange | undefined {
  let from: number | undefined;
  for (let n = 3; n <= MOST_ROWS; n++) {
    const largestP = correlationTest(coefficient - ROUNDING, n).p;
    if (largestP < p - ROUNDING) return from === undefined ? undefined : { from, to: n - 1 };
    if (from === undefined && correlationTest(coefficient + ROUNDING, n).p <= p + ROUNDING) {
      from = n;
    }
  }
  return from === undefined ? undefined : { from, to: Infinity };
}

/** `258–274`, `≥ 21` or `none`. */
export function rowsInWords(range: RowRange | undefined): string {
  if (range === undefined) return 'none';
  return range.to === Infinity ? `≥ ${range.from}` : `${range.from}–${range.to}`;
}

/** The numbers of rows in all ranges. */
export function commonRows(ranges: readonly (RowRange | undefined)[]): RowRange | undefined {
  let from = 0;
  let to = Infinity;
  for (const range of ranges) {
    if (range === undefined) return undefined;
    from = Math.max(from, range.from);
    to = Math.min(to, range.to);
  }
  return from <= to ? { from, to } : undefined;
}
