import { CommonPhaseFit } from './common-phase-fit.js';
import { IndependentFit } from './independent-fit.js';
import { Moments } from './moments.js';
import { Refinement, type RefinementLimits, type VoxelFit } from './refine.js';
import type { SignalModel } from './signal-model.js';

/** Final estimates of a run of voxels, one entry a voxel. */
export interface VoxelEstimates {
  water: Float32Array;
  fat: Float32Array;
  pdffPercent: Float32Array;
  r2starPerSecond: Float32Array;
  fieldHz: Float32Array;
  /** Residual sum of squares, in squared units of the echoes. */
  residualSquares: Float32Array;
  /** Cramér–Rao SD of PDFF (%) for noise of SD 1 in the real and imaginary part of each echo. */
  pdffSdPerNoise: Float32Array;
  /** Cramér–Rao SD of R2* (1/s) for the same noise. */
  r2starSdPerNoise: Float32Array;
  /** Voxels whose fit did not converge. */
  notConverged: number;
}

/** R2* of a final fit in 1/s: wide enough never to bind where there is a signal. */
const R2STAR_BOUNDS: readonly [number, number] = [-3000, 10000];

/** Decays tried, in 1/s, where only a field is known. */
const STARTING_R2STAR: readonly number[] = [30, 100, 200, 400, 800];

/** Converged when R2* moves less than this, 1/s, and 2π·field less than this, rad/s. */
const TOLERANCE = 1e-4;

const MOST_EVALUATIONS = 100;

/** Refines voxels to the maximum-likelihood solution next to their start. */
export class VoxelEstimator {
  readonly #model: SignalModel;
  readonly #moments: Moments;
  readonly #common: CommonPhaseFit;
  readonly #independent: IndependentFit;
  readonly #refinement = new Refinement();
  readonly #limits: RefinementLimits;

  constructor(model: SignalModel) {
    const { timesS } = model;
    this.#model = model;
    this.#moments = new Moments(model);
    this.#common = new CommonPhaseFit(this.#moments);
    this.#independent = new IndependentFit(this.#moments);
    this.#limits = {
      evaluations: MOST_EVALUATIONS,
      fieldStepHz: 0.05 / (timesS[1] - timesS[0]),
      r2starBounds: R2STAR_BOUNDS,
      tolerance: TOLERANCE,
    };
  }

  /**
   * @param echoes echoes (re, im, …) of the voxels, one voxel after the other
   * @param fieldHz where each voxel starts
   * @param r2starPerSecond the same for the decay; without it several are tried
   * @param commonPhase 5 unknowns (true) or 6
   */
  estimate(
    echoes: Float32Array,
    fieldHz: Float32Array,
    r2starPerSecond: Float32Array | undefined,
    commonPhase: boolean,
  ): VoxelEstimates {
    const count = fieldHz.length;
    const stride = 2 * this.#model.timesS.length;
    const out = emptyEstimates(count);
    const fit: VoxelFit = commonPhase ? this.#common : this.#independent;
    const refinement = this.#refinement;
    for (let i = 0; i < count; i++) {
      this.#moments.load(echoes, i * stride);
      const start = r2starPerSecond ? r2starPerSecond[i] : this.#bestDecay(fit, fieldHz[i]);
      refinement.run(fit, this.#moments.energy, fieldHz[i], start, this.#limits);
      out.r2starPerSecond[i] = refinement.r2star;
      out.fieldHz[i] = refinement.fieldHz;
      out.residualSquares[i] = fit.cost;
      if (!refinement.converged) out.notConverged++;
      if (commonPhase) writeCommon(this.#common, out, i);
      else writeIndependent(this.#independent, out, i);
    }
    return out;
  }

  #bestDecay(fit: VoxelFit, fieldHz: number): number {
    let best = STARTING_R2STAR[0];
    let least = Number.POSITIVE_INFINITY;
    for (const r2star of STARTING_R2STAR) {
      fit.evaluate(fieldHz, r2star);
      if (fit.cost >= least) continue;
      least = fit.cost;
      best = r2star;
    }
    return best;
  }
}

function emptyEstimates(count: number): VoxelEstimates {
  return {
    water: new Float32Array(count),
    fat: new Float32Array(count),
    pdffPercent: new Float32Array(count),
    r2starPerSecond: new Float32Array(count),
    fieldHz: new Float32Array(count),
    residualSquares: new Float32Array(count),
    pdffSdPerNoise: new Float32Array(count),
    r2starSdPerNoise: new Float32Array(count),
    notConverged: 0,
  };
}

/**
 * PDFF = 100·F/(W + F), unclamped. Cramér–Rao bound: the inverse of the 5×5 Fisher matrix JᵀJ/σ² by
 * blocks, carried to PDFF by its gradient (−F, W)·100/(W + F)².
 */
function writeCommon(fit: CommonPhaseFit, out: VoxelEstimates, i: number): void {
  const { water, fat, schurRR, schurRF, schurFF } = fit;
  const total = water + fat;
  out.water[i] = water;
  out.fat[i] = fat;
  out.pdffPercent[i] = (100 * fat) / total;
  const scale = 1 / (schurRR * schurFF - schurRF * schurRF);
  const varianceR = schurFF * scale;
  out.r2starSdPerNoise[i] = Math.sqrt(varianceR);
  const gw = (-100 * fat) / (total * total);
  const gf = (100 * water) / (total * total);
  const direct = gw * gw * fit.covWW + 2 * gw * gf * fit.covWF + gf * gf * fit.covFF;
  const perR = gw * fit.waterPerR2star + gf * fit.fatPerR2star;
  const perF = gw * fit.waterPerField + gf * fit.fatPerField;
  const coupled =
    (perR * perR * schurFF - 2 * perR * perF * schurRF + perF * perF * schurRR) * scale;
  out.pdffSdPerNoise[i] = Math.sqrt(direct + coupled);
}

/**
 * PDFF by magnitude discrimination (Liu et al., MRM 2007;58:354): 1 − |W|/|W + F| where water
 * dominates, |F|/|W + F| elsewhere, so that noise is not rectified in lean tissue.
 */
function writeIndependent(fit: IndependentFit, out: VoxelEstimates, i: number): void {
  const { waterRe, waterIm, fatRe, fatIm } = fit;
  const water = Math.hypot(waterRe, waterIm);
  const fat = Math.hypot(fatRe, fatIm);
  const totalRe = waterRe + fatRe;
  const totalIm = waterIm + fatIm;
  const total = Math.hypot(totalRe, totalIm);
  const waterDominates = water > fat;
  out.water[i] = water;
  out.fat[i] = fat;
  out.pdffPercent[i] = waterDominates ? 100 * (1 - water / total) : (100 * fat) / total;
  out.r2starSdPerNoise[i] = 1 / Math.sqrt(fit.curvature);
  // Gradient of |dominant|/|W + F| as complex weights of δW and δF (both estimates are circular).
  const [mainRe, mainIm, main] = waterDominates ? [waterRe, waterIm, water] : [fatRe, fatIm, fat];
  const toTotal = -main / (total * total * total);
  const own = 1 / (main * total);
  const bothRe = toTotal * totalRe;
  const bothIm = toTotal * totalIm;
  const wRe = bothRe + (waterDominates ? own * mainRe : 0);
  const wIm = bothIm + (waterDominates ? own * mainIm : 0);
  const fRe = bothRe + (waterDominates ? 0 : own * mainRe);
  const fIm = bothIm + (waterDominates ? 0 : own * mainIm);
  out.pdffSdPerNoise[i] = 100 * Math.sqrt(fit.varianceAlong(wRe, wIm, fRe, fIm));
}
