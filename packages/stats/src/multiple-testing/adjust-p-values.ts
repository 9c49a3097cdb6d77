import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { keptObservations, keptValues, type Numbers } from '../checks.js';
import { argsort } from '../numeric/argsort.js';
import { hommel } from './hommel.js';

/**
 * How P values are adjusted for their number m.
 *
 * Against any false rejection (family-wise error rate):
 * - `'bonferroni'`: m p
 * - `'sidak'`: 1 − (1 − p)^m, for independent tests
 * - `'holm'`: step-down Bonferroni (Holm 1979); never worse than Bonferroni and valid for any dependence
 * - `'holm-sidak'`: step-down Šidák, for independent tests
 * - `'hochberg'`: step-up (Hochberg 1988), for independent or positively dependent tests
 * - `'hommel'`: closed testing with Simes' test (Hommel 1988); never worse than Hochberg, valid where that is
 *
 * Against too large a share of false rejections (false discovery rate):
 * - `'bh'`: Benjamini and Hochberg (1995), for independent or positively dependent tests
 * - `'by'`: Benjamini and Yekutieli (2001), for any dependence
 */
export type PAdjustment =
  'bonferroni' | 'sidak' | 'holm' | 'holm-sidak' | 'hochberg' | 'hommel' | 'bh' | 'by';

/** @internal */
export const P_ADJUSTMENTS: readonly PAdjustment[] = [
  'holm',
  'hochberg',
  'hommel',
  'bonferroni',
  'sidak',
  'holm-sidak',
  'bh',
  'by',
];

/**
 * P values adjusted for multiple testing: each may be compared with the significance level as if it were the only one.
 *
 * Sources: Holm (1979, Scand. J. Statist. 6:65), Hochberg (1988, Biometrika 75:800), Hommel (1988, Biometrika 75:383),
 * Benjamini and Hochberg (1995, JRSS B 57:289), Benjamini and Yekutieli (2001, Ann. Statist. 29:1165).
 *
 * @param p P values, 0 … 1 in any order. NaN stands for a test that was not made: it stays NaN and does not count.
 * @returns one value for each of `p`, in its order; none is above 1. Time grows as n log n for every method.
 * @throws InvalidArgumentError for a value outside 0 … 1 or an unknown method
 * @example
 * ```ts
 * import { adjustPValues } from '@steatosis/stats';
 *
 * const adjusted = adjustPValues([0.01, 0.04, 0.03, NaN], 'holm');
 * console.log(Array.from(adjusted, (p) => p.toFixed(2))); // [ '0.03', '0.06', '0.06', 'NaN' ]
 * ```
 */
export function adjustPValues(p: Numbers, method: PAdjustment): Float64Array {
  checkedChoice('method', method, P_ADJUSTMENTS);
  const kept = keptObservations({ p }, 'omit');
  for (let i = 0; i < p.length; i++) {
    if (p[i] < 0 || p[i] > 1) throw new InvalidArgumentError(`p[${i}]`, p[i], 'a P value, 0 … 1');
  }
  const values = keptValues(p, kept);
  const order = argsort(values);
  const adjusted = sortedAdjusted(
    Float64Array.from(order, (i) => values[i]),
    method,
  );
  const result = new Float64Array(p.length).fill(Number.NaN);
  for (let rank = 0; rank < order.length; rank++) {
    const place = order[rank];
    result[kept === 'all' ? place : kept[place]] = Math.min(1, adjusted[rank]);
  }
  return result;
}

/** For P values that are sorted upwards. */
function sortedAdjusted(sorted: Float64Array, method: PAdjustment): Float64Array {
  const m = sorted.length;
  switch (method) {
    case 'bonferroni':
      return sorted.map((p) => m * p);
    case 'sidak':
      return sorted.map((p) => anyOf(m, p));
    case 'holm':
      return risingMaximum(sorted.map((p, i) => (m - i) * p));
    case 'holm-sidak':
      return risingMaximum(sorted.map((p, i) => anyOf(m - i, p)));
    case 'hochberg':
      return fallingMinimum(sorted.map((p, i) => (m - i) * p));
    case 'hommel':
      return hommel(sorted);
    case 'bh':
      return fallingMinimum(sorted.map((p, i) => (m / (i + 1)) * p));
    default: {
      const sum = harmonicNumber(m);
      return fallingMinimum(sorted.map((p, i) => ((m * sum) / (i + 1)) * p));
    }
  }
}

/** 1 − (1 − p)^m, also for p that 1 − p would lose. */
function anyOf(m: number, p: number): number {
  return -Math.expm1(m * Math.log1p(-p));
}

/** Each value replaced by the largest so far. */
function risingMaximum(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) values[i] = Math.max(values[i], values[i - 1]);
  return values;
}

/** Each value replaced by the smallest from it on. */
function fallingMinimum(values: Float64Array): Float64Array {
  for (let i = values.length - 2; i >= 0; i--) values[i] = Math.min(values[i], values[i + 1]);
  return values;
}

/** 1 + ½ + … + 1/m, small terms first. */
function harmonicNumber(m: number): number {
  let sum = 0;
  for (let k = m; k > 0; k--) sum += 1 / k;
  return sum;
}
