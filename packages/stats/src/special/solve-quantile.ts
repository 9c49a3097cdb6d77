import type { Tails } from './beta.js';

/** A distribution on x > 0, as {@link solveQuantile} sees it. */
export interface PositiveDistribution {
  /** Both tails at x, with their logarithms. */
  tails(x: number): Tails;
  /** ln of the density at x. */
  logDensity(x: number): number;
}

/** Which probability is given: that below the quantile or that above it. The smaller one should be, for its digits. */
export interface Share {
  logLower: number;
  logUpper: number;
}

/** ln p and ln(1 − p) of a lower tail. */
export function shareBelow(p: number): Share {
  return { logLower: Math.log(p), logUpper: Math.log1p(-p) };
}

/** The same for an upper tail. */
export function shareAbove(q: number): Share {
  return { logLower: Math.log1p(-q), logUpper: Math.log(q) };
}

/**
 * The x > 0 whose tails are as given; 0 or ∞ where x is no number.
 *
 * Newton's method on the logarithm of the smaller tail as a function of ln x, where both ends of the usual distributions
 * are nearly straight lines, within a bracket that is halved whenever a step would leave it.
 *
 * @internal
 */
export function solveQuantile(
  distribution: PositiveDistribution,
  { logLower, logUpper }: Share,
): number {
  if (Number.isNaN(logLower) || Number.isNaN(logUpper)) return Number.NaN;
  if (logLower === -Infinity) return 0;
  if (logUpper === -Infinity) return Infinity;
  const below = logLower < logUpper;
  const target = below ? logLower : logUpper;
  let low = LEAST;
  let high = LARGEST;
  let logX = 0;
  let lastChange = Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    const x = Math.exp(logX);
    const tails = distribution.tails(x);
    const found = below ? tails.logLower : tails.logUpper;
    if (below ? found > target : found < target) high = logX;
    else low = logX;
    const slope = Math.exp(distribution.logDensity(x) + logX - found) * (below ? 1 : -1);
    const newton = logX - (found - target) / slope;
    // Rounding may put a narrow bracket beside the root; half of what is left of it would lead away.
    const isNear = high - low < 1e-9 && Math.abs(newton - logX) < 1e-9;
    const next = isNear || (newton > low && newton < high) ? newton : (low + high) / 2;
    const change = Math.abs(next - logX);
    logX = next;
    // What is left is the rounding of the tail itself.
    if (change < 1e-16 * Math.max(1, Math.abs(logX))) break;
    if (change >= lastChange && change < 1e-12) break;
    lastChange = change;
  }
  return Math.exp(logX);
}

/** ln of less than the least and of more than the largest number. */
const LEAST = -746;
const LARGEST = 710;
const MOST_STEPS = 300;
