import { incompleteBeta, logBeta, type Tails } from './beta.js';

/** ln of n over k. */
export function logBinomial(n: number, k: number): number {
  if (k === 0 || k === n) return 0;
  return -Math.log(n + 1) - logBeta(k + 1, n - k + 1);
}

/**
 * P(X ≤ k) and P(X > k) of a binomial variable: I_{1−p}(n − k, k + 1) and its complement.
 * Source: Abramowitz & Stegun 26.5.24.
 *
 * @internal
 */
export function binomialTail(k: number, n: number, probability: number): Tails {
  if (k < 0) return { lower: 0, upper: 1, logLower: -Infinity, logUpper: 0 };
  if (k >= n) return { lower: 1, upper: 0, logLower: 0, logUpper: -Infinity };
  return incompleteBeta(n - k, k + 1, 1 - probability, probability);
}
