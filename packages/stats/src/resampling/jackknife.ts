import type { StatisticOfObservations } from './replicates.js';
import { observationsOf, type ResamplingUnits, unitCount } from './units.js';

/**
 * The statistic without one unit each.
 *
 * @internal
 */
export function* leftOut(
  statistic: StatisticOfObservations,
  units: ResamplingUnits,
): Generator<number> {
  const count = unitCount(units);
  const others = Uint32Array.from({ length: Math.max(0, count - 1) }, (_, k) => k + 1);
  for (let unit = 0; unit < count; unit++) {
    yield statistic(observationsOf(units, others));
    // The next one is left out, and this one comes back in its place.
    if (unit < others.length) others[unit] = unit;
  }
}

/**
 * The acceleration of the BCa interval from values that leave out one unit each: Σ d³/(6 (Σ d²)^1.5) with d their mean less
 * each (Efron 1987, JASA 82:171). NaN where one of them is not known or nothing varies.
 *
 * @internal
 */
export function accelerationOf(left: ArrayLike<number>): number {
  let sum = 0;
  for (let u = 0; u < left.length; u++) sum += left[u];
  const mean = sum / left.length;
  let squares = 0;
  let cubes = 0;
  for (let u = 0; u < left.length; u++) {
    squares += (mean - left[u]) ** 2;
    cubes += (mean - left[u]) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}
