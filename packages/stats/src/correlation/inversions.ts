import { logGamma } from '../special/log-gamma.js';
import type { PValue } from '../special/p-value.js';

/**
 * The probability that an order of `n` things, all orders alike, has at most `most` inversions.
 *
 * Counted by the length of the order: the i-th thing can stand before 0 … i − 1 of the others, so that each row of counts is a sum
 * over a window of the row before. Source: Kendall (1938, Biometrika 30:81).
 *
 * @param most 0 … n(n − 1)/2
 * @internal
 */
export function atMostInversions(n: number, most: number): PValue {
  const pairs = (n * (n - 1)) / 2;
  if (2 * most >= pairs) {
    if (most >= pairs) return { p: 1, logP: 0 };
    const { p } = atMostInversions(n, pairs - most - 1);
    return { p: 1 - p, logP: Math.log1p(-p) };
  }
  let counts = new Float64Array(most + 1);
  let next = new Float64Array(most + 1);
  counts[0] = 1;
  let exponent = 0;
  for (let i = 2; i <= n; i++) {
    let sum = 0;
    for (let k = 0; k <= most; k++) {
      sum += counts[k] - (k >= i ? counts[k - i] : 0);
      next[k] = sum;
    }
    [counts, next] = [next, counts];
    if (counts[most] > HUGE) {
      exponent += STEP;
      for (let k = 0; k <= most; k++) counts[k] *= 2 ** -STEP;
    }
  }
  const favourable = counts.reduce((sum, count) => sum + count, 0);
  if (n <= LAST_WHOLE_FACTORIAL) {
    const p = favourable / factorial(n);
    return { p, logP: Math.log(p) };
  }
  const logP = Math.log(favourable) + exponent * Math.LN2 - logGamma(n + 1);
  return { p: Math.exp(logP), logP };
}

const STEP = 900;
/** n times this is a double still, for every n that can be counted. */
const HUGE = 2 ** 960;
/** The last n whose factorial is a whole double below 2⁵³. */
const LAST_WHOLE_FACTORIAL = 18;

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
