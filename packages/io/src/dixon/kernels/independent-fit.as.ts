/**
 * Water and fat with a phase of their own each: 6 real unknowns.
 *
 * W and F are linear and are projected out (VARPRO). Since ∂s/∂R* = −t·m and ∂s/∂fB = i 2π t·m for the
 * model m, both directions are one complex direction: with v the part of t·m orthogonal to the water
 * and fat signals and r the residual, the Gauss–Newton step is the single complex division
 * `−ΔR* + i 2π ΔfB = ⟨v, r⟩ / ⟨v, v⟩`; the 2×2 normal matrix is diagonal with equal curvature
 * (up to (2π)²), so that no system needs solving (Kaufman 1975; Golub and Pereyra 2003).
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
  CROSS_IM2,
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
import { add, cross, div, dot, mul, neg, splat, sub, where } from './pair.as';

/** ⟨v, v⟩: the Fisher information of R2* is this over σ². */
export const CURVATURE: usize = 272;
export const WATER_RE: usize = 288;
export const WATER_IM: usize = 304;
export const FAT_RE: usize = 320;
export const FAT_IM: usize = 336;
/** (AᴴA)⁻¹Aᴴ(t·m): how W and F answer to a change of R2*. */
const COUPLE_WATER_RE: usize = 352;
const COUPLE_WATER_IM: usize = 368;
const COUPLE_FAT_RE: usize = 384;
const COUPLE_FAT_IM: usize = 400;

/** Solve for W and F where the moments stand, and find the step from there. */
export function solveIndependent(): void {
  const a0 = sum(WATER0);
  const p0 = sum(CROSS_RE0);
  const q0 = sum(CROSS_IM0);
  const d0 = sum(FAT0);
  const bwr = sum(B_WATER_RE);
  const bwi = sum(B_WATER_IM);
  const bfr = sum(B_FAT_RE);
  const bfi = sum(B_FAT_IM);
  const inverse = div(splat(1), sub(mul(a0, d0), dot(p0, p0, q0, q0)));
  const wr = mul(add(cross(d0, bwr, p0, bfr), mul(q0, bfi)), inverse);
  const wi = mul(sub(cross(d0, bwi, p0, bfi), mul(q0, bfr)), inverse);
  const fr = mul(sub(cross(a0, bfr, p0, bwr), mul(q0, bwi)), inverse);
  const fi = mul(add(cross(a0, bfi, p0, bwi), mul(q0, bwr)), inverse);
  const explained = add(dot(wr, bwr, wi, bwi), dot(fr, bfr, fi, bfi));
  v128.store(FIT + COST, f64x2.max(splat(0), sub(v128.load(ENERGY), explained)));

  const ww = dot(wr, wr, wi, wi);
  const ff = dot(fr, fr, fi, fi);
  const wfRe = dot(wr, fr, wi, fi);
  const wfIm = cross(wr, fi, wi, fr);
  const a1 = sum(WATER1);
  const p1 = sum(CROSS_RE1);
  const q1 = sum(CROSS_IM1);
  const d1 = sum(FAT1);
  const two = splat(2);
  const tmm = add(dot(ww, a1, ff, d1), mul(two, cross(wfRe, p1, wfIm, q1)));
  const ttmm = add(
    dot(ww, sum(WATER2), ff, sum(FAT2)),
    mul(two, cross(wfRe, sum(CROSS_RE2), wfIm, sum(CROSS_IM2))),
  );
  const ewr = sum(E_WATER_RE);
  const ewi = sum(E_WATER_IM);
  const efr = sum(E_FAT_RE);
  const efi = sum(E_FAT_IM);
  const gradientRe = sub(add(dot(wr, ewr, wi, ewi), dot(fr, efr, fi, efi)), tmm);
  const gradientIm = add(cross(wr, ewi, wi, ewr), cross(fr, efi, fi, efr));
  // Aᴴ(t·m), then (AᴴA)⁻¹ of it.
  const uwr = sub(dot(wr, a1, fr, p1), mul(fi, q1));
  const uwi = add(dot(wi, a1, fi, p1), mul(fr, q1));
  const ufr = add(dot(fr, d1, wr, p1), mul(wi, q1));
  const ufi = sub(dot(fi, d1, wi, p1), mul(wr, q1));
  const xwr = mul(add(cross(d0, uwr, p0, ufr), mul(q0, ufi)), inverse);
  const xwi = mul(sub(cross(d0, uwi, p0, ufi), mul(q0, ufr)), inverse);
  const xfr = mul(sub(cross(a0, ufr, p0, uwr), mul(q0, uwi)), inverse);
  const xfi = mul(add(cross(a0, ufi, p0, uwi), mul(q0, uwr)), inverse);
  const curvature = sub(ttmm, add(dot(xwr, uwr, xwi, uwi), dot(xfr, ufr, xfi, ufi)));

  const bent = f64x2.gt(curvature, splat(0));
  const perCurvature = div(splat(1), curvature);
  v128.store(FIT + STEP_R2STAR, where(bent, neg(mul(gradientRe, perCurvature))));
  v128.store(
    FIT + STEP_FIELD,
    where(bent, mul(mul(gradientIm, perCurvature), splat(1 / (2 * Math.PI)))),
  );
  v128.store(FIT + CURVATURE, curvature);
  v128.store(FIT + WATER_RE, wr);
  v128.store(FIT + WATER_IM, wi);
  v128.store(FIT + FAT_RE, fr);
  v128.store(FIT + FAT_IM, fi);
  v128.store(FIT + COUPLE_WATER_RE, xwr);
  v128.store(FIT + COUPLE_WATER_IM, xwi);
  v128.store(FIT + COUPLE_FAT_RE, xfr);
  v128.store(FIT + COUPLE_FAT_IM, xfi);
}

/**
 * Variance of Re(ḡ·(δW, δF)) per unit of noise variance, for complex weights g: the linear part
 * gᴴ(AᴴA)⁻¹g and what the uncertainty of fB and R2* adds.
 */
export function varianceAlong(gwr: v128, gwi: v128, gfr: v128, gfi: v128): v128 {
  const a0 = sum(WATER0);
  const p0 = sum(CROSS_RE0);
  const q0 = sum(CROSS_IM0);
  const d0 = sum(FAT0);
  const determinant = sub(mul(a0, d0), dot(p0, p0, q0, q0));
  const ww = dot(gwr, gwr, gwi, gwi);
  const ff = dot(gfr, gfr, gfi, gfi);
  const wfRe = dot(gwr, gfr, gwi, gfi);
  const wfIm = cross(gwr, gfi, gwi, gfr);
  const quadratic = sub(dot(d0, ww, a0, ff), mul(splat(2), cross(wfRe, p0, wfIm, q0)));
  const xwr = v128.load(FIT + COUPLE_WATER_RE);
  const xwi = v128.load(FIT + COUPLE_WATER_IM);
  const xfr = v128.load(FIT + COUPLE_FAT_RE);
  const xfi = v128.load(FIT + COUPLE_FAT_IM);
  const re = add(dot(gwr, xwr, gwi, xwi), dot(gfr, xfr, gfi, xfi));
  const im = add(cross(gwr, xwi, gwi, xwr), cross(gfr, xfi, gfi, xfr));
  return add(div(quadratic, determinant), div(dot(re, re, im, im), v128.load(FIT + CURVATURE)));
}
