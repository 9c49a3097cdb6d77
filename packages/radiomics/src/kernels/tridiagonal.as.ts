/** Extreme eigenvalues of symmetric matrices by way of a tridiagonal one. */

/** What is smaller than this counts as 0: its square could underflow. */
const NEGLIGIBLE_SQUARE: f64 = 1e-280;
/** Values of the characteristic polynomial beyond these are scaled back, which changes no ratio of them. */
const SMALL: f64 = 1e-100;
const BIG: f64 = 1e100;
const MOST_STEPS = 200;

/**
 * Reduce a symmetric matrix, n×n, row-major, to tridiagonal form by Householder reflections. Only its upper
 * triangle is read; it is destroyed.
 *
 * @param diagonal room for n f64
 * @param squares room for n f64: the squares of the entries beside the diagonal, entry i couples i and
 * i + 1, the last is 0
 * @param scratch room for n f64
 */
export function tridiagonalise(
  matrix: usize,
  n: i32,
  diagonal: usize,
  squares: usize,
  scratch: usize,
): void {
  const stride = (<usize>n) << 3;
  for (let i = 0; i < n - 2; i++) {
    // The reflection that leaves one entry beside the diagonal of row i, kept in that row.
    const v = matrix + <usize>i * stride;
    let rest: f64 = 0;
    for (let j = i + 2; j < n; j++) {
      const a = load<f64>(v + ((<usize>j) << 3));
      rest += a * a;
    }
    store<f64>(diagonal + ((<usize>i) << 3), load<f64>(v + ((<usize>i) << 3)));
    const place = v + ((<usize>i + 1) << 3);
    const alpha = load<f64>(place);
    const norm = alpha * alpha + rest;
    store<f64>(squares + ((<usize>i) << 3), norm);
    if (rest <= NEGLIGIBLE_SQUARE) continue;
    const root = Math.sqrt(norm);
    const head = alpha > 0 ? alpha + root : alpha - root;
    store<f64>(place, head);
    reflect(matrix, n, i, 2 / (head * head + rest), scratch);
  }
  if (n > 1) {
    const corner = matrix + <usize>(n - 2) * stride + ((<usize>(n - 2)) << 3);
    const beside = load<f64>(corner, 8);
    store<f64>(diagonal + ((<usize>(n - 2)) << 3), load<f64>(corner));
    store<f64>(squares + ((<usize>(n - 2)) << 3), beside * beside);
  }
  store<f64>(
    diagonal + ((<usize>(n - 1)) << 3),
    load<f64>(matrix + <usize>(n - 1) * stride + ((<usize>(n - 1)) << 3)),
  );
  store<f64>(squares + ((<usize>(n - 1)) << 3), 0);
}

/** A ← H A H on the rows and columns after i, with H = 1 − scale·v vᵀ and v in row i of the matrix. */
function reflect(matrix: usize, n: i32, i: i32, scale: f64, w: usize): void {
  const stride = (<usize>n) << 3;
  const v = matrix + <usize>i * stride;
  const from = (<usize>(i + 1)) << 3;
  memory.fill(w + from, 0, stride - from);
  for (let j = from; j < stride; j += 8) {
    const row = matrix + (j >> 3) * stride;
    const vj = load<f64>(v + j);
    let sum = load<f64>(row + j) * vj;
    for (let k = j + 8; k < stride; k += 8) {
      const a = load<f64>(row + k);
      sum += a * load<f64>(v + k);
      store<f64>(w + k, load<f64>(w + k) + a * vj);
    }
    store<f64>(w + j, load<f64>(w + j) + sum);
  }
  let dot: f64 = 0;
  for (let j = from; j < stride; j += 8) {
    const wj = load<f64>(w + j) * scale;
    store<f64>(w + j, wj);
    dot += wj * load<f64>(v + j);
  }
  const half = (scale * dot) / 2;
  for (let j = from; j < stride; j += 8) {
    store<f64>(w + j, load<f64>(w + j) - half * load<f64>(v + j));
  }
  for (let j = from; j < stride; j += 8) {
    const row = matrix + (j >> 3) * stride;
    const vj = load<f64>(v + j);
    const wj = load<f64>(w + j);
    for (let k = j; k < stride; k += 8) {
      const change = vj * load<f64>(w + k) + wj * load<f64>(v + k);
      store<f64>(row + k, load<f64>(row + k) - change);
    }
  }
}

