import { incompleteBeta } from './beta.js';

/** A two-sided P with its natural logarithm, which goes on where P underflows. */
export interface PValue {
  p: number;
  logP: number;
}

/**
 * P(|T| ≥ |t|) for Student's t with `degreesOfFreedom` > 0: I_x(ν/2, ½) at x = ν/(ν + t²).
 * Source: Abramowitz & Stegun 26.7.1.
 *
 * @internal
 */
export function studentTwoSided(t: number, degreesOfFreedom: number): PValue {
  const share = (t * t) / degreesOfFreedom;
  const x = 1 / (1 + share);
  return studentTwoSidedFromShares(degreesOfFreedom, x, share === Infinity ? 1 : share * x);
}

/**
 * The same from x = ν/(ν + t²) and y = 1 − x, which for a correlation are 1 − r² and r².
 *
 * @internal
 */
export function studentTwoSidedFromShares(degreesOfFreedom: number, x: number, y: number): PValue {
  const { lower, logLower } = incompleteBeta(degreesOfFreedom / 2, 0.5, x, y);
  return { p: lower, logP: logLower };
}
