import { incompleteBeta, logBeta } from './beta.js';
import { solveQuantile } from './solve-quantile.js';

/**
 * The t with P(T ≤ t) = p for Student's t with `degreesOfFreedom` > 0.
 *
 * @param p 0 … 1; 0 and 1 give −∞ and ∞
 * @internal
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return studentUpperQuantile(1 - p, degreesOfFreedom);
  return -studentUpperQuantile(p, degreesOfFreedom);
}

/**
 * The t with P(T ≥ t) = q, found as the |t| that both tails lie beyond.
 *
 * @internal
 */
export function studentUpperQuantile(q: number, degreesOfFreedom: number): number {
  if (q === 0.5) return 0;
  if (q > 0.5) return -studentUpperQuantile(1 - q, degreesOfFreedom);
  const half = degreesOfFreedom / 2;
  const logScale = Math.LN2 - logBeta(half, 0.5) - 0.5 * Math.log(degreesOfFreedom);
  return solveQuantile(
    {
      tails: (t) => {
        const share = (t * t) / degreesOfFreedom;
        const x = 1 / (1 + share);
        const { lower, upper, logLower, logUpper } = incompleteBeta(
          half,
          0.5,
          x,
          share === Infinity ? 1 : share * x,
        );
        return { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower };
      },
      logDensity: (t) => logScale - (half + 0.5) * Math.log1p((t * t) / degreesOfFreedom),
    },
    { logLower: Math.log1p(-2 * q), logUpper: Math.log(2 * q) },
  );
}
