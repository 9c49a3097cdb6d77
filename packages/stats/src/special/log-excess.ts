/**
 * φ = μ − ln(1 + μ) ≥ 0 of a ratio 1 + μ > 0, which comes twice since near 1 the difference from 1 is known better
 * than the ratio gives it, and near 0 the ratio is. In powers x^a e^−x of large a this is what is left
 * when the leading terms cancel.
 *
 * Source: for |μ| < 0.3 the series of ln((1 + r)/(1 − r)) at r = μ/(2 + μ) (Abramowitz & Stegun 4.1.27), whose first
 * term is taken off beforehand.
 *
 * @internal
 */
export function logExcess(ratio: number, mu: number): number {
  if (Math.abs(mu) >= 0.3) return mu - Math.log(ratio);
  const r = mu / (2 + mu);
  const w = r * r;
  let power = 1;
  let sum = 1 / 3;
  // |r| < 0.177: twelve terms leave 1e-18.
  for (let k = 5; k <= 27; k += 2) {
    power *= w;
    sum += power / k;
  }
  return 2 * w * (1 / (1 - r) - r * sum);
}
