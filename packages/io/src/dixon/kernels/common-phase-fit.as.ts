/**
 * Water and fat real, with one phase for both: 5 unknowns (W, F, φ, fB, R2*).
 *
 * For given fB and R2*, with `b = Aᴴy` and `M = Re(AᴴA)`, the best phase has `2φ = arg(bᵀM⁻¹b)` and
 * `(W, F) = Re(e^{−iφ} M⁻¹b)` (the closed form behind Bydder et al., MRI 2011;29:216), so W, F and φ are
 * projected out exactly; fB and R2* take the Gauss–Newton step of the Schur complement of the full
 * 5×5 normal matrix. φ and φ + π describe the same signal: W + F ≥ 0 decides.
 */
import { COST, FIT, STEP_FIELD, STEP_R2STAR } from './fit.as';
import { ENERGY } from './model.as';
import {
  B_FAT_IM,
  B_FAT_RE,
  B_WATER_IM,
  B_WATER_RE,
  CROSS_IM0,
  CROSS_IM1,
  CROSS_RE0,
  CROSS_RE1,
  CROSS_RE2,
  E_FAT_IM,
  E_FAT_RE,
  E_WATER_IM,
  E_WATER_RE,
  FAT0,
  FAT1,
  FAT2,
  sum,
  WATER0,
  WATER1,
  WATER2,
} from './moments.as';
import { add, cross, div, dot, mul, neg, select, splat, sqrt, sub, where } from './pair.as';

export const WATER: usize = 48;
export const FAT: usize = 64;
const COS: usize = 80;
const SIN: usize = 96;
/** Schur complement of (R2*, 2π fB): its inverse times σ² is their covariance. */
export const SCHUR_RR: usize = 112;
export const SCHUR_RF: usize = 128;
export const SCHUR_FF: usize = 144;
/** H_pp⁻¹H_pq: how (W, F) answer to changes of R2* and 2π fB. */
export const WATER_PER_R2STAR: usize = 160;
export const WATER_PER_FIELD: usize = 176;
export const FAT_PER_R2STAR: usize = 192;
export const FAT_PER_FIELD: usize = 208;
/** The (W, F) block of H_pp⁻¹. */
export const COV_WW: usize = 224;
export const COV_WF: usize = 240;
export const COV_FF: usize = 256;

/** Residual for the best W, F and φ where the moments stand, leaving W, F and e^{iφ}. */
export function solvePhase(): v128 {
  const m11 = sum(WATER0);
  const m12 = sum(CROSS_RE0);
  const m22 = sum(FAT0);
  const bwr = sum(B_WATER_RE);
  const bwi = sum(B_WATER_IM);
  const bfr = sum(B_FAT_RE);
  const bfi = sum(B_FAT_IM);
  const zero = splat(0);
  const one = splat(1);
  const half = splat(0.5);
  const inverse = div(one, cross(m11, m22, m12, m12));
  const uwr = mul(cross(m22, bwr, m12, bfr), inverse);
  const uwi = mul(cross(m22, bwi, m12, bfi), inverse);
  const ufr = mul(cross(m11, bfr, m12, bwr), inverse);
  const ufi = mul(cross(m11, bfi, m12, bwi), inverse);
  const qr = add(cross(bwr, uwr, bwi, uwi), cross(bfr, ufr, bfi, ufi));
  const qi = add(dot(bwr, uwi, bwi, uwr), dot(bfr, ufi, bfi, ufr));
  const q = sqrt(dot(qr, qr, qi, qi));
  const explained = add(dot(bwr, uwr, bwi, uwi), dot(bfr, ufr, bfi, ufi));

  // e^{iφ} = √(q/|q|) without trigonometry, from the half of the formula that does not cancel.
  const h = div(qr, q);
  const large = sqrt(mul(half, add(one, f64x2.abs(h))));
  const small = div(mul(half, qi), mul(q, large));
  const right = f64x2.ge(h, zero);
  const known = f64x2.gt(q, zero);
  let cos = select(known, select(right, large, small), one);
  let sin = where(known, select(right, small, large));
  const total = dot(cos, add(uwr, ufr), sin, add(uwi, ufi));
  const flip = where(f64x2.lt(total, zero), splat(-0.0));
  cos = v128.xor(cos, flip);
  sin = v128.xor(sin, flip);
  v128.store(FIT + COS, cos);
  v128.store(FIT + SIN, sin);
  v128.store(FIT + WATER, dot(cos, uwr, sin, uwi));
  v128.store(FIT + FAT, dot(cos, ufr, sin, ufi));
  return f64x2.max(zero, sub(v128.load(ENERGY), mul(half, add(explained, q))));
}

