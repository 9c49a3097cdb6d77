/**
 * Logarithm of the gamma function of x > 0, to some 1e-14: recurrence up to x ≥ 8, then Stirling's series (Abramowitz
 * and Stegun 1964, 6.1.41).
 */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 8) product *= shifted++;
  const inverse = 1 / shifted;
  const square = inverse * inverse;
  const series =
    inverse *
    (1 / 12 -
      square *
        (1 / 360 -
          square *
            (1 / 1260 -
              square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156))))));
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  );
}
