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
  type Moments,
  WATER0,
  WATER1,
  WATER2,
} from './moments.js';
import type { VoxelFit } from './refine.js';

/**
 * Water and fat with a phase of their own each: 6 real unknowns.
 *
 * W and F are linear and are projected out (VARPRO). Since ∂s/∂R* = −t·m and ∂s/∂fB = i 2π t·m for the
 * model m, both directions are one complex direction: with v the part of t·m orthogonal to the water
 * and fat signals and r the residual, the Gauss–Newton step is the single complex division
 * `−ΔR* + i 2π ΔfB = ⟨v, r⟩ / ⟨v, v⟩`; the 2×2 normal matrix is diagonal with equal curvature
 * (up to (2π)²), so that no system needs solving (Kaufman 1975; Golub and Pereyra 2003).
 */
export class IndependentFit implements VoxelFit {
  readonly moments: Moments;
  cost = 0;
  stepFieldHz = 0;
  stepR2star = 0;
  /** ⟨v, v⟩: the Fisher information of R2* is this over σ². */
  curvature = 0;
  waterRe = 0;
  waterIm = 0;
  fatRe = 0;
  fatIm = 0;
  /** (AᴴA)⁻¹Aᴴ(t·m): how W and F answer to a change of R2*. */
  coupleWaterRe = 0;
  coupleWaterIm = 0;
  coupleFatRe = 0;
  coupleFatIm = 0;

  constructor(moments: Moments) {
    this.moments = moments;
  }

  evaluate(fieldHz: number, r2star: number): void {
    const { moments } = this;
    moments.evaluate(fieldHz, r2star);
    const s = moments.sums;
    const a0 = s[WATER0];
    const p0 = s[CROSS_RE0];
    const q0 = s[CROSS_IM0];
    const d0 = s[FAT0];
    const bwr = s[B_WATER_RE];
    const bwi = s[B_WATER_IM];
    const bfr = s[B_FAT_RE];
    const bfi = s[B_FAT_IM];
    const inverse = 1 / (a0 * d0 - p0 * p0 - q0 * q0);
    const wr = (d0 * bwr - p0 * bfr + q0 * bfi) * inverse;
    const wi = (d0 * bwi - p0 * bfi - q0 * bfr) * inverse;
    const fr = (a0 * bfr - p0 * bwr - q0 * bwi) * inverse;
    const fi = (a0 * bfi - p0 * bwi + q0 * bwr) * inverse;
    this.cost = Math.max(0, moments.energy - (wr * bwr + wi * bwi + fr * bfr + fi * bfi));

    const ww = wr * wr + wi * wi;
    const ff = fr * fr + fi * fi;
    const wfRe = wr * fr + wi * fi;
    const wfIm = wr * fi - wi * fr;
    const p1 = s[CROSS_RE1];
    const q1 = s[CROSS_IM1];
    const tmm = ww * s[WATER1] + ff * s[FAT1] + 2 * (wfRe * p1 - wfIm * q1);
    const ttmm = ww * s[WATER2] + ff * s[FAT2] + 2 * (wfRe * s[CROSS_RE2] - wfIm * s[CROSS_IM2]);
    const ewr = s[E_WATER_RE];
    const ewi = s[E_WATER_IM];
    const efr = s[E_FAT_RE];
    const efi = s[E_FAT_IM];
    const gradientRe = wr * ewr + wi * ewi + fr * efr + fi * efi - tmm;
    const gradientIm = wr * ewi - wi * ewr + fr * efi - fi * efr;
    // Aᴴ(t·m), then (AᴴA)⁻¹ of it.
    const uwr = wr * s[WATER1] + fr * p1 - fi * q1;
    const uwi = wi * s[WATER1] + fi * p1 + fr * q1;
    const ufr = fr * s[FAT1] + wr * p1 + wi * q1;
    const ufi = fi * s[FAT1] + wi * p1 - wr * q1;
    const xwr = (d0 * uwr - p0 * ufr + q0 * ufi) * inverse;
    const xwi = (d0 * uwi - p0 * ufi - q0 * ufr) * inverse;
    const xfr = (a0 * ufr - p0 * uwr - q0 * uwi) * inverse;
    const xfi = (a0 * ufi - p0 * uwi + q0 * uwr) * inverse;
    const curvature = ttmm - (xwr * uwr + xwi * uwi + xfr * ufr + xfi * ufi);

    this.curvature = curvature;
    this.stepR2star = curvature > 0 ? -gradientRe / curvature : 0;
    this.stepFieldHz = curvature > 0 ? gradientIm / (2 * Math.PI * curvature) : 0;
    this.waterRe = wr;
    this.waterIm = wi;
    this.fatRe = fr;
    this.fatIm = fi;
    this.coupleWaterRe = xwr;
    this.coupleWaterIm = xwi;
    this.coupleFatRe = xfr;
    this.coupleFatIm = xfi;
  }

  /**
   * Variance of Re(ḡ·(δW, δF)) per unit of noise variance, for complex weights g: the linear part
   * gᴴ(AᴴA)⁻¹g and what the uncertainty of fB and R2* adds.
   */
  varianceAlong(waterRe: number, waterIm: number, fatRe: number, fatIm: number): number {
    const s = this.moments.sums;
    const p = s[CROSS_RE0];
    const q = s[CROSS_IM0];
    const inverse = 1 / (s[WATER0] * s[FAT0] - p * p - q * q);
    const ww = waterRe * waterRe + waterIm * waterIm;
    const ff = fatRe * fatRe + fatIm * fatIm;
    const wfRe = waterRe * fatRe + waterIm * fatIm;
    const wfIm = waterRe * fatIm - waterIm * fatRe;
    const linear = (s[FAT0] * ww + s[WATER0] * ff - 2 * (wfRe * p - wfIm * q)) * inverse;
    const re =
      waterRe * this.coupleWaterRe +
      waterIm * this.coupleWaterIm +
      fatRe * this.coupleFatRe +
      fatIm * this.coupleFatIm;
    const im =
      waterRe * this.coupleWaterIm -
      waterIm * this.coupleWaterRe +
      fatRe * this.coupleFatIm -
      fatIm * this.coupleFatRe;
    return linear + (re * re + im * im) / this.curvature;
  }
}
