/** Points in (0, 1) and weights that integrate polynomials over [0, 1]. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

let known: Map<number, Quadrature> | undefined;

/**
 * The Gauss–Legendre rule of `count` ≥ 1 points on [0, 1]: exact up to degree 2·count − 1.
 *
 * The points are roots of Legendre's polynomial, found by Newton's method (Press et al., Numerical Recipes, §4.6).
 */
export function gaussLegendre(count: number): Quadrature {
  known ??= new Map();
  let rule = known.get(count);
  if (!rule) {
    rule = findRule(count);
    known.set(count, rule);
  }
  return rule;
}

function findRule(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let { value, slope } = legendre(count, x);
    // The first guess is good to a few digits, and each step doubles them.
    for (let step = 0; step < 6; step++) {
      x -= value / slope;
      ({ value, slope } = legendre(count, x));
    }
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** Legendre's polynomial of degree n ≥ 1 and its derivative. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
    before = value;
    value = next;
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
