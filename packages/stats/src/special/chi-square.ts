import { incompleteGamma } from './gamma.js';
import type { PValue } from './p-value.js';

/**
 * P(X ≥ x) of χ² with `degreesOfFreedom` > 0: Q(ν/2, x/2).
 * Source: Abramowitz & Stegun 26.4.19.
 *
 * @internal
 */
export function chiSquareUpper(x: number, degreesOfFreedom: number): PValue {
  const { upper, logUpper } = incompleteGamma(degreesOfFreedom / 2, x / 2);
  return { p: upper, logP: logUpper };
}

/**
 * P(X ≤ x).
 *
 * @internal
 */
export function chiSquareLower(x: number, degreesOfFreedom: number): PValue {
  const { lower, logLower } = incompleteGamma(degreesOfFreedom / 2, x / 2);
  return { p: lower, logP: logLower };
}
