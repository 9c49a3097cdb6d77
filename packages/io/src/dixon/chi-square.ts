/**
 * Quantile of the χ² distribution: where its distribution function, the regularised lower incomplete
 * gamma function P(ν/2, x/2), is `probability`. By bisection on the series of Abramowitz and Stegun 6.5.29.
 *
 * @param probability 0 < probability < 1
 * @param degrees ν, a whole number ≥ 1
 */
export function chiSquareQuantile(probability: number, degrees: number): number {
  let low = 0;
  let high = degrees;
  while (lowerGammaRatio(degrees, 0.5 * high) < probability) high *= 2;
  while (high - low > 1e-12 * degrees) {
    const middle = 0.5 * (low + high);
    if (lowerGammaRatio(degrees, 0.5 * middle) < probability) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** P(ν/2, x) = x^a e^−x / Γ(a + 1) · Σ xⁿ / ((a + 1) … (a + n)) with a = ν/2. */
function lowerGammaRatio(degrees: number, x: number): number {
  const a = degrees / 2;
  // Γ(a + 1) from Γ(1) = 1 or Γ(1/2) = √π, folded into the leading factor to keep it in range.
  let factor = Math.exp(-x);
  let b = degrees % 2 === 0 ? 0 : 0.5;
  if (b === 0.5) factor *= Math.sqrt(x) / (0.5 * Math.sqrt(Math.PI));
  for (b += 1; b <= a; b++) factor *= x / b;
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return factor * sum;
}

/** Median of the χ² distribution. */
export function chiSquareMedian(degrees: number): number {
  return chiSquareQuantile(0.5, degrees);
}
