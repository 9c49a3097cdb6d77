/**
 * The sums over echoes from which every fit of a voxel is built, at a field `fB` and a decay `R`.
 *
 * With `w = exp(−R t)`, the fat phasor `c` and the demodulated echoes `y = s·exp(−i 2π fB t)`:
 * for n = 0, 1, 2 `WATERn = Σ tⁿ w²`, `CROSSn = Σ tⁿ w² c` (complex), `FATn = Σ tⁿ w² |c|²`;
 * `B_WATER = Σ w y`, `B_FAT = Σ w c̄ y`; `E_WATER = Σ t w y`, `E_FAT = Σ t w c̄ y`.
 * Residuals, gradients and the Fisher matrix are polynomials of these and of W and F, so one pass over
 * the echoes serves a whole Gauss–Newton step.
 */
import { exp, turn, TURN_COS, TURN_SIN } from './elementary.as';
import { ECHO, echoCount, LANES, STEP_OF_ECHO, stepCount, STEPS, VOXEL } from './model.as';
import { add, cross, dot, mul, neg, splat } from './pair.as';

const SUMS = memory.data(320, 16);

export const WATER0: usize = 0;
export const CROSS_RE0: usize = 16;
export const CROSS_IM0: usize = 32;
export const FAT0: usize = 48;
export const WATER1: usize = 64;
export const CROSS_RE1: usize = 80;
export const CROSS_IM1: usize = 96;
export const FAT1: usize = 112;
export const WATER2: usize = 128;
export const CROSS_RE2: usize = 144;
export const CROSS_IM2: usize = 160;
export const FAT2: usize = 176;
export const B_WATER_RE: usize = 192;
export const B_WATER_IM: usize = 208;
export const B_FAT_RE: usize = 224;
export const B_FAT_IM: usize = 240;
export const E_WATER_RE: usize = 256;
export const E_WATER_IM: usize = 272;
export const E_FAT_RE: usize = 288;
export const E_FAT_IM: usize = 304;

/** One of the sums by its name. */
export function sum(which: usize): v128 {
  return v128.load(SUMS + which);
}

/** For each distinct step its decay, cos and sin. */
const FACTORS = memory.data(3072, 16);

/** Compute the sums for the voxels in the lanes at a field (Hz) and a decay (1/s) each. */
export function evaluateMoments(fieldHz: v128, r2star: v128): void {
  const slower = neg(r2star);
  for (let j: usize = 0; j < <usize>stepCount; j++) {
    const step = v128.load(STEPS + j * LANES);
    const at = FACTORS + 3 * j * LANES;
    turn(mul(fieldHz, step));
    v128.store(at, exp(mul(slower, step)));
    v128.store(at, v128.load(TURN_COS), 16);
    v128.store(at, v128.load(TURN_SIN), 32);
  }
  const zero = splat(0);
  let w = splat(1),
    ur = splat(1),
    ui = zero;
  let a0 = zero,
    a1 = zero,
    a2 = zero;
  let p0 = zero,
    p1 = zero,
    p2 = zero;
  let q0 = zero,
    q1 = zero,
    q2 = zero;
  let d0 = zero,
    d1 = zero,
    d2 = zero;
  let bwr = zero,
    bwi = zero,
    bfr = zero,
    bfi = zero;
  let ewr = zero,
    ewi = zero,
    efr = zero,
    efi = zero;
  let echo = ECHO;
  let voxel = VOXEL;
  for (let k: usize = 0; k < <usize>echoCount; k++, echo += 4 * LANES, voxel += 2 * LANES) {
    const factors = FACTORS + 3 * <usize>load<u32>(STEP_OF_ECHO + 4 * k);
    const cos = v128.load(factors, 16);
    const sin = v128.load(factors, 32);
    w = mul(w, v128.load(factors));
    const next = cross(ur, cos, ui, sin);
    ui = dot(ur, sin, ui, cos);
    ur = next;
    const t = v128.load(echo);
    const cr = v128.load(echo, 16);
    const ci = v128.load(echo, 32);
    const c2 = v128.load(echo, 48);
    const w2 = mul(w, w);
    const tw2 = mul(t, w2);
    const ttw2 = mul(t, tw2);
    a0 = add(a0, w2);
    a1 = add(a1, tw2);
    a2 = add(a2, ttw2);
    p0 = add(p0, mul(w2, cr));
    p1 = add(p1, mul(tw2, cr));
    p2 = add(p2, mul(ttw2, cr));
    q0 = add(q0, mul(w2, ci));
    q1 = add(q1, mul(tw2, ci));
    q2 = add(q2, mul(ttw2, ci));
    d0 = add(d0, mul(w2, c2));
    d1 = add(d1, mul(tw2, c2));
    d2 = add(d2, mul(ttw2, c2));
    const re = v128.load(voxel);
    const im = v128.load(voxel, 16);
    const yr = mul(w, dot(re, ur, im, ui));
    const yi = mul(w, cross(im, ur, re, ui));
    const fr = dot(cr, yr, ci, yi);
    const fi = cross(cr, yi, ci, yr);
    bwr = add(bwr, yr);
    bwi = add(bwi, yi);
    bfr = add(bfr, fr);
    bfi = add(bfi, fi);
    ewr = add(ewr, mul(t, yr));
    ewi = add(ewi, mul(t, yi));
    efr = add(efr, mul(t, fr));
    efi = add(efi, mul(t, fi));
  }
  v128.store(SUMS + WATER0, a0);
  v128.store(SUMS + CROSS_RE0, p0);
  v128.store(SUMS + CROSS_IM0, q0);
  v128.store(SUMS + FAT0, d0);
  v128.store(SUMS + WATER1, a1);
  v128.store(SUMS + CROSS_RE1, p1);
  v128.store(SUMS + CROSS_IM1, q1);
  v128.store(SUMS + FAT1, d1);
  v128.store(SUMS + WATER2, a2);
  v128.store(SUMS + CROSS_RE2, p2);
  v128.store(SUMS + CROSS_IM2, q2);
  v128.store(SUMS + FAT2, d2);
  v128.store(SUMS + B_WATER_RE, bwr);
  v128.store(SUMS + B_WATER_IM, bwi);
  v128.store(SUMS + B_FAT_RE, bfr);
  v128.store(SUMS + B_FAT_IM, bfi);
  v128.store(SUMS + E_WATER_RE, ewr);
  v128.store(SUMS + E_WATER_IM, ewi);
  v128.store(SUMS + E_FAT_RE, efr);
  v128.store(SUMS + E_FAT_IM, efi);
}
