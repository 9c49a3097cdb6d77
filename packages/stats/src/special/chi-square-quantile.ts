import { incompleteGamma } from './gamma.js';
import { logGamma } from './log-gamma.js';
import { type Share, shareAbove, shareBelow, solveQuantile } from './solve-quantile.js';

/**
 * The x with P(X ≤ x) = p for χ² with `degreesOfFreedom` > 0.
 *
 * @param p 0 … 1
 * @internal
 */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  return solve(shareBelow(p), degreesOfFreedom);
}

/**
 * The x with P(X ≥ x) = q.
 *
 * @internal
 */
export function chiSquareUpperQuantile(q: number, degreesOfFreedom: number): number {
  return solve(shareAbove(q), degreesOfFreedom);
}

function solve(share: Share, degreesOfFreedom: number): number {
  const a = degreesOfFreedom / 2;
  const logScale = -logGamma(a);
  // In units of x/2, the argument of the incomplete gamma function.
  const half = solveQuantile(
    {
      tails: (x) => incompleteGamma(a, x),
      logDensity: (x) => logScale + (a - 1) * Math.log(x) - x,
    },
    share,
  );
  return 2 * half;
}
