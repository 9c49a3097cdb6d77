import { incompleteBeta, logBeta } from './beta.js';
import { type Share, shareAbove, shareBelow, solveQuantile } from './solve-quantile.js';

/**
 * The x with I_x(a, b) = p, for a, b > 0.
 *
 * @param p 0 … 1
 * @internal
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaOdds(shareBelow(p), a, b).x;
}

/**
 * The x with 1 − I_x(a, b) = q.
 *
 * @internal
 */
export function betaUpperQuantile(q: number, a: number, b: number): number {
  return betaOdds(shareAbove(q), a, b).x;
}

/**
 * The quantile as x, 1 − x and the odds x/(1 − x), which is what it is solved for: odds keep their digits at both ends.
 *
 * @internal
 */
export function betaOdds(
  share: Share,
  a: number,
  b: number,
): { x: number; y: number; odds: number } {
  const logScale = -logBeta(a, b);
  const odds = solveQuantile(
    {
      tails: (ratio) => incompleteBeta(a, b, fromOdds(ratio).x, fromOdds(ratio).y),
      logDensity: (ratio) => logScale + (a - 1) * Math.log(ratio) - (a + b) * Math.log1p(ratio),
    },
    share,
  );
  return { ...fromOdds(odds), odds };
}

function fromOdds(odds: number): { x: number; y: number } {
  return { x: odds === Infinity ? 1 : odds / (1 + odds), y: 1 / (1 + odds) };
}
