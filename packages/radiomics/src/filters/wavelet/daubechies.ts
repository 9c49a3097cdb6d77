/** Bits after the binary point: enough for the cancellation in a product of 76 factors. */
const BITS = 320n;
const ONE = 1n << BITS;

/** A complex number in fixed point. */
interface Complex {
  re: bigint;
  im: bigint;
}

/**
 * Low-pass filter of Daubechies' orthogonal wavelet with `moments` vanishing moments, `2·moments` taps in
 * the order of PyWavelets' `dec_lo`, each rounded once from its exact value.
 *
 * Spectral factorisation (Daubechies 1992, *Ten Lectures on Wavelets*, §6.1): with y = (2 − z − 1/z)/4 the
 * filter is (1 + z)^N times a factor of Σ_k C(N−1+k, k)·y^k that takes the roots inside the unit circle.
 * Roots are found in double precision and refined in fixed point.
 */
export function daubechies(moments: number): Float64Array<ArrayBuffer> {
  const coefficients = Array.from({ length: moments }, (_, k) => binomial(moments - 1 + k, k));
  let product = [ONE];
  for (let k = 0; k < moments; k++) product = multiply(product, [ONE, ONE]);
  for (const [re, im] of polynomialRoots(coefficients.map(Number))) {
    if (im < -1e-9) continue;
    const real = Math.abs(im) < 1e-9;
    const y = refineRoot(coefficients, { re: fixed(re), im: real ? 0n : fixed(im) });
    const z = insideRoot(y);
    product = multiply(
      product,
      real ? [ONE, -z.re] : [ONE, -2n * z.re, times(z.re, z.re) + times(z.im, z.im)],
    );
  }
  const sum = product.reduce((total, value) => total + value, 0n);
  const scale = (squareRoot(2n * ONE) << BITS) / sum;
  return Float64Array.from(product.reverse(), (value) => toNumber(times(value, scale)));
}

function binomial(n: number, k: number): bigint {
  let value = 1n;
  for (let i = 1n; i <= BigInt(k); i++) value = (value * (BigInt(n - k) + i)) / i;
  return value;
}

/** All roots of Σ c_k y^k, by the method of Durand and Kerner in Aberth's form. */
function polynomialRoots(c: readonly number[]): [number, number][] {
  const degree = c.length - 1;
  // The roots lie around |4y(1 − y)| = 1, all with |y| < 1.
  const roots = Array.from({ length: degree }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * (k + 0.3)) / degree;
    return [0.5 * Math.cos(angle), 0.5 * Math.sin(angle)];
  });
  for (let round = 0; round < 200; round++) {
    let moved = 0;
    for (const root of roots) {
      const [x, y] = root;
      let [p, q, dp, dq] = [0, 0, 0, 0];
      for (let k = degree; k >= 0; k--) {
        [dp, dq] = [dp * x - dq * y + p, dp * y + dq * x + q];
        [p, q] = [p * x - q * y + c[k], p * y + q * x];
      }
      // The step is 1 / (P′/P − Σ 1/(y − other roots)).
      const size = p * p + q * q;
      if (size === 0) continue;
      let [a, b] = [(dp * p + dq * q) / size, (dq * p - dp * q) / size];
      for (const other of roots) {
        if (other === root) continue;
        const [u, v] = [x - other[0], y - other[1]];
        a -= u / (u * u + v * v);
        b += v / (u * u + v * v);
      }
      const norm = a * a + b * b;
      root[0] -= a / norm;
      root[1] += b / norm;
      moved = Math.max(moved, 1 / norm);
    }
    if (moved < 1e-28) break;
  }
  return roots;
}

/** Newton's iteration on Σ c_k y^k. */
function refineRoot(c: readonly bigint[], start: Complex): Complex {
  return newton(start, (y) => {
    let value: Complex = { re: 0n, im: 0n };
    let slope: Complex = { re: 0n, im: 0n };
    for (let k = c.length - 1; k >= 0; k--) {
      slope = plus(product(slope, y), value);
      value = plus(product(value, y), { re: c[k] << BITS, im: 0n });
    }
    return [value, slope];
  });
}

/** The root z of y = (2 − z − 1/z)/4 inside the unit circle. */
function insideRoot(y: Complex): Complex {
  const b: Complex = { re: 2n * ONE - 4n * y.re, im: -4n * y.im };
  // z² − b·z + 1 = 0; first in double precision.
  const [br, bi] = [toNumber(b.re), toNumber(b.im)];
  const [dr, di] = [br * br - bi * bi - 4, 2 * br * bi];
  const modulus = Math.sqrt((Math.hypot(dr, di) + Math.abs(dr)) / 2);
  const other = modulus === 0 ? 0 : di / (2 * modulus);
  const [sr, si] = dr >= 0 ? [modulus, other] : [Math.abs(other), di < 0 ? -modulus : modulus];
  const candidates = [1, -1].map((sign) => [(br + sign * sr) / 2, (bi + sign * si) / 2] as const);
  const [first, second] = candidates as [readonly [number, number], readonly [number, number]];
  const [re, im] = Math.hypot(...first) < Math.hypot(...second) ? first : second;
  return newton({ re: fixed(re), im: fixed(im) }, (z) => [
    plus(product(z, { re: z.re - b.re, im: z.im - b.im }), { re: ONE, im: 0n }),
    { re: 2n * z.re - b.re, im: 2n * z.im - b.im },
  ]);
}

function newton(start: Complex, evaluate: (at: Complex) => [Complex, Complex]): Complex {
  let at = start;
  // From twelve digits or fewer, each round doubles them; the rest is for safety.
  for (let round = 0; round < 9; round++) {
    const [value, slope] = evaluate(at);
    const norm = times(slope.re, slope.re) + times(slope.im, slope.im);
    const re = ((times(value.re, slope.re) + times(value.im, slope.im)) << BITS) / norm;
    const im = ((times(value.im, slope.re) - times(value.re, slope.im)) << BITS) / norm;
    at = { re: at.re - re, im: at.im - im };
  }
  return at;
}

function multiply(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  const result = Array.from({ length: a.length + b.length - 1 }, () => 0n);
  a.forEach((x, i) => b.forEach((y, j) => (result[i + j] += times(x, y))));
  return result;
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> BITS;

const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });

function product(a: Complex, b: Complex): Complex {
  return {
    re: times(a.re, b.re) - times(a.im, b.im),
    im: times(a.re, b.im) + times(a.im, b.re),
  };
}

function squareRoot(value: bigint): bigint {
  let root = value;
  for (;;) {
    const next = (root + (value << BITS) / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Fixed point from a double of moderate size. */
function fixed(value: number): bigint {
  return BigInt(Math.round(value * 2 ** 53)) << (BITS - 53n);
}

/** The nearest double. */
function toNumber(value: bigint): number {
  return Number(value) * 2 ** -Number(BITS);
}
