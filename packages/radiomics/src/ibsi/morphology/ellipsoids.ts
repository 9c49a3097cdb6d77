/** Volume (mm³) and surface area (mm²) of a solid. */
export interface SolidMeasures {
  readonly volume: number;
  readonly area: number;
}

/** The last term of the series for the surface of an ellipsoid, as IBSI sets it. */
const LAST_TERM = 20;

/**
 * Volume of an ellipsoid with the semi-axes a ≥ b ≥ c, mm, and its area as IBSI defines it: 21 terms of a
 * series in Legendre polynomials with α² = 1 − b²/a² and β² = 1 − c²/a².
 *
 * That is not the true area, which the same series gives for α² = 1 − c²/a² and β² = 1 − c²/b²: a sphere's
 * is the same, that of the digital phantom comes out 4 % too small. IBSI's reference value for the
 * phantom's area density (1.36; with the true area it were 1.30) holds for its own formula, so it is kept.
 *
 * The terms (αβ)^ν·P_ν((α² + β²)/(2αβ)) obey Legendre's recurrence multiplied by (αβ)^ν, which needs no
 * division and so holds for α = 0 too.
 */
export function measureEllipsoid(semiAxes: readonly [number, number, number]): SolidMeasures {
  const [a, b, c] = semiAxes;
  const volume = (4 / 3) * Math.PI * a * b * c;
  if (a === 0) return { volume, area: 0 };
  const alpha2 = Math.max(0, 1 - (b / a) ** 2);
  const beta2 = Math.max(0, 1 - (c / a) ** 2);
  const middle = (alpha2 + beta2) / 2;
  let before = 0;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= LAST_TERM; n++) {
    const next = ((2 * n - 1) * middle * term - (n - 1) * alpha2 * beta2 * before) / n;
    before = term;
    term = next;
    sum += term / (1 - 4 * n * n);
  }
  return { volume, area: 4 * Math.PI * a * b * sum };
}
