import { DampedNewton, SymmetricFactor } from './damped-newton.js';
import { MixedFit } from './mixed-fit.js';
import { MixedStart } from './mixed-start.js';
import type { SignalModel } from './signal-model.js';
import { emptyEstimates, type VoxelEstimates } from './voxel-estimates.js';

/** Decays tried, in 1/s, where only a field is known. */
const STARTING_R2STAR: readonly number[] = [30, 100, 200, 400, 800];

/** Fits water, fat, R2* and field to echoes of which the first counts by its magnitude alone. */
export class MixedEstimator {
  readonly #echoes: number;
  readonly #commonPhase: boolean;
  readonly #fit: MixedFit;
  readonly #start: MixedStart;
  readonly #descent: DampedNewton;
  readonly #factor: SymmetricFactor;
  readonly #trial: Float64Array;
  readonly #gradient: Float64Array;

  /** @param commonPhase one phase for water and fat (5 unknowns) or two (6) */
  constructor(model: SignalModel, commonPhase: boolean) {
    this.#echoes = model.timesS.length;
    this.#commonPhase = commonPhase;
    this.#fit = new MixedFit(model, commonPhase);
    this.#start = new MixedStart(model, commonPhase);
    this.#descent = new DampedNewton(this.#fit.unknowns);
    this.#factor = new SymmetricFactor(this.#fit.unknowns);
    this.#trial = new Float64Array(this.#fit.unknowns);
    this.#gradient = new Float64Array(this.#fit.unknowns);
  }

  /**
   * @param echoes echoes (re, im, …) of the voxels, one voxel after the other
   * @param fieldHz where each voxel starts
   * @param r2starPerSecond the same for the decay; without it several are tried
   */
  estimate(
    echoes: Float32Array,
    fieldHz: Float32Array,
    r2starPerSecond: Float32Array | undefined,
  ): VoxelEstimates {
    const count = fieldHz.length;
    const out = emptyEstimates(count);
    const { values } = this.#descent;
    for (let i = 0; i < count; i++) {
      const offset = 2 * i * this.#echoes;
      this.#fit.load(echoes, offset);
      if (r2starPerSecond) this.#start.find(echoes, offset, fieldHz[i], r2starPerSecond[i], values);
      else this.#findBest(echoes, offset, fieldHz[i]);
      this.#descent.run(this.#fit);
      if (!this.#descent.converged) out.notConverged++;
      out.fieldHz[i] = values[0] / (2 * Math.PI);
      out.r2starPerSecond[i] = values[1];
      out.residualSquares[i] = this.#fit.cost;
      const regular = this.#factor.factorise(this.#fit.normal);
      this.#gradient.fill(0);
      this.#gradient[1] = 1;
      out.r2starSdPerNoise[i] = regular ? this.#deviation() : Number.NaN;
      this.#gradient.fill(0);
      if (this.#commonPhase) this.#writeCommon(out, i);
      else this.#writeIndependent(out, i);
      out.pdffSdPerNoise[i] = regular ? this.#deviation() : Number.NaN;
    }
    return out;
  }

  /** Start with the decay of least cost. */
  #findBest(echoes: Float32Array, offset: number, fieldHz: number): void {
    let least = Number.POSITIVE_INFINITY;
    for (const r2star of STARTING_R2STAR) {
      this.#start.find(echoes, offset, fieldHz, r2star, this.#trial);
      this.#fit.evaluate(this.#trial);
      if (!(this.#fit.cost < least)) continue;
      least = this.#fit.cost;
      this.#descent.values.set(this.#trial);
    }
  }

  /** SD along `#gradient`, per SD of the noise. */
  #deviation(): number {
    return Math.sqrt(this.#factor.varianceAlong(this.#gradient));
  }

  /** PDFF = 100·F/(W + F), unclamped, with its gradient. */
  #writeCommon(out: VoxelEstimates, i: number): void {
    const { values } = this.#descent;
    // φ and φ + π describe the same signal: W + F ≥ 0 decides.
    const sign = values[2] + values[3] < 0 ? -1 : 1;
    const water = sign * values[2];
    const fat = sign * values[3];
    const total = water + fat;
    out.water[i] = water;
    out.fat[i] = fat;
    out.pdffPercent[i] = (100 * fat) / total;
    this.#gradient[2] = (-100 * sign * fat) / total ** 2;
    this.#gradient[3] = (100 * sign * water) / total ** 2;
  }

  /** PDFF by magnitude discrimination (Liu et al., MRM 2007;58:354), with its gradient. */
  #writeIndependent(out: VoxelEstimates, i: number): void {
    const { values } = this.#descent;
    const water = Math.sqrt(values[2] * values[2] + values[3] * values[3]);
    const fat = Math.sqrt(values[4] * values[4] + values[5] * values[5]);
    const totalRe = values[2] + values[4];
    const totalIm = values[3] + values[5];
    const total = Math.sqrt(totalRe * totalRe + totalIm * totalIm);
    const waterDominates = water > fat;
    const main = waterDominates ? water : fat;
    out.water[i] = water;
    out.fat[i] = fat;
    out.pdffPercent[i] = waterDominates ? 100 * (1 - water / total) : (100 * fat) / total;
    const own = 100 / (main * total);
    const both = (-100 * main) / total ** 3;
    const gradient = this.#gradient;
    const first = waterDominates ? 2 : 4;
    for (let at = 2; at < 6; at++) gradient[at] = both * (at % 2 === 0 ? totalRe : totalIm);
    gradient[first] += own * values[first];
    gradient[first + 1] += own * values[first + 1];
  }
}
