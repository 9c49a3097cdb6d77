import type { DescentProblem } from './damped-newton.js';
import type { RicianFunctions } from './rician-functions.js';
import type { SignalModel } from './signal-model.js';

/** R2* of a fit in 1/s: wide enough never to bind where there is a signal. */
const R2STAR_BOUNDS: readonly [number, number] = [-3000, 10000];

/** Arrived when R2* moves less than this, 1/s … */
const R2STAR_TOLERANCE = 1e-5;
/** … and water and fat less than this share of both. */
const SHARE_TOLERANCE = 1e-8;

/** The table of {@link RicianFunctions} errs by up to this. */
const TABLE_ERROR = 1e-9;

/**
 * The magnitudes of one voxel: `S(t) = |W + F·c(t)|·exp(−R2* t)`, unknowns (W, F, R2*).
 *
 * Without a noise floor the cost is Σ(M − S)². With it, it is twice σ² times the negative logarithm of
 * the Rician likelihood but for a constant, `Σ (M − S)² − 2σ² ln(e^−x I₀(x))`, `x = M·S/σ²`, and the
 * Gauss–Newton matrix is weighted by the Fisher information of each magnitude (Fisher scoring).
 */
export class MagnitudeFit implements DescentProblem {
  readonly unknowns = 3;
  cost = 0;
  slack = 0;
  readonly descent = new Float64Array(3);
  readonly normal = new Float64Array(9);
  readonly #model: SignalModel;
  readonly #sd: number;
  readonly #rician: RicianFunctions | undefined;
  readonly #magnitudes: Float64Array;
  readonly #signal: Float64Array;

  /**
   * @param sd SD of the noise in the real and imaginary part of an echo; 0 for no noise floor
   * @param rician needed where `sd` > 0
   */
  constructor(model: SignalModel, sd: number, rician: RicianFunctions | undefined) {
    this.#model = model;
    this.#sd = sd;
    this.#rician = sd > 0 ? rician : undefined;
    this.#magnitudes = new Float64Array(model.timesS.length);
    this.#signal = new Float64Array(model.timesS.length);
  }

  /** Take the magnitudes of a voxel. */
  load(magnitudes: Float32Array, offset: number): void {
    let energy = 0;
    for (let k = 0; k < this.#magnitudes.length; k++) {
      const size = magnitudes[offset + k];
      this.#magnitudes[k] = size;
      energy += size * size;
    }
    this.slack = this.#rician
      ? 2 * this.#sd * this.#sd * this.#magnitudes.length * TABLE_ERROR
      : 1e-15 * energy;
  }

  evaluate(values: Float64Array): void {
    const water = values[0];
    const fat = values[1];
    const r2star = values[2];
    const { timesS, fatReal, fatImaginary } = this.#model;
    const { descent, normal } = this;
    descent.fill(0);
    normal.fill(0);
    if (r2star < R2STAR_BOUNDS[0] || r2star > R2STAR_BOUNDS[1]) {
      this.cost = Number.POSITIVE_INFINITY;
      return;
    }
    const variance = this.#sd * this.#sd;
    let cost = 0;
    for (let k = 0; k < timesS.length; k++) {
      const re = water + fat * fatReal[k];
      const im = fat * fatImaginary[k];
      const size = Math.sqrt(re * re + im * im);
      const decay = Math.exp(-r2star * timesS[k]);
      const signal = size * decay;
      const magnitude = this.#magnitudes[k];
      const perSize = size > 0 ? decay / size : 0;
      const perWater = re * perSize;
      const perFat = (re * fatReal[k] + im * fatImaginary[k]) * perSize;
      const perR2star = -timesS[k] * signal;
      let left = magnitude - signal;
      let weight = 1;
      cost += left * left;
      if (this.#rician) {
        const x = (magnitude * signal) / variance;
        cost -= 2 * variance * this.#rician.logScaledI0(x);
        left = magnitude * this.#rician.ratio(x) - signal;
        weight = this.#rician.information(signal / this.#sd);
      }
      this.#signal[k] = signal;
      descent[0] += perWater * left;
      descent[1] += perFat * left;
      descent[2] += perR2star * left;
      normal[0] += weight * perWater * perWater;
      normal[1] += weight * perWater * perFat;
      normal[2] += weight * perWater * perR2star;
      normal[4] += weight * perFat * perFat;
      normal[5] += weight * perFat * perR2star;
      normal[8] += weight * perR2star * perR2star;
    }
    normal[3] = normal[1];
    normal[6] = normal[2];
    normal[7] = normal[5];
    this.cost = cost;
  }

  isSmall(step: Float64Array, values: Float64Array): boolean {
    return (
      Math.abs(step[2]) < R2STAR_TOLERANCE &&
      Math.abs(step[0]) + Math.abs(step[1]) <
        SHARE_TOLERANCE * (Math.abs(values[0]) + Math.abs(values[1]))
    );
  }

  /** Sum of squares of what is left of the magnitudes, of their expected values with a noise floor. */
  residualSquares(): number {
    let sum = 0;
    for (let k = 0; k < this.#signal.length; k++) {
      const signal = this.#signal[k];
      const expected = this.#rician ? this.#sd * this.#rician.mean(signal / this.#sd) : signal;
      sum += (this.#magnitudes[k] - expected) ** 2;
    }
    return sum;
  }
}
