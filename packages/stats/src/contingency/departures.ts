import { productError } from '../regression/twofold.js';
import { HALF_LOG_TWO_PI, logGamma, stirlingTail } from '../special/log-gamma.js';
import type { Counts, Margins } from './table.js';

/** How one cell departs from independence. */
export interface Departure {
  count: number;
  expected: number;
  /** count − expected, to its last digit also where both are large. */
  distance: number;
}

/** One for each cell, row by row. */
export function departuresOf(table: Counts, { rows, columns, total }: Margins): Departure[] {
  return table.flatMap((counts, i) =>
    counts.map((count, j) => ({
      count,
      expected: rows[i] * (columns[j] / total),
      distance: determinant(count, total, rows[i], columns[j]) / total,
    })),
  );
}

/** a b − c d with the rounding errors of both products. */
export function determinant(a: number, b: number, c: number, d: number): number {
  const first = a * b;
  const second = c * d;
  return first - second + (productError(a, b, first) - productError(c, d, second));
}

/**
 * count·ln(count/expected) − distance ≥ 0: what a cell adds to G/2. The distances of a table sum to 0, so that G is a sum
 * without cancellation.
 */
export function deviancePart({ count, expected, distance }: Departure): number {
  const relative = distance / expected;
  if (Math.abs(relative) >= 0.1) {
    return count === 0 ? expected : count * Math.log(count / expected) - distance;
  }
  // (1 + u) ln(1 + u) − u = u²/2 − u³/6 + u⁴/12 − …
  let power = relative * relative;
  let sum = power / 2;
  for (let k = 3; Math.abs(power) > 1e-17 * sum; k++) {
    power *= -relative;
    sum += power / (k * (k - 1));
  }
  return expected * sum;
}

/**
 * ln of the probability of a table given its margins, ∏ row! ∏ column! / (n! ∏ cell!). The large parts of the factorials
 * add up to −G/2, which keeps the digits that their difference would lose.
 */
export function logTableProbability(table: Counts, margins: Margins): number {
  const sum = (counts: readonly number[], of: (count: number) => number) =>
    counts.reduce((all, count) => all + of(count), 0);
  const deviance = departuresOf(table, margins).reduce((all, cell) => all + deviancePart(cell), 0);
  return (
    sum(margins.rows, factorialRest) +
    sum(margins.columns, factorialRest) -
    factorialRest(margins.total) -
    sum(table.flat(), factorialRest) -
    deviance
  );
}

/** ln m! − (m ln m − m) */
function factorialRest(m: number): number {
  if (m === 0) return 0;
  if (m < 10) return logGamma(m + 1) - m * Math.log(m) + m;
  return HALF_LOG_TWO_PI + 0.5 * Math.log(m) + stirlingTail(m);
}
