import { DampedNewton, SymmetricFactor } from './damped-newton.js';
import { MagnitudeFit } from './magnitude-fit.js';
import { MagnitudeStart } from './magnitude-start.js';
import { RicianFunctions } from './rician-functions.js';
import type { SignalModel } from './signal-model.js';
import { emptyEstimates, type VoxelEstimates } from './voxel-estimates.js';

/** With this many magnitudes both solutions fit exactly, and none can be preferred. */
export const AMBIGUOUS_ECHOES = 3;

/** Where the fit of each voxel starts. */
export type MagnitudeStarts = Pick<VoxelEstimates, 'water' | 'fat' | 'r2starPerSecond'>;

/** Solutions of a run of voxels: all of the first voxel, then all of the second … */
export interface MagnitudeSolutions extends MagnitudeStarts {
  /** Cost of {@link MagnitudeFit}. */
  cost: Float32Array;
}

/** Solutions of a voxel: with more water, with more fat. Three magnitudes fit both exactly: then only the first. */
export function solutionsOf(echoes: number): 1 | 2 {
  return echoes > AMBIGUOUS_ECHOES ? 2 : 1;
}

/**
 * Fits water, fat and R2* to magnitudes. Two solutions fit nearly as well, one with more water and one
 * with more fat; only the beat of the peaks of the fat spectrum against each other tells them apart.
 */
export class MagnitudeEstimator {
  readonly #model: SignalModel;
  readonly #sd: number;
  readonly #fit: MagnitudeFit;
  readonly #start: MagnitudeStart;
  readonly #descent = new DampedNewton(3);
  readonly #factor = new SymmetricFactor(3);
  readonly #gradient = new Float64Array(3);

  /** @param noiseFloorSd SD of the noise in the real and imaginary part of an echo; 0: no noise floor */
  constructor(model: SignalModel, noiseFloorSd: number) {
    this.#model = model;
    this.#sd = noiseFloorSd;
    const rician = noiseFloorSd > 0 ? new RicianFunctions() : undefined;
    this.#fit = new MagnitudeFit(model, noiseFloorSd, rician);
    this.#start = new MagnitudeStart(model);
  }

  /**
   * Both solutions of each voxel.
   *
   * @param magnitudes magnitudes of the voxels, one voxel after the other
   */
  solve(magnitudes: Float32Array): MagnitudeSolutions {
    const echoes = this.#model.timesS.length;
    const sides = solutionsOf(echoes);
    const count = (magnitudes.length / echoes) * sides;
    const out: MagnitudeSolutions = {
      water: new Float32Array(count),
      fat: new Float32Array(count),
      r2starPerSecond: new Float32Array(count),
      cost: new Float32Array(count),
    };
    const { values } = this.#descent;
    for (let at = 0; at < count; at++) {
      const side = at % sides;
      const offset = ((at - side) / sides) * echoes;
      if (side === 0) {
        this.#fit.load(magnitudes, offset);
        this.#start.find(magnitudes, offset, this.#sd);
      }
      values.set(this.#start.starts[side]);
      this.#descent.run(this.#fit);
      out.water[at] = values[0];
      out.fat[at] = values[1];
      out.r2starPerSecond[at] = values[2];
      out.cost[at] = this.#fit.cost;
    }
    return out;
  }

  /**
   * The solution of each voxel next to its start.
   *
   * @param magnitudes magnitudes of the voxels, one voxel after the other
   */
  estimate(magnitudes: Float32Array, starts: MagnitudeStarts): VoxelEstimates {
    const echoes = this.#model.timesS.length;
    const count = magnitudes.length / echoes;
    const out = { ...emptyEstimates(count), fieldHz: new Float32Array(0) };
    const { values } = this.#descent;
    for (let i = 0; i < count; i++) {
      this.#fit.load(magnitudes, i * echoes);
      values[0] = starts.water[i];
      values[1] = starts.fat[i];
      values[2] = starts.r2starPerSecond[i];
      this.#descent.run(this.#fit);
      if (!this.#descent.converged) out.notConverged++;
      this.#write(out, i);
    }
    return out;
  }

  /** PDFF = 100·F/(W + F), unclamped, and the Cramér–Rao bounds: NaN where the Fisher matrix is singular. */
  #write(out: VoxelEstimates, i: number): void {
    const { values } = this.#descent;
    // (W, F) and (−W, −F) describe the same magnitudes.
    const sign = values[0] + values[1] < 0 ? -1 : 1;
    const water = sign * values[0];
    const fat = sign * values[1];
    const total = water + fat;
    out.water[i] = water;
    out.fat[i] = fat;
    out.pdffPercent[i] = (100 * fat) / total;
    out.r2starPerSecond[i] = values[2];
    out.residualSquares[i] = this.#fit.residualSquares();
    const regular = this.#factor.factorise(this.#fit.normal);
    out.pdffSdPerNoise[i] = regular
      ? this.#deviation((-100 * sign * fat) / total ** 2, (100 * sign * water) / total ** 2, 0)
      : Number.NaN;
    out.r2starSdPerNoise[i] = regular ? this.#deviation(0, 0, 1) : Number.NaN;
  }

  #deviation(perWater: number, perFat: number, perR2star: number): number {
    const gradient = this.#gradient;
    gradient[0] = perWater;
    gradient[1] = perFat;
    gradient[2] = perR2star;
    return Math.sqrt(this.#factor.varianceAlong(gradient));
  }
}