/** Solve for W, F and φ where the moments stand; find the step and the inverse Fisher matrix there. */
export function solveCommonPhase(): void {
  v128.store(FIT + COST, solvePhase());
  const w = v128.load(FIT + WATER);
  const f = v128.load(FIT + FAT);
  const cos = v128.load(FIT + COS);
  const sin = v128.load(FIT + SIN);
  const m11 = sum(WATER0);
  const m12 = sum(CROSS_RE0);
  const m22 = sum(FAT0);
  const one = splat(1);
  const inverse = div(one, cross(m11, m22, m12, m12));
  const q0 = sum(CROSS_IM0);
  const q1 = sum(CROSS_IM1);
  const a1 = sum(WATER1);
  const p1 = sum(CROSS_RE1);
  const d1 = sum(FAT1);
  const ww = mul(w, w);
  const wf = mul(mul(splat(2), w), f);
  const ff = mul(f, f);
  const mm = add(dot(ww, m11, wf, m12), mul(ff, m22));
  const tmm = add(dot(ww, a1, wf, p1), mul(ff, d1));
  const ttmm = add(dot(ww, sum(WATER2), wf, sum(CROSS_RE2)), mul(ff, sum(FAT2)));

  // H_pp⁻¹ for p = (W, F, φ): the couplings of φ to W and F are −f·q0 and w·q0.
  const hw = neg(mul(f, q0));
  const hf = mul(w, q0);
  const gw = mul(cross(m22, hw, m12, hf), inverse);
  const gf = mul(cross(m11, hf, m12, hw), inverse);
  const phaseLeft = sub(mm, dot(gw, hw, gf, hf));
  const k = where(f64x2.gt(phaseLeft, splat(0)), div(one, phaseLeft));
  const covWP = neg(mul(gw, k));
  const covFP = neg(mul(gf, k));
  const covWW = sub(mul(m22, inverse), mul(gw, covWP));
  const covWF = neg(dot(m12, inverse, gw, covFP));
  const covFF = sub(mul(m11, inverse), mul(gf, covFP));

  // H_pq: columns of R2* (φ is not coupled) and of 2π fB.
  const rw = neg(dot(w, a1, f, p1));
  const rf = neg(dot(w, p1, f, d1));
  const fw = neg(mul(f, q1));
  const ffat = mul(w, q1);
  const fp = tmm;
  const xrw = dot(covWW, rw, covWF, rf);
  const xrf = dot(covWF, rw, covFF, rf);
  const xfw = add(dot(covWW, fw, covWF, ffat), mul(covWP, fp));
  const xff = add(dot(covWF, fw, covFF, ffat), mul(covFP, fp));
  const xfp = add(dot(covWP, fw, covFP, ffat), mul(k, fp));
  const srr = sub(ttmm, dot(xrw, rw, xrf, rf));
  const srf = neg(dot(xfw, rw, xff, rf));
  const sff = sub(sub(ttmm, dot(xfw, fw, xff, ffat)), mul(xfp, fp));

  const ewr = dot(w, sum(E_WATER_RE), f, sum(E_FAT_RE));
  const ewi = dot(w, sum(E_WATER_IM), f, sum(E_FAT_IM));
  const gradientR = sub(tmm, dot(cos, ewr, sin, ewi));
  const gradientF = cross(cos, ewi, sin, ewr);
  const determinant = cross(srr, sff, srf, srf);
  const scale = where(f64x2.gt(determinant, splat(0)), div(one, determinant));
  v128.store(FIT + STEP_R2STAR, mul(cross(sff, gradientR, srf, gradientF), scale));
  v128.store(
    FIT + STEP_FIELD,
    mul(mul(cross(srr, gradientF, srf, gradientR), scale), splat(1 / (2 * Math.PI))),
  );
  v128.store(FIT + SCHUR_RR, srr);
  v128.store(FIT + SCHUR_RF, srf);
  v128.store(FIT + SCHUR_FF, sff);
  v128.store(FIT + WATER_PER_R2STAR, xrw);
  v128.store(FIT + WATER_PER_FIELD, xfw);
  v128.store(FIT + FAT_PER_R2STAR, xrf);
  v128.store(FIT + FAT_PER_FIELD, xff);
  v128.store(FIT + COV_WW, covWW);
  v128.store(FIT + COV_WF, covWF);
  v128.store(FIT + COV_FF, covFF);
}
