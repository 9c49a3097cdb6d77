/**
 * How much of a pattern on a sphere of points each order of spherical harmonics explains: the L2 norm over
 * the points of Σ_m c_m·Y_nm with c_m = Σ_v s_v·Y_nm(v), as PyRadiomics defines it. Nothing is conjugated
 * in either sum, and the polar angle from z stands where the azimuth belongs and the other way round, so
 * that the result is not the rotation invariant of Banerjee et al. (2012); it is kept for its values.
 */
export class SphericalPower {
  readonly #orders: readonly Order[];

  /**
   * @param points x, y, z of one point after the other
   * @param levels orders 0 … levels − 1
   */
  constructor(points: Float64Array, radius: number, levels: number) {
    this.#orders = Array.from({ length: levels }, (_, n) => orderOf(n, points, radius));
  }

  /**
   * @param pattern 1 or 0 for each point
   * @param norms filled with one norm per order
   */
  measure(pattern: Uint8Array, norms: Float64Array): void {
    for (let n = 0; n < this.#orders.length; n++) {
      const { basis, gram, amounts } = this.#orders[n];
      const size = amounts.length;
      amounts.fill(0);
      for (let v = 0; v < pattern.length; v++) {
        if (pattern[v] === 0) continue;
        for (let j = 0; j < size; j++) amounts[j] += basis[v * size + j];
      }
      let squares = 0;
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) squares += amounts[j] * gram[j * size + k] * amounts[k];
      }
      norms[n] = Math.sqrt(Math.max(0, squares));
    }
  }
}

/** Real functions that span an order: Y_n0, and real and imaginary part of Y_nm for m = 1 … n. */
interface Order {
  /** Their values, point by point. */
  basis: Float64Array;
  /** Their products summed over the points, with the factors and signs of Σ_m Y_m(u)·Y_m(v). */
  gram: Float64Array;
  amounts: Float64Array;
}

function orderOf(n: number, points: Float64Array, radius: number): Order {
  const count = points.length / 3;
  const size = 2 * n + 1;
  const basis = new Float64Array(count * size);
  for (let v = 0; v < count; v++) {
    const azimuth = Math.acos(points[3 * v + 2] / radius);
    const polar = Math.atan2(points[3 * v + 1], points[3 * v]);
    basis[v * size] = harmonic(n, 0, polar);
    for (let m = 1; m <= n; m++) {
      const magnitude = harmonic(n, m, polar);
      basis[v * size + 2 * m - 1] = magnitude * Math.cos(m * azimuth);
      basis[v * size + 2 * m] = magnitude * Math.sin(m * azimuth);
    }
  }
  // Y_m(u)·Y_m(v) + Y_−m(u)·Y_−m(v) = 2·(Re Y_m(u)·Re Y_m(v) − Im Y_m(u)·Im Y_m(v)).
  const factor = (j: number): number => (j === 0 ? 1 : j % 2 === 1 ? 2 : -2);
  const gram = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) {
      let sum = 0;
      for (let v = 0; v < count; v++) sum += basis[v * size + j] * basis[v * size + k];
      gram[j * size + k] = factor(j) * factor(k) * sum;
    }
  }
  return { basis, gram, amounts: new Float64Array(size) };
}

/** |Y_nm| with the sign of the associated Legendre function, by the upward recurrence in n. */
function harmonic(n: number, m: number, polar: number): number {
  const x = Math.cos(polar);
  const s = Math.sqrt(Math.max(0, 1 - x * x));
  let current = Math.sqrt(1 / (4 * Math.PI));
  for (let k = 1; k <= m; k++) current *= -s * Math.sqrt((2 * k + 1) / (2 * k));
  let before = 0;
  for (let k = m + 1; k <= n; k++) {
    const a = Math.sqrt((4 * k * k - 1) / (k * k - m * m));
    const b = Math.sqrt(((k - 1) ** 2 - m * m) / (4 * (k - 1) ** 2 - 1));
    const next = a * (x * current - b * before);
    before = current;
    current = next;
  }
  return current;
}
