import { describe } from '../descriptive/describe.js';

/**
 * |difference of means| / √(mean of both variances), NaN where a group has fewer than two values or neither varies.
 *
 * Source: Austin (2009) Statistics in Medicine 28:3083.
 *
 * @internal
 */
export function standardisedMeanDifference(a: Float64Array, b: Float64Array): number {
  const first = describe(a);
  const second = describe(b);
  // The root of the mean square by way of hypot, which neither over- nor underflows.
  const spread = Math.hypot(first.standardDeviation, second.standardDeviation) / Math.SQRT2;
  return spread === 0 ? Number.NaN : Math.abs(first.mean - second.mean) / spread;
}

/**
 * The multivariate distance of two vectors of shares, √(d′ S⁻¹ d) with S the mean of both multinomial covariance
 * matrices without the last level; for two levels |p₁ − p₂| / √(mean of p(1 − p)). NaN where S is singular, that is, where a
 * level or a set of levels parts the groups entirely.
 *
 * Source: Yang and Dalton (2012) SAS Global Forum 335.
 *
 * @param first counts of each level in one group
 * @param second counts of the same levels in the other
 * @internal
 */
export function standardisedShareDifference(
  first: readonly number[],
  second: readonly number[],
): number {
  const present = first.map((count, level) => count + second[level] > 0);
  const [p, q] = [first, second].map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.filter((_, level) => present[level]).map((count) => count / total);
  });
  const size = p.length - 1;
  if (size < 0) return Number.NaN;
  if (p.every((share, level) => share === q[level])) return 0;
  const covariance = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => {
      const own = (shares: number[]) => (i === j ? shares[i] : 0) - shares[i] * shares[j];
      return (own(p) + own(q)) / 2;
    }),
  );
  const difference = covariance.map((_, i) => p[i] - q[i]);
  return Math.sqrt(quadraticForm(covariance, difference));
}

const SINGULAR = 1e-12;

/** d′ S⁻¹ d of a symmetric S ≥ 0 by elimination without exchanges; NaN for a singular S. */
function quadraticForm(matrix: number[][], vector: number[]): number {
  const rows = matrix.map((row) => [...row]);
  const rest = [...vector];
  let form = 0;
  for (let k = 0; k < rest.length; k++) {
    const pivot = rows[k][k];
    if (!(pivot > SINGULAR * matrix[k][k])) return Number.NaN;
    form += (rest[k] * rest[k]) / pivot;
    for (let i = k + 1; i < rest.length; i++) {
      const factor = rows[i][k] / pivot;
      for (let j = k; j < rest.length; j++) rows[i][j] -= factor * rows[k][j];
      rest[i] -= factor * rest[k];
    }
  }
  return form;
}
