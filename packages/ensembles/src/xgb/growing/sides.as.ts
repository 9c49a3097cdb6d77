/**
 * What every split of four features would be worth at most, in a pass without branches: G²/(H+λ) of both sides, in
 * float32, for each bin. That tells the few bins whose exact gain is worth computing.
 *
 * A pass leaves behind the values of all bins (four lanes a bin), the four sums over all bins, and the greatest values.
 */
import { SLOT_BYTES } from './layout';

/** Two pairs (G, H) as float32: G, G, H, H. The shuffles here and below are single instructions. */
function narrowed(pair0: v128, pair1: v128): v128 {
  return v128.shuffle<f32>(
    f32x4.demote_f64x2_zero(pair0),
    f32x4.demote_f64x2_zero(pair1),
    0,
    4,
    1,
    5,
  );
}

/** Values of four features; 0 where a side weighs too little. */
function sidesOf(
  sum0: v128,
  sum1: v128,
  sum2: v128,
  sum3: v128,
  total: v128,
  lambda: v128,
  least: v128,
): v128 {
  const here01 = narrowed(sum0, sum1);
  const here23 = narrowed(sum2, sum3);
  const there01 = narrowed(f64x2.sub(total, sum0), f64x2.sub(total, sum1));
  const there23 = narrowed(f64x2.sub(total, sum2), f64x2.sub(total, sum3));
  const g = v128.shuffle<f64>(here01, here23, 0, 2);
  const h = v128.shuffle<f64>(here01, here23, 1, 3);
  const otherG = v128.shuffle<f64>(there01, there23, 0, 2);
  const otherH = v128.shuffle<f64>(there01, there23, 1, 3);
  const sides = f32x4.add(
    f32x4.div(f32x4.mul(g, g), f32x4.add(h, lambda)),
    f32x4.div(f32x4.mul(otherG, otherG), f32x4.add(otherH, lambda)),
  );
  return v128.and(sides, v128.and(f32x4.ge(h, least), f32x4.ge(otherH, least)));
}

/**
 * One pass over the slots of a tile; with a parent they are first made the parent's less those.
 *
 * @param to where the differences go
 * @param upwards whether from the first bin to the last, or the other way round
 * @param total (G, H) of the node, f64
 * @param values room for bins · 16 bytes, the pass's values by bin
 * @param sums room for 64 bytes, the sums over all bins
 * @returns the greatest value of each feature
 */
export function passOver(
  slots: usize,
  parent: usize,
  to: usize,
  bins: usize,
  upwards: bool,
  total: v128,
  lambda: f32,
  least: f32,
  values: usize,
  sums: usize,
): v128 {
  const lambdas = f32x4.splat(lambda);
  const leasts = f32x4.splat(least);
  let most = f32x4.splat(0);
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const step: usize = upwards ? SLOT_BYTES : -SLOT_BYTES;
  const valueStep: usize = upwards ? 16 : -16;
  let bin: usize = upwards ? 0 : bins - 1;
  let at = slots + bin * SLOT_BYTES;
  let value = values + (bin << 4);
  // Distances instead of addresses: one address less to step on.
  const fromParent = parent - slots;
  const toRest = to - slots;
  for (let left = bins; left !== 0; left--) {
    let slot0 = v128.load(at);
    let slot1 = v128.load(at, 16);
    let slot2 = v128.load(at, 32);
    let slot3 = v128.load(at, 48);
    if (parent !== 0) {
      const minuend = at + fromParent;
      slot0 = f64x2.sub(v128.load(minuend), slot0);
      slot1 = f64x2.sub(v128.load(minuend, 16), slot1);
      slot2 = f64x2.sub(v128.load(minuend, 32), slot2);
      slot3 = f64x2.sub(v128.load(minuend, 48), slot3);
      const rest = at + toRest;
      v128.store(rest, slot0);
      v128.store(rest, slot1, 16);
      v128.store(rest, slot2, 32);
      v128.store(rest, slot3, 48);
    }
    sum0 = f64x2.add(sum0, slot0);
    sum1 = f64x2.add(sum1, slot1);
    sum2 = f64x2.add(sum2, slot2);
    sum3 = f64x2.add(sum3, slot3);
    const sides = sidesOf(sum0, sum1, sum2, sum3, total, lambdas, leasts);
    v128.store(value, sides);
    most = f32x4.pmax(most, sides);
    at += step;
    value += valueStep;
  }
  v128.store(sums, sum0);
  v128.store(sums, sum1, 16);
  v128.store(sums, sum2, 32);
  v128.store(sums, sum3, 48);
  return most;
}

/** The parent's slots less those of a child, without a scan. */
export function subtractTile(slots: usize, parent: usize, to: usize, count: usize): void {
  for (let at: usize = 0; at < count * SLOT_BYTES; at += 16) {
    v128.store(to + at, f64x2.sub(v128.load(parent + at), v128.load(slots + at)));
  }
}
