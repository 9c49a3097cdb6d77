import type { SignalModel } from './signal-model.js';

/** Where each sum stands in {@link Moments.sums}. */
export const WATER0 = 0;
export const CROSS_RE0 = 1;
export const CROSS_IM0 = 2;
export const FAT0 = 3;
export const WATER1 = 4;
export const CROSS_RE1 = 5;
export const CROSS_IM1 = 6;
export const FAT1 = 7;
export const WATER2 = 8;
export const CROSS_RE2 = 9;
export const CROSS_IM2 = 10;
export const FAT2 = 11;
export const B_WATER_RE = 12;
export const B_WATER_IM = 13;
export const B_FAT_RE = 14;
export const B_FAT_IM = 15;
export const E_WATER_RE = 16;
export const E_WATER_IM = 17;
export const E_FAT_RE = 18;
export const E_FAT_IM = 19;
const SUMS = 20;

/**
 * The sums over echoes from which every fit of one voxel is built, at a field `fB` and a decay `R`.
 *
 * With `w = exp(−R t)`, the fat phasor `c` and the demodulated echoes `y = s·exp(−i 2π fB t)`:
 * for n = 0, 1, 2 `WATERn = Σ tⁿ w²`, `CROSSn = Σ tⁿ w² c` (complex), `FATn = Σ tⁿ w² |c|²`;
 * `B_WATER = Σ w y`, `B_FAT = Σ w c̄ y`; `E_WATER = Σ t w y`, `E_FAT = Σ t w c̄ y`.
 * Residuals, gradients and the Fisher matrix are polynomials of these and of W and F, so one pass
 * over the echoes serves a whole Gauss–Newton step.
 */
export class Moments {
  readonly model: SignalModel;
  readonly sums: Float64Array;
  /** Σ |s|² of the loaded voxel. */
  energy: number;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #decay: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(model: SignalModel) {
    this.model = model;
    this.sums = new Float64Array(SUMS);
    this.energy = 0;
    this.#re = new Float64Array(model.timesS.length);
    this.#im = new Float64Array(model.timesS.length);
    this.#decay = new Float64Array(model.steps.length);
    this.#cos = new Float64Array(model.steps.length);
    this.#sin = new Float64Array(model.steps.length);
  }

  /** Take the voxel whose echoes (re, im, re, im, …) start at `offset`. */
  load(echoes: Float32Array, offset: number): void {
    const re = this.#re;
    const im = this.#im;
    let energy = 0;
    for (let k = 0, at = offset; k < re.length; k++, at += 2) {
      const a = echoes[at];
      const b = echoes[at + 1];
      re[k] = a;
      im[k] = b;
      energy += a * a + b * b;
    }
    this.energy = energy;
  }

  /** Fill {@link sums} for the loaded voxel at a field (Hz) and a decay (1/s). */
  evaluate(fieldHz: number, r2star: number): void {
    const { timesS, fatReal, fatImaginary, steps, stepOfEcho } = this.model;
    const re = this.#re;
    const im = this.#im;
    const decay = this.#decay;
    const cos = this.#cos;
    const sin = this.#sin;
    for (let j = 0; j < steps.length; j++) {
      const angle = 2 * Math.PI * fieldHz * steps[j];
      decay[j] = Math.exp(-r2star * steps[j]);
      cos[j] = Math.cos(angle);
      sin[j] = Math.sin(angle);
    }
    let w = 1;
    let ur = 1;
    let ui = 0;
    let a0 = 0,
      a1 = 0,
      a2 = 0;
    let p0 = 0,
      p1 = 0,
      p2 = 0;
    let q0 = 0,
      q1 = 0,
      q2 = 0;
    let d0 = 0,
      d1 = 0,
      d2 = 0;
    let bwr = 0,
      bwi = 0,
      bfr = 0,
      bfi = 0;
    let ewr = 0,
      ewi = 0,
      efr = 0,
      efi = 0;
    for (let k = 0; k < timesS.length; k++) {
      const j = stepOfEcho[k];
      const cj = cos[j];
      const sj = sin[j];
      w *= decay[j];
      const ur1 = ur * cj - ui * sj;
      ui = ur * sj + ui * cj;
      ur = ur1;
      const t = timesS[k];
      const cr = fatReal[k];
      const ci = fatImaginary[k];
      const w2 = w * w;
      const tw2 = t * w2;
      const ttw2 = t * tw2;
      const c2 = cr * cr + ci * ci;
      a0 += w2;
      a1 += tw2;
      a2 += ttw2;
      p0 += w2 * cr;
      p1 += tw2 * cr;
      p2 += ttw2 * cr;
      q0 += w2 * ci;
      q1 += tw2 * ci;
      q2 += ttw2 * ci;
      d0 += w2 * c2;
      d1 += tw2 * c2;
      d2 += ttw2 * c2;
      const yr = w * (re[k] * ur + im[k] * ui);
      const yi = w * (im[k] * ur - re[k] * ui);
      const fr = cr * yr + ci * yi;
      const fi = cr * yi - ci * yr;
      bwr += yr;
      bwi += yi;
      bfr += fr;
      bfi += fi;
      ewr += t * yr;
      ewi += t * yi;
      efr += t * fr;
      efi += t * fi;
    }
    const s = this.sums;
    s[WATER0] = a0;
    s[CROSS_RE0] = p0;
    s[CROSS_IM0] = q0;
    s[FAT0] = d0;
    s[WATER1] = a1;
    s[CROSS_RE1] = p1;
    s[CROSS_IM1] = q1;
    s[FAT1] = d1;
    s[WATER2] = a2;
    s[CROSS_RE2] = p2;
    s[CROSS_IM2] = q2;
    s[FAT2] = d2;
    s[B_WATER_RE] = bwr;
    s[B_WATER_IM] = bwi;
    s[B_FAT_RE] = bfr;
    s[B_FAT_IM] = bfi;
    s[E_WATER_RE] = ewr;
    s[E_WATER_IM] = ewi;
    s[E_FAT_RE] = efr;
    s[E_FAT_IM] = efi;
  }
}
