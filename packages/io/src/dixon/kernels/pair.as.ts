/**
 * Arithmetic on two float64 lanes. A kernel works on two voxels at a time, one in each lane; no lane ever
 * sees the other, so that a voxel's result does not depend on its partner.
 */

export function splat(x: f64): v128 {
  return f64x2.splat(x);
}
export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}
export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}
export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}
export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b);
}
export function sqrt(a: v128): v128 {
  return f64x2.sqrt(a);
}
export function neg(a: v128): v128 {
  return f64x2.neg(a);
}

/** a·b + c·d, rounded at each step. */
export function dot(a: v128, b: v128, c: v128, d: v128): v128 {
  return add(mul(a, b), mul(c, d));
}
/** a·b − c·d, rounded at each step. */
export function cross(a: v128, b: v128, c: v128, d: v128): v128 {
  return sub(mul(a, b), mul(c, d));
}

/** `a` where the mask is set, `b` elsewhere. */
export function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}
/** `value` where the mask is set, 0 elsewhere. */
export function where(mask: v128, value: v128): v128 {
  return v128.and(mask, value);
}

/** Into `low` … `high`; NaN stays NaN. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, low), high);
}
