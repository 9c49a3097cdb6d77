import { logTableProbability } from './departures.js';

/**
 * The first cell of a 2 × 2 table given its margins. Under the odds ratio ω it has Fisher's non-central hypergeometric
 * distribution; sums of it are taken outwards from the likeliest count by the ratios of neighbours, which takes some √n steps.
 */
export interface ConditionalCell {
  row: number;
  column: number;
  total: number;
  least: number;
  most: number;
}

export function conditionalCell(row: number, column: number, total: number): ConditionalCell {
  return {
    row,
    column,
    total,
    least: Math.max(0, row - (total - column)),
    most: Math.min(row, column),
  };
}

/** The cell beside it, row − k: its upper tail is the lower one of k. */
function mirrored({ row, column, total }: ConditionalCell): ConditionalCell {
  return conditionalCell(row, total - column, total);
}

/** ln P(k) for ω = 1. */
export function logProbability({ row, column, total }: ConditionalCell, k: number): number {
  const rest = total - row - column + k;
  return logTableProbability(
    [
      [k, row - k],
      [column - k, rest],
    ],
    { rows: [row, total - row], columns: [column, total - column], total },
  );
}

/** The count k with the greatest P(k). */
export function likeliest(cell: ConditionalCell, logOdds: number): number {
  return firstCount(
    cell.least,
    cell.most,
    (k) => k === cell.most || Math.log(ratio(cell, k)) + logOdds <= 0,
  );
}

/** The mean count. */
export function meanCount(cell: ConditionalCell, logOdds: number): number {
  const from = likeliest(cell, logOdds);
  const above = outwards(cell, from, logOdds);
  const below = outwards(mirrored(cell), cell.row - from, -logOdds);
  return from + (above.moment - below.moment) / (above.sum + below.sum - 1);
}

/** ln P(count ≥ from). */
export function logUpperShare(cell: ConditionalCell, logOdds: number, from: number): number {
  if (from <= cell.least) return 0;
  const top = likeliest(cell, logOdds);
  // The smaller of the two tails is summed, the other one is the rest.
  if (from <= top) {
    const lower = logUpperShare(mirrored(cell), -logOdds, cell.row - from + 1);
    return Math.log1p(-Math.exp(lower));
  }
  const above = outwards(cell, top, logOdds, from);
  const below = outwards(mirrored(cell), cell.row - top, -logOdds);
  const all = Math.log(above.sum + below.sum - 1);
  if (above.tail > 0) return Math.log(above.tail) - all;
  const tail = outwards(cell, from, logOdds).sum;
  const apart = logProbability(cell, from) - logProbability(cell, top) + (from - top) * logOdds;
  return apart + Math.log(tail) - all;
}

/** ln P(count ≤ to). */
export function logLowerShare(cell: ConditionalCell, logOdds: number, to: number): number {
  return logUpperShare(mirrored(cell), -logOdds, cell.row - to);
}

/** The least integer from `low` to `high` at which `reached`, which stays true once it is; `high` is taken to have it. */
export function firstCount(low: number, high: number, reached: (k: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    if (reached(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** P(k + 1) / P(k) for ω = 1. */
function ratio({ row, column, total }: ConditionalCell, k: number): number {
  return ((row - k) / (k + 1)) * ((column - k) / (total - row - column + k + 1));
}

const NEGLIGIBLE = 1e-18;
/** What is less likely than the likeliest count by this is left to logarithms. */
const UNDERFLOW = 1e-290;

/**
 * Σ P(k)/P(start) over k ≥ start, Σ (k − start) P(k)/P(start), and the part of the first sum from `tailFrom` on, 0 where
 * that is too far out.
 */
function outwards(cell: ConditionalCell, start: number, logOdds: number, tailFrom = start) {
  const odds = Math.exp(logOdds);
  let term = 1;
  let sum = 1;
  let moment = 0;
  let tail = 0;
  for (let k = start; k < cell.most; k++) {
    term *= ratio(cell, k) * odds;
    sum += term;
    moment += term * (k + 1 - start);
    if (k + 1 >= tailFrom) {
      tail += term;
      if (term <= NEGLIGIBLE * tail) break;
    } else if (term < UNDERFLOW) break;
  }
  return { sum, moment, tail };
}
