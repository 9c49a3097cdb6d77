import type { Interval } from '../reason.js';
import { fQuantile } from '../special/f-quantile.js';
import type { MeanSquares } from './mean-squares.js';

/** An interval with its own degrees of freedom where it has some. */
export interface IccInterval {
  interval: Interval;
  intervalDegreesOfFreedom?: number;
}

/**
 * Intervals of the forms whose F is exact, ICC(1,·) and ICC(3,·) (Shrout and Fleiss 1979, p. 424 and 426).
 *
 * @internal
 */
export function oneWayInterval(
  f: number,
  [between, within]: [number, number],
  k: number,
  level: number,
): { single: IccInterval; average: IccInterval } {
  if (f === Infinity) return { single: { interval: [1, 1] }, average: { interval: [1, 1] } };
  const tail = (1 - level) / 2;
  // The upper quantile of F(a, b) is the reciprocal of the lower one of F(b, a).
  const lower = f * fQuantile(tail, within, between);
  const upper = f / fQuantile(tail, between, within);
  return {
    single: { interval: [(lower - 1) / (lower + k - 1), (upper - 1) / (upper + k - 1)] },
    average: { interval: [1 - 1 / lower, 1 - 1 / upper] },
  };
}

/**
 * Intervals of ICC(2,1) and ICC(2,k) with Satterthwaite's degrees of freedom (Shrout and Fleiss 1979, p. 424 f.), written
 * so that an error of 0 leaves them defined.
 *
 * @internal
 */
export function agreementInterval(
  { subjects, raters, error }: MeanSquares,
  coefficient: number,
  n: number,
  k: number,
  level: number,
): { single: IccInterval; average: IccInterval } {
  const others = k * raters + (k * n - k - n) * error;
  if (others === 0) return { single: { interval: [1, 1] }, average: { interval: [1, 1] } };
  const slope = k * coefficient * raters;
  const rest = (n * (1 + (k - 1) * coefficient) - k * coefficient) * error;
  const degrees = ((k - 1) * (n - 1) * (slope + rest) ** 2) / ((n - 1) * slope ** 2 + rest ** 2);
  const tail = (1 - level) / 2;
  const above = 1 / fQuantile(tail, degrees, n - 1);
  const below = 1 / fQuantile(tail, n - 1, degrees);
  const lower = (n * (subjects - above * error)) / (above * others + n * subjects);
  const upper = (n * (below * subjects - error)) / (others + n * below * subjects);
  return {
    single: { interval: [lower, upper], intervalDegreesOfFreedom: degrees },
    average: { interval: [stepUp(lower, k), stepUp(upper, k)], intervalDegreesOfFreedom: degrees },
  };
}

/** Spearman–Brown: the reliability of the mean of k ratings; it falls without bound towards −1/(k − 1). */
function stepUp(limit: number, k: number): number {
  return limit <= -1 / (k - 1) ? -Infinity : (k * limit) / (1 + (k - 1) * limit);
}
