import { incompleteBeta } from './beta.js';
import type { PValue } from './p-value.js';

/**
 * P(F ≥ f) of Fisher's F with d₁ and d₂ degrees of freedom: I_x(d₂/2, d₁/2) at x = d₂/(d₂ + d₁ f).
 * Source: Abramowitz & Stegun 26.6.2.
 *
 * @internal
 */
export function fUpper(f: number, d1: number, d2: number): PValue {
  const ratio = (d1 * f) / d2;
  const x = 1 / (1 + ratio);
  const y = ratio === Infinity ? 1 : ratio * x;
  const { lower, logLower } = incompleteBeta(d2 / 2, d1 / 2, x, y);
  return { p: lower, logP: logLower };
}

/**
 * P(F ≤ f).
 *
 * @internal
 */
export function fLower(f: number, d1: number, d2: number): PValue {
  return fUpper(1 / f, d2, d1);
}
