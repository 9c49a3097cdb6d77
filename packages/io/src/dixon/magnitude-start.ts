import type { SignalModel } from './signal-model.js';

/** Steps of the fat fraction from 0 to 1. */
const STEPS = 40;

/** R2* of a voxel of which a single echo stands out of the noise, 1/s. */
const UNKNOWN_R2STAR = 100;

/** Starts lie within these bounds, 1/s. */
const R2STAR_BOUNDS: readonly [number, number] = [-1000, 5000];

/**
 * Where to start the fit of magnitudes on either side of equal water and fat.
 *
 * For a fat fraction η the logarithm of the model is linear in what is left, `ln S(t) = ln A +
 * ln|1 − η + η·c(t)| − R2*·t`, so that amplitude and decay follow from a straight line through the
 * echoes, weighted by their squares as an error in M weighs in ln M. The best η below one half and the
 * best above it are the starts (the two-point search of Triay Bagur et al., MRM 2019;82:460, over a grid).
 */
export class MagnitudeStart {
  /** Start with more water than fat, then with more fat than water: (W, F, R2*) each. */
  readonly starts: readonly [Float64Array, Float64Array] = [
    new Float64Array(3),
    new Float64Array(3),
  ];
  readonly #model: SignalModel;
  /** ln|1 − η + η·c| by η, then by echo. */
  readonly #shape: Float64Array;
  readonly #logs: Float64Array;
  readonly #weights: Float64Array;

  constructor(model: SignalModel) {
    const { fatReal, fatImaginary } = model;
    const count = fatReal.length;
    this.#model = model;
    this.#shape = new Float64Array((STEPS + 1) * count);
    this.#logs = new Float64Array(count);
    this.#weights = new Float64Array(count);
    for (let step = 0; step <= STEPS; step++) {
      const share = step / STEPS;
      for (let k = 0; k < count; k++) {
        const re = 1 - share + share * fatReal[k];
        const im = share * fatImaginary[k];
        this.#shape[step * count + k] = 0.5 * Math.log(Math.max(re * re + im * im, 1e-12));
      }
    }
  }

  /**
   * Find both starts for a voxel.
   *
   * @param sd the noise floor is taken off by E[M²] = S² + 2·sd²
   */
  find(magnitudes: Float32Array, offset: number, sd: number): void {
    const { timesS } = this.#model;
    const count = timesS.length;
    const floor = 2 * sd * sd;
    let weight = 0;
    let time = 0;
    let timeSquare = 0;
    for (let k = 0; k < count; k++) {
      const square = Math.max(0, magnitudes[offset + k] ** 2 - floor);
      this.#weights[k] = square;
      this.#logs[k] = square > 0 ? 0.5 * Math.log(square) : 0;
      weight += square;
      time += square * timesS[k];
      timeSquare += square * timesS[k] * timesS[k];
    }
    if (!(weight > 0)) {
      this.#guess(magnitudes[offset]);
      return;
    }
    const meanTime = time / weight;
    const spread = timeSquare - time * meanTime;
    const decays = spread > 1e-9 * timeSquare;
    let leastWater = Number.POSITIVE_INFINITY;
    let leastFat = Number.POSITIVE_INFINITY;
    for (let step = 0; step <= STEPS; step++) {
      const shape = step * count;
      let level = 0;
      let slope = 0;
      let square = 0;
      for (let k = 0; k < count; k++) {
        const value = this.#logs[k] - this.#shape[shape + k];
        const weighted = this.#weights[k] * value;
        level += weighted;
        slope += weighted * (timesS[k] - meanTime);
        square += weighted * value;
      }
      const mean = level / weight;
      const steepness = decays ? -slope / spread : UNKNOWN_R2STAR;
      const r2star = Math.min(R2STAR_BOUNDS[1], Math.max(R2STAR_BOUNDS[0], steepness));
      const cost = square - level * mean - (decays ? (slope * slope) / spread : 0);
      const share = step / STEPS;
      const waterSide = 2 * step <= STEPS;
      if (!(cost < (waterSide ? leastWater : leastFat))) continue;
      const start = this.starts[waterSide ? 0 : 1];
      const amplitude = Math.exp(mean + r2star * meanTime);
      start[0] = (1 - share) * amplitude;
      start[1] = share * amplitude;
      start[2] = r2star;
      if (waterSide) leastWater = cost;
      else leastFat = cost;
    }
  }

  /** No echo stands out of the noise. */
  #guess(first: number): void {
    const [water, fat] = this.starts;
    water[0] = first;
    water[1] = 0;
    fat[0] = 0;
    fat[1] = first;
    water[2] = UNKNOWN_R2STAR;
    fat[2] = UNKNOWN_R2STAR;
  }
}
