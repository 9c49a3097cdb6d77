import type { Interval } from '../reason.js';

/** Two proportions and their difference. */
interface Difference {
  x1: number;
  n1: number;
  x2: number;
  n2: number;
  difference: number;
  standardError: number;
}

/**
 * Wilson's limits of both proportions combined.
 * Source: Newcombe (1998) Stat. Med. 17:873, method 10, and 11 with the correction.
 *
 * @internal
 */
export function newcombeInterval(
  { x1, n1, x2, n2, difference }: Difference,
  z: number,
  corrected: boolean,
): Interval {
  const limits = corrected ? correctedWilson : wilson;
  const [lower1, upper1] = limits(x1, n1, z);
  const [lower2, upper2] = limits(x2, n2, z);
  return [
    difference - Math.hypot(x1 / n1 - lower1, upper2 - x2 / n2),
    difference + Math.hypot(upper1 - x1 / n1, x2 / n2 - lower2),
  ];
}

/**
 * Estimate ± z·SE, the correction as R's `prop.test` has it.
 *
 * @internal
 */
export function waldInterval(
  { n1, n2, difference, standardError }: Difference,
  z: number,
  corrected: boolean,
): Interval {
  const correction = corrected ? Math.min(Math.abs(difference), (1 / n1 + 1 / n2) / 2) : 0;
  const reach = z * standardError + correction;
  return [Math.max(-1, difference - reach), Math.min(1, difference + reach)];
}

function wilson(successes: number, n: number, z: number): Interval {
  const share = successes / n;
  const centre = share + (z * z) / (2 * n);
  const reach = (z / n) * Math.sqrt(successes * ((n - successes) / n) + (z * z) / 4);
  const whole = 1 + (z * z) / n;
  return [Math.max(0, centre - reach) / whole, Math.min(1, (centre + reach) / whole)];
}

/**
 * Wilson's limits with correction for continuity, 0 for no success and 1 for no failure.
 * Source: Newcombe (1998) Stat. Med. 17:857, method 4.
 *
 * @internal
 */
export function correctedWilson(successes: number, n: number, z: number): Interval {
  const failures = n - successes;
  const whole = 2 * (n + z * z);
  const limit = (sign: 1 | -1): number =>
    (2 * successes +
      z * z +
      sign *
        (1 + z * Math.sqrt(z * z + sign * 2 - 1 / n + 4 * (successes / n) * (failures - sign)))) /
    whole;
  return [successes === 0 ? 0 : Math.max(0, limit(-1)), failures === 0 ? 1 : Math.min(1, limit(1))];
}
