/**
 * ln Γ(x) for x > 0: Stirling's series from 10 upwards, the recurrence Γ(x+1) = xΓ(x) below.
 *
 * @internal
 */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  while (z < 10) product *= z++;
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + stirlingTail(z) - Math.log(product);
}

/**
 * What Stirling's leading terms leave of ln Γ: ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π], for z ≥ 10. Kept apart
 * because differences of two large ln Γ cancel all but these.
 * Source: Abramowitz & Stegun 6.1.40 (Bernoulli numbers); the first term left out is < 2e-16 at 10.
 *
 * @internal
 */
export function stirlingTail(z: number): number {
  const w = 1 / (z * z);
  return (
    (1 / 12 -
      w *
        (1 / 360 -
          w *
            (1 / 1260 -
              w *
                (1 / 1680 -
                  w * (1 / 1188 - w * (691 / 360360 - w * (1 / 156 - (w * 3617) / 122400))))))) /
    z
  );
}

export const HALF_LOG_TWO_PI = 0.9189385332046727;
