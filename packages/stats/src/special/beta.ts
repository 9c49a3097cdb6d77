import { logExcess } from './log-excess.js';
import { HALF_LOG_TWO_PI, logGamma, stirlingTail } from './log-gamma.js';

/** Both tails of a distribution function with their natural logarithms, each accurate by itself. */
export interface Tails {
  /** I_x(a, b) */
  lower: number;
  /** 1 − I_x(a, b) */
  upper: number;
  logLower: number;
  logUpper: number;
}

/**
 * ln B(a, b). Large arguments go through the tails of Stirling's series, since ln Γ(a) − ln Γ(a + b) as a
 * plain difference keeps no more than 1e-9 at a = 5e5.
 *
 * @internal
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = a + b;
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(sum);
  const tail = stirlingTail(large) - stirlingTail(sum);
  const ratio = -(large - 0.5) * Math.log1p(small / large);
  if (small < 10) return logGamma(small) + ratio - small * Math.log(sum) + small + tail;
  return (
    HALF_LOG_TWO_PI -
    0.5 * Math.log(sum) +
    (small - 0.5) * Math.log(small / sum) +
    ratio +
    stirlingTail(small) +
    tail
  );
}

/**
 * The regularised incomplete beta function I_x(a, b) with its complement, and the logarithm of each, which
 * go on where the values underflow. The argument comes as the pair x and y = 1 − x because a caller
 * often knows the small one of them better than the subtraction would.
 *
 * Source: the continued fraction of DiDonato and Morris (1992, ACM TOMS 18:360), evaluated by Lentz's method
 * as modified by Thompson and Barnett (1986); it converges quickly for x < (a + 1)/(a + b + 2), and
 * the symmetry I_x(a, b) = 1 − I_y(b, a) covers the rest.
 *
 * @internal
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (y <= 0) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  if (x * (a + b + 2) > a + 1) {
    const { lower, upper, logLower, logUpper } = incompleteBeta(b, a, y, x);
    return { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower };
  }
  const logLower = logPowers(a, b, x, y) + Math.log(fraction(a, b, x, y));
  const lower = Math.exp(logLower);
  return { lower, upper: 1 - lower, logLower, logUpper: Math.log1p(-lower) };
}

/**
 * ln(x^a y^b / B(a, b)). Where both parameters are large, the leading terms of the three cancel near x = a/(a + b) and
 * are taken off by hand: the plain sum keeps no more than 1e-9 at a = b = 1e7 (DiDonato and Morris 1992, BRCOMP).
 */
function logPowers(a: number, b: number, x: number, y: number): number {
  if (a < 10 || b < 10) {
    const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y);
    const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x);
    return a * logX + b * logY - logBeta(a, b);
  }
  const sum = a + b;
  const lambda = distance(a, b, x, y);
  return (
    0.5 * Math.log((a / sum) * b) -
    HALF_LOG_TWO_PI -
    a * logExcess((x / a) * sum, -lambda / a) -
    b * logExcess((y / b) * sum, lambda / b) -
    (stirlingTail(a) + stirlingTail(b) - stirlingTail(sum))
  );
}

/** a − (a + b)x = (a + b)y − b, from the smaller of x and y. */
function distance(a: number, b: number, x: number, y: number): number {
  return x < y ? a - (a + b) * x : (a + b) * y - b;
}

/** More terms than the largest parameters in use need (about √max(a, b)). */
const MOST_TERMS = 1e6;

/**
 * I_x(a, b) · B(a, b) / (x^a y^b) as the contracted continued fraction of DiDonato and Morris (1992), equation 9.
 * It needs x only through λ = a − (a + b)x = (a + b)y − b, taken from the smaller of x and y: near x = 1
 * with a = 5e5 the plain fraction, which knows only x, keeps no more than ten digits.
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const lambda = distance(a, b, x, y);
  const first = (a / (a + 1)) * (lambda + 1);
  let c = first;
  let d = 0;
  let denominator = first;
  for (let n = 1; n < MOST_TERMS; n++) {
    const step = a + 2 * n - 1;
    const alpha = ((a + n - 1) / step) * ((a + b + n - 1) / step) * n * (b - n) * x * x;
    const beta = n + (n * (b - n) * x) / step + ((a + n) / (step + 2)) * (lambda + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const change = c * d;
    denominator *= change;
    if (Math.abs(change - 1) < 2.3e-16) break;
  }
  return 1 / denominator;
}
