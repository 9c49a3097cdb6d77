import type { Tails } from './beta.js';
import { logExcess } from './log-excess.js';
import { HALF_LOG_TWO_PI, logGamma, stirlingTail } from './log-gamma.js';

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
  const logFactor = logPower(a, x);
  if (x < a + 1) {
    const logLower = logFactor + Math.log(series(a, x));
    const lower = Math.exp(logLower);
    return { lower, upper: 1 - lower, logLower, logUpper: Math.log1p(-lower) };
  }
  const logUpper = logFactor + Math.log(fraction(a, x));
  const upper = Math.exp(logUpper);
  return { lower: 1 - upper, upper, logLower: Math.log1p(-upper), logUpper };
}

/**
 * ln(x^a e^−x / Γ(a)). From a = 10 the leading terms of Stirling's series are taken off by hand: the plain difference
 * keeps no more than 1e-8 at a = 5e6 (DiDonato and Morris 1986, ACM TOMS 12:377).
 */
function logPower(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - logGamma(a);
  return 0.5 * Math.log(a) - HALF_LOG_TWO_PI - a * logExcess(x / a, (x - a) / a) - stirlingTail(a);
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
