import type { SignalModel } from './signal-model.js';

/**
 * Water and fat at a given field and decay by linear least squares on the echoes after the first, written
 * as a start of the mixed fit: (2π fB, R2*, W, F, φ) or (2π fB, R2*, Re W, Im W, Re F, Im F).
 */
export class MixedStart {
  readonly #model: SignalModel;
  readonly #commonPhase: boolean;

  constructor(model: SignalModel, commonPhase: boolean) {
    this.#model = model;
    this.#commonPhase = commonPhase;
  }

  /** Write the start for one voxel into `values`. */
  find(
    echoes: Float32Array,
    offset: number,
    fieldHz: number,
    r2star: number,
    values: Float64Array,
  ): void {
    const { timesS, fatReal, fatImaginary } = this.#model;
    let waterNorm = 0;
    let fatNorm = 0;
    let crossRe = 0;
    let crossIm = 0;
    let byWaterRe = 0;
    let byWaterIm = 0;
    let byFatRe = 0;
    let byFatIm = 0;
    for (let k = 1; k < timesS.length; k++) {
      const decay = Math.exp(-r2star * timesS[k]);
      const angle = 2 * Math.PI * fieldHz * timesS[k];
      const cos = decay * Math.cos(angle);
      const sin = decay * Math.sin(angle);
      const re = echoes[offset + 2 * k] * cos + echoes[offset + 2 * k + 1] * sin;
      const im = echoes[offset + 2 * k + 1] * cos - echoes[offset + 2 * k] * sin;
      const square = decay * decay;
      waterNorm += square;
      crossRe += square * fatReal[k];
      crossIm += square * fatImaginary[k];
      fatNorm += square * (fatReal[k] * fatReal[k] + fatImaginary[k] * fatImaginary[k]);
      byWaterRe += re;
      byWaterIm += im;
      byFatRe += fatReal[k] * re + fatImaginary[k] * im;
      byFatIm += fatReal[k] * im - fatImaginary[k] * re;
    }
    const crossImaginary = this.#commonPhase ? 0 : crossIm;
    const inverse = 1 / (waterNorm * fatNorm - crossRe * crossRe - crossImaginary * crossImaginary);
    const waterRe = (fatNorm * byWaterRe - crossRe * byFatRe + crossImaginary * byFatIm) * inverse;
    const waterIm = (fatNorm * byWaterIm - crossRe * byFatIm - crossImaginary * byFatRe) * inverse;
    const fatRe =
      (waterNorm * byFatRe - crossRe * byWaterRe - crossImaginary * byWaterIm) * inverse;
    const fatIm =
      (waterNorm * byFatIm - crossRe * byWaterIm + crossImaginary * byWaterRe) * inverse;
    values[0] = 2 * Math.PI * fieldHz;
    values[1] = r2star;
    if (!this.#commonPhase) {
      values[2] = waterRe;
      values[3] = waterIm;
      values[4] = fatRe;
      values[5] = fatIm;
      return;
    }
    // With M = Re(AᴴA) and b = Aᴴs, the best common phase has 2φ = arg(bᵀ M⁻¹ b).
    const squareRe = byWaterRe * waterRe - byWaterIm * waterIm + byFatRe * fatRe - byFatIm * fatIm;
    const squareIm = byWaterRe * waterIm + byWaterIm * waterRe + byFatRe * fatIm + byFatIm * fatRe;
    const phase = 0.5 * Math.atan2(squareIm, squareRe);
    const cos = Math.cos(phase);
    const sin = Math.sin(phase);
    values[2] = cos * waterRe + sin * waterIm;
    values[3] = cos * fatRe + sin * fatIm;
    values[4] = phase;
  }
}
