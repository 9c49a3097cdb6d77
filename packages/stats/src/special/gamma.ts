import type { Tails } from './beta.js';
import { logGamma } from './log-gamma.js';

/**
 * The regularised incomplete gamma function P(a, x) with its complement Q(a, x), and the logarithm of each.
 *
 * Source: the series Abramowitz & Stegun 6.5.29 for x < a + 1, else the continued fraction 6.5.31 (Lentz).
 *
 * @internal
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (x === Infinity) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  const logFactor = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    const logLower = logFactor + Math.log(series(a, x));
    const lower = Math.exp(logLower);
    return { lower, upper: 1 - lower, logLower, logUpper: Math.log1p(-lower) };
  }
  const logUpper = logFactor + Math.log(fraction(a, x));
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper, logLower: Math.log1p(-upper), logUpper };
}

const MOST_TERMS = 1e6;

/** Σ xᵏ/(a(a+1)…(a+k)) */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MOST_TERMS && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** 1/(x+1−a− 1(1−a)/(x+3−a− …)) */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return value;
}
