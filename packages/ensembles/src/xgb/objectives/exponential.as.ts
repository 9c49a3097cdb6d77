/** ln 2 in two parts: the first ends in zeros, so that k · LN2_HIGH is exact for the k that occur. */
const LN2_HIGH: f64 = 0.69314718036912381649;
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const LOG2_E: f64 = 1.44269504088896340736;
/** 1.5 · 2⁵²: what is added to it is rounded to an integer, which stands in the lowest bits. */
const ROUNDER: f64 = 6755399441055744;

/**
 * e^x of two float64 lanes with −745 < x < 709, relative error below 10⁻¹⁵: rounded to float32 it is the float32
 * nearest to e^x save where that is a tie but for some 10⁻¹⁵.
 */
export function exp2Lanes(x: v128): v128 {
  const rounded = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2_E)), f64x2.splat(ROUNDER));
  const k = f64x2.sub(rounded, f64x2.splat(ROUNDER));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))),
    f64x2.mul(k, f64x2.splat(LN2_LOW)),
  );
  // 1 + r + … + r¹²/12!, even and odd powers apart so that their chains run side by side; |r| ≤ ½ ln 2.
  const r2 = f64x2.mul(r, r);
  let even = f64x2.splat(1.0 / 479001600.0);
  even = f64x2.add(f64x2.mul(even, r2), f64x2.splat(1.0 / 3628800.0));
  even = f64x2.add(f64x2.mul(even, r2), f64x2.splat(1.0 / 40320.0));
  even = f64x2.add(f64x2.mul(even, r2), f64x2.splat(1.0 / 720.0));
  even = f64x2.add(f64x2.mul(even, r2), f64x2.splat(1.0 / 24.0));
  even = f64x2.add(f64x2.mul(even, r2), f64x2.splat(0.5));
  let odd = f64x2.splat(1.0 / 39916800.0);
  odd = f64x2.add(f64x2.mul(odd, r2), f64x2.splat(1.0 / 362880.0));
  odd = f64x2.add(f64x2.mul(odd, r2), f64x2.splat(1.0 / 5040.0));
  odd = f64x2.add(f64x2.mul(odd, r2), f64x2.splat(1.0 / 120.0));
  odd = f64x2.add(f64x2.mul(odd, r2), f64x2.splat(1.0 / 6.0));
  const cubic = f64x2.mul(f64x2.mul(odd, r2), r);
  const tail = f64x2.add(cubic, f64x2.mul(even, r2));
  const mantissa = f64x2.add(f64x2.splat(1), f64x2.add(r, tail));
  // k is added to the exponent's bits.
  return i64x2.add(mantissa, i64x2.shl(rounded, 52));
}

/**
 * e^x of four float32 lanes, none of them NaN, as float32: 0 below −104, infinite above 88.73.
 */
export function exp4Lanes(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(700)), f32x4.splat(-700));
  const low = exp2Lanes(f64x2.promote_low_f32x4(bounded));
  const high = exp2Lanes(
    f64x2.promote_low_f32x4(
      i8x16.shuffle(bounded, bounded, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
    ),
  );
  return i8x16.shuffle(
    f32x4.demote_f64x2_zero(low),
    f32x4.demote_f64x2_zero(high),
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
  );
}

/** e^x of `count` float32 numbers from `from` to `to`, four at a time. */
export function exponentials(from: usize, to: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i += 4) {
    v128.store(to + (i << 2), exp4Lanes(v128.load(from + (i << 2))));
  }
}
