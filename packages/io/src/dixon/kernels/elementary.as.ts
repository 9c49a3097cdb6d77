/**
 * exp, sin and cos of two float64 lanes, to a relative error below 4e-16 (sin and cos: of the point on the
 * unit circle). Taylor series on a reduced argument, whose remainders are below 3e-17.
 */
import { add, clamp, mul, neg, select, splat, sub } from './pair.as';

/** ln 2 in two parts: the first has trailing zeros enough that n·LN2_HIGH is exact for |n| < 2¹¹. */
const LN2_HIGH: f64 = 0.69314718036912381649;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.44269504088896340736;
const TWO_PI: f64 = 6.28318530717958647692;

/** e^x; below −708 and above 709 as there: results stay normal and finite. */
export function exp(x: v128): v128 {
  const bounded = clamp(x, splat(-708), splat(709));
  const n = f64x2.nearest(mul(bounded, splat(LOG2_E)));
  const r = sub(sub(bounded, mul(n, splat(LN2_HIGH))), mul(n, splat(LN2_LOW)));
  // 1 + r + r²/2 + … + r¹³/13!, even and odd powers apart so that their chains run side by side.
  const r2 = mul(r, r);
  let even = splat(1.0 / 479001600.0);
  even = add(mul(even, r2), splat(1.0 / 3628800.0));
  even = add(mul(even, r2), splat(1.0 / 40320.0));
  even = add(mul(even, r2), splat(1.0 / 720.0));
  even = add(mul(even, r2), splat(1.0 / 24.0));
  even = add(mul(even, r2), splat(0.5));
  let odd = splat(1.0 / 6227020800.0);
  odd = add(mul(odd, r2), splat(1.0 / 39916800.0));
  odd = add(mul(odd, r2), splat(1.0 / 362880.0));
  odd = add(mul(odd, r2), splat(1.0 / 5040.0));
  odd = add(mul(odd, r2), splat(1.0 / 120.0));
  odd = add(mul(odd, r2), splat(1.0 / 6.0));
  const tail = add(mul(mul(odd, r2), r), mul(even, r2));
  const mantissa = add(splat(1), add(r, tail));
  const biased = i64x2.add(
    i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)),
    i64x2.splat(1023),
  );
  return mul(mantissa, i64x2.shl(biased, 52));
}

/** Where {@link turn} leaves its results. */
export const TURN_COS = memory.data(16, 16);
export const TURN_SIN = memory.data(16, 16);

/** cos 2πx and sin 2πx into {@link TURN_COS} and {@link TURN_SIN}. */
export function turn(x: v128): void {
  // Whole and quarter turns come off without rounding.
  const part = sub(x, f64x2.nearest(x));
  const quarters = f64x2.nearest(mul(part, splat(4)));
  const r = mul(sub(part, mul(quarters, splat(0.25))), splat(TWO_PI));
  const r2 = mul(r, r);
  let s = splat(-1.0 / 1307674368000.0);
  s = add(mul(s, r2), splat(1.0 / 6227020800.0));
  s = add(mul(s, r2), splat(-1.0 / 39916800.0));
  s = add(mul(s, r2), splat(1.0 / 362880.0));
  s = add(mul(s, r2), splat(-1.0 / 5040.0));
  s = add(mul(s, r2), splat(1.0 / 120.0));
  s = add(mul(s, r2), splat(-1.0 / 6.0));
  const sine = add(r, mul(mul(s, r2), r));
  let c = splat(1.0 / 20922789888000.0);
  c = add(mul(c, r2), splat(-1.0 / 87178291200.0));
  c = add(mul(c, r2), splat(1.0 / 479001600.0));
  c = add(mul(c, r2), splat(-1.0 / 3628800.0));
  c = add(mul(c, r2), splat(1.0 / 40320.0));
  c = add(mul(c, r2), splat(-1.0 / 720.0));
  c = add(mul(c, r2), splat(1.0 / 24.0));
  const cosine = add(splat(1), add(mul(r2, splat(-0.5)), mul(mul(c, r2), r2)));
  // Quarter turns −2 … 2: odd ones swap the two, then signs.
  const half = mul(quarters, splat(0.5));
  const swap = f64x2.ne(half, f64x2.nearest(half));
  const c1 = select(swap, sine, cosine);
  const s1 = select(swap, cosine, sine);
  const cosNegative = v128.or(
    f64x2.eq(quarters, splat(1)),
    f64x2.eq(f64x2.abs(quarters), splat(2)),
  );
  const sinNegative = v128.or(
    f64x2.eq(quarters, splat(-1)),
    f64x2.eq(f64x2.abs(quarters), splat(2)),
  );
  v128.store(TURN_COS, select(cosNegative, neg(c1), c1));
  v128.store(TURN_SIN, select(sinNegative, neg(s1), s1));
}
