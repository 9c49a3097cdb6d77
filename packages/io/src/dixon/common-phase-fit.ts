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
  type Moments,
  WATER0,
  WATER1,
  WATER2,
} from './moments.js';
import type { VoxelFit } from './refine.js';

/**
 * Water and fat real, with one phase for both: 5 unknowns (W, F, φ, fB, R2*).
 *
 * For given fB and R2*, with `b = Aᴴy` and `M = Re(AᴴA)`, the best phase has `2φ = arg(bᵀM⁻¹b)` and
 * `(W, F) = Re(e^{−iφ} M⁻¹b)` (the closed form behind Bydder et al., MRI 2011;29:216), so W, F and φ are
 * projected out exactly; fB and R2* take the Gauss–Newton step of the Schur complement of the full
 * 5×5 normal matrix. φ and φ + π describe the same signal: W + F ≥ 0 decides.
 */
export class CommonPhaseFit implements VoxelFit {
  readonly moments: Moments;
  cost = 0;
  stepFieldHz = 0;
  stepR2star = 0;
  water = 0;
  fat = 0;
  /** Schur complement of (R2*, 2π fB): its inverse times σ² is their covariance. */
  schurRR = 0;
  schurRF = 0;
  schurFF = 0;
  /** H_pp⁻¹H_pq: how (W, F) answer to changes of R2* and 2π fB. */
  waterPerR2star = 0;
  waterPerField = 0;
  fatPerR2star = 0;
  fatPerField = 0;
  /** The (W, F) block of H_pp⁻¹. */
  covWW = 0;
  covWF = 0;
  covFF = 0;
  #cos = 1;
  #sin = 0;

  constructor(moments: Moments) {
    this.moments = moments;
  }

  evaluate(fieldHz: number, r2star: number): void {
    this.moments.evaluate(fieldHz, r2star);
    this.solve();
    this.#step();
  }

  /** Best W, F and φ for the field and decay of the last evaluation of {@link moments}. */
  solve(): void {
    const { moments } = this;
    const s = moments.sums;
    const m11 = s[WATER0];
    const m12 = s[CROSS_RE0];
    const m22 = s[FAT0];
    const bwr = s[B_WATER_RE];
    const bwi = s[B_WATER_IM];
    const bfr = s[B_FAT_RE];
    const bfi = s[B_FAT_IM];
    const inverse = 1 / (m11 * m22 - m12 * m12);
    const uwr = (m22 * bwr - m12 * bfr) * inverse;
    const uwi = (m22 * bwi - m12 * bfi) * inverse;
    const ufr = (m11 * bfr - m12 * bwr) * inverse;
    const ufi = (m11 * bfi - m12 * bwi) * inverse;
    const qr = bwr * uwr - bwi * uwi + bfr * ufr - bfi * ufi;
    const qi = bwr * uwi + bwi * uwr + bfr * ufi + bfi * ufr;
    const q = Math.sqrt(qr * qr + qi * qi);
    const explained = bwr * uwr + bwi * uwi + bfr * ufr + bfi * ufi;
    this.cost = Math.max(0, moments.energy - 0.5 * (explained + q));

    // e^{iφ} = √(q/|q|) without trigonometry, from the half of the formula that does not cancel.
    let cos = 1;
    let sin = 0;
    if (q > 0) {
      const h = qr / q;
      if (h >= 0) {
        cos = Math.sqrt(0.5 * (1 + h));
        sin = (0.5 * qi) / (q * cos);
      } else {
        sin = Math.sqrt(0.5 * (1 - h));
        cos = (0.5 * qi) / (q * sin);
      }
    }
    if (cos * (uwr + ufr) + sin * (uwi + ufi) < 0) {
      cos = -cos;
      sin = -sin;
    }
    this.water = cos * uwr + sin * uwi;
    this.fat = cos * ufr + sin * ufi;
    this.#cos = cos;
    this.#sin = sin;
  }

  /** Gauss–Newton step and the blocks of the inverse Fisher matrix, after {@link solve}. */
  #step(): void {
    const s = this.moments.sums;
    const w = this.water;
    const f = this.fat;
    const cos = this.#cos;
    const sin = this.#sin;
    const m11 = s[WATER0];
    const m12 = s[CROSS_RE0];
    const m22 = s[FAT0];
    const inverse = 1 / (m11 * m22 - m12 * m12);
    const q0 = s[CROSS_IM0];
    const q1 = s[CROSS_IM1];
    const ww = w * w;
    const wf = 2 * w * f;
    const ff = f * f;
    const mm = ww * m11 + wf * m12 + ff * m22;
    const tmm = ww * s[WATER1] + wf * s[CROSS_RE1] + ff * s[FAT1];
    const ttmm = ww * s[WATER2] + wf * s[CROSS_RE2] + ff * s[FAT2];

    // H_pp⁻¹ for p = (W, F, φ): the couplings of φ to W and F are −f·q0 and w·q0.
    const hw = -f * q0;
    const hf = w * q0;
    const gw = (m22 * hw - m12 * hf) * inverse;
    const gf = (m11 * hf - m12 * hw) * inverse;
    const phaseLeft = mm - gw * hw - gf * hf;
    const k = phaseLeft > 0 ? 1 / phaseLeft : 0;
    const covWW = m22 * inverse + gw * gw * k;
    const covWF = -m12 * inverse + gw * gf * k;
    const covFF = m11 * inverse + gf * gf * k;
    const covWP = -gw * k;
    const covFP = -gf * k;

    // H_pq: columns of R2* (φ is not coupled) and of 2π fB.
    const rw = -(w * s[WATER1] + f * s[CROSS_RE1]);
    const rf = -(w * s[CROSS_RE1] + f * s[FAT1]);
    const fw = -f * q1;
    const ffat = w * q1;
    const fp = tmm;
    const xrw = covWW * rw + covWF * rf;
    const xrf = covWF * rw + covFF * rf;
    const xfw = covWW * fw + covWF * ffat + covWP * fp;
    const xff = covWF * fw + covFF * ffat + covFP * fp;
    const xfp = covWP * fw + covFP * ffat + k * fp;
    const srr = ttmm - xrw * rw - xrf * rf;
    const srf = -(xfw * rw + xff * rf);
    const sff = ttmm - xfw * fw - xff * ffat - xfp * fp;

    const ewr = w * s[E_WATER_RE] + f * s[E_FAT_RE];
    const ewi = w * s[E_WATER_IM] + f * s[E_FAT_IM];
    const gradientR = tmm - (cos * ewr + sin * ewi);
    const gradientF = cos * ewi - sin * ewr;
    const determinant = srr * sff - srf * srf;
    const scale = determinant > 0 ? 1 / determinant : 0;
    this.stepR2star = (sff * gradientR - srf * gradientF) * scale;
    this.stepFieldHz = ((srr * gradientF - srf * gradientR) * scale) / (2 * Math.PI);
    this.schurRR = srr;
    this.schurRF = srf;
    this.schurFF = sff;
    this.waterPerR2star = xrw;
    this.waterPerField = xfw;
    this.fatPerR2star = xrf;
    this.fatPerField = xff;
    this.covWW = covWW;
    this.covWF = covWF;
    this.covFF = covFF;
  }
}
