import type { Alternative } from '../alternative.js';
import { incompleteBeta } from './beta.js';
import type { PValue } from './p-value.js';

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

/**
 * P(T ≥ t).
 *
 * @internal
 */
export function studentUpper(t: number, degreesOfFreedom: number): PValue {
  const { p, logP } = studentTwoSided(t, degreesOfFreedom);
  return oneSided(t, { p, logP });
}

/**
 * P of the statistic `t` under an alternative.
 *
 * @internal
 */
export function studentP(t: number, degreesOfFreedom: number, alternative: Alternative): PValue {
  if (alternative === 'greater') return studentUpper(t, degreesOfFreedom);
  if (alternative === 'less') return studentUpper(-t, degreesOfFreedom);
  return studentTwoSided(t, degreesOfFreedom);
}

/**
 * The upper tail from the two-sided one of a symmetric statistic.
 *
 * @internal
 */
export function oneSided(statistic: number, { p, logP }: PValue): PValue {
  if (statistic < 0) return { p: 1 - p / 2, logP: Math.log1p(-p / 2) };
  return { p: p / 2, logP: logP - Math.LN2 };
}
