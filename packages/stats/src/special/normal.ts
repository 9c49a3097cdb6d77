import type { Alternative } from '../alternative.js';
import { HALF_LOG_TWO_PI } from './log-gamma.js';
import { doubled, type PValue } from './p-value.js';

/**
 * ln P(Z ≥ z) of the standard normal distribution: accurate in the far tail, where the value underflows.
 *
 * @internal
 */
export function logNormalUpper(z: number): number {
  if (z < SERIES_LIMIT) return Math.log(normalUpper(z));
  return -0.5 * z * z - HALF_LOG_TWO_PI + Math.log(millsRatio(z));
}

/**
 * P(Z ≥ z) of the standard normal distribution.
 *
 * @internal
 */
export function normalUpper(z: number): number {
  if (z < 0) return 1 - normalUpper(-z);
  const density = Math.exp(-0.5 * z * z - HALF_LOG_TWO_PI);
  return z < SERIES_LIMIT ? 0.5 - density * centralSeries(z) : density * millsRatio(z);
}

/**
 * The z with P(Z ≤ z) = p.
 *
 * Starts from Abramowitz & Stegun 26.2.23 (error 4.5e-4) and refines by Halley's method on ln P, which
 * stays smooth where P itself underflows.
 *
 * @param p 0 … 1; 0 and 1 give −∞ and ∞
 * @internal
 */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return -Infinity;
  const target = Math.log(p);
  const s = Math.sqrt(-2 * target);
  let z =
    s -
    (2.515517 + s * (0.802853 + s * 0.010328)) /
      (1 + s * (1.432788 + s * (0.189269 + s * 0.001308)));
  for (let step = 0; step < 4; step++) {
    const logUpper = logNormalUpper(z);
    // f = ln Q(z) − ln p, f' = −h, f'' = −h (h − z) with the hazard h = φ/Q
    const f = logUpper - target;
    const hazard = Math.exp(-0.5 * z * z - HALF_LOG_TWO_PI - logUpper);
    const newton = f / hazard;
    const change = newton / (1 + 0.5 * newton * (hazard - z));
    z += change;
    if (Math.abs(change) < 1e-15 * Math.abs(z)) break;
  }
  return -z;
}

/** Below, ½ − φ(z)(z + z³/3 + …) loses less than two digits; above, the fraction converges fast. */
const SERIES_LIMIT = 2.5;

/** z + z³/3 + z⁵/15 + …, all terms positive (Abramowitz & Stegun 26.2.11). */
function centralSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** Q(z)/φ(z) by the continued fraction 1/(z+ 1/(z+ 2/(z+ …))) (Abramowitz & Stegun 26.2.14), Lentz. */
function millsRatio(z: number): number {
  let c = z;
  let d = 0;
  let denominator = z;
  for (let k = 1; k < 1000; k++) {
    d = 1 / (z + k * d);
    c = z + k / c;
    const change = c * d;
    denominator *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return 1 / denominator;
}

/**
 * P of a standard normal statistic under an alternative, with its logarithm.
 *
 * @internal
 */
export function normalP(z: number, alternative: Alternative): PValue {
  if (alternative === 'greater') return { p: normalUpper(z), logP: logNormalUpper(z) };
  if (alternative === 'less') return { p: normalUpper(-z), logP: logNormalUpper(-z) };
  return doubled({ p: normalUpper(Math.abs(z)), logP: logNormalUpper(Math.abs(z)) });
}
