import { betaOdds } from './beta-quantile.js';
import { type Share, shareAbove, shareBelow } from './solve-quantile.js';

/**
 * The f with P(F ≤ f) = p for Fisher's F with d₁ and d₂ degrees of freedom: d₁F/d₂ are the odds of a beta variable
 * (Abramowitz & Stegun 26.6.2).
 *
 * @param p 0 … 1
 * @internal
 */
export function fQuantile(p: number, d1: number, d2: number): number {
  return solve(shareBelow(p), d1, d2);
}

/**
 * The f with P(F ≥ f) = q.
 *
 * @internal
 */
export function fUpperQuantile(q: number, d1: number, d2: number): number {
  return solve(shareAbove(q), d1, d2);
}

function solve(share: Share, d1: number, d2: number): number {
  return (betaOdds(share, d1 / 2, d2 / 2).odds * d2) / d1;
}