/**
 * Largest |eigenvalue| of a symmetric tridiagonal matrix.
 *
 * From beyond the largest root of the characteristic polynomial, whose roots are all real, Laguerre's
 * method falls towards it without passing it. The smallest one is found in the same way in the mirror,
 * if there is one below the negative of the largest.
 *
 * @param squares see {@link tridiagonalise}
 */
export function dominantOfTridiagonal(diagonal: usize, squares: usize, n: i32): f64 {
  let bound: f64 = 0;
  let before: f64 = 0;
  for (let i = 0; i < n; i++) {
    const beside = Math.sqrt(load<f64>(squares + ((<usize>i) << 3)));
    const here = Math.abs(load<f64>(diagonal + ((<usize>i) << 3)));
    bound = max<f64>(bound, before + here + (i < n - 1 ? beside : 0));
    before = beside;
  }
  if (bound === 0) return 0;
  // Rounding must not put the start below the root.
  bound *= 1 + 1e-12;
  const largest = largestRoot(diagonal, squares, n, 1, bound, bound);
  // All below −largest or none: then the mirrored largest root lies above |largest|.
  if (isBeyond(diagonal, squares, n, -1, Math.abs(largest))) return Math.abs(largest);
  return max<f64>(Math.abs(largest), largestRoot(diagonal, squares, n, -1, bound, bound));
}

/** Whether x lies above all eigenvalues of `sign` times the matrix. */
function isBeyond(diagonal: usize, squares: usize, n: i32, sign: f64, x: f64): bool {
  let last: f64 = 1;
  let p = x - sign * load<f64>(diagonal);
  for (let i: usize = 1; i < <usize>n; i++) {
    if (p <= 0) return false;
    const next =
      (x - sign * load<f64>(diagonal + (i << 3))) * p - load<f64>(squares + ((i - 1) << 3)) * last;
    last = p;
    p = next;
    if (p < SMALL || p > BIG) {
      const factor = p > BIG ? SMALL : BIG;
      last *= factor;
      p *= factor;
    }
  }
  return p > 0;
}

function largestRoot(
  diagonal: usize,
  squares: usize,
  n: i32,
  sign: f64,
  start: f64,
  scale: f64,
): f64 {
  const degree = <f64>n;
  let x = start;
  for (let step = 0; step < MOST_STEPS; step++) {
    // p, p′ and p″/2 of the leading minors, by their three-term recurrence.
    let p0: f64 = 1;
    let d0: f64 = 0;
    let h0: f64 = 0;
    let p1 = x - sign * load<f64>(diagonal);
    let d1: f64 = 1;
    let h1: f64 = 0;
    for (let i: usize = 1; i < <usize>n; i++) {
      if (p1 <= 0) return x;
      if (p1 < SMALL || p1 > BIG) {
        const factor = p1 > BIG ? SMALL : BIG;
        p0 *= factor;
        d0 *= factor;
        h0 *= factor;
        p1 *= factor;
        d1 *= factor;
        h1 *= factor;
      }
      const t = x - sign * load<f64>(diagonal + (i << 3));
      const e = load<f64>(squares + ((i - 1) << 3));
      const p2 = t * p1 - e * p0;
      const d2 = t * d1 + p1 - e * d0;
      const h2 = t * h1 + d1 - e * h0;
      p0 = p1;
      d0 = d1;
      h0 = h1;
      p1 = p2;
      d1 = d2;
      h1 = h2;
    }
    if (p1 <= 0) return x;
    const g = d1 / p1;
    const h = g * g - (2 * h1) / p1;
    const inside = (degree - 1) * (degree * h - g * g);
    const next = x - degree / (g + (inside > 0 ? Math.sqrt(inside) : 0));
    // What is left is below the rounding of the matrix itself.
    if (!(x - next > 2e-16 * scale)) return next < x ? next : x;
    x = next;
  }
  return x;
}
