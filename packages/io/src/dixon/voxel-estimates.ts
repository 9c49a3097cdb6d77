import { type EchoRun, gatherEchoes } from './echo-run.js';
import type { SignalModel } from './signal-model.js';
import { BATCH, kernelFor } from './water-fat-kernel.js';

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

/** Longest single step of the field, as a share of 1/(spacing of the first echoes). */
const LONGEST_FIELD_STEP = 0.05;

/**
 * Refine voxels to the maximum-likelihood solution next to their start.
 *
 * @param run where the echoes of the voxels lie
 * @param fieldHz where each voxel starts
 * @param r2starPerSecond the same for the decay; without it several are tried
 * @param commonPhase 5 unknowns (true) or 6
 */
export function estimateVoxels(
  model: SignalModel,
  run: EchoRun,
  fieldHz: Float32Array,
  r2starPerSecond: Float32Array | undefined,
  commonPhase: boolean,
): VoxelEstimates {
  const count = run.voxels.length;
  const out = emptyEstimates(count);
  // As the kernel has them.
  const planes = [
    out.water,
    out.fat,
    out.pdffPercent,
    out.r2starPerSecond,
    out.fieldHz,
    out.residualSquares,
    out.pdffSdPerNoise,
    out.r2starSdPerNoise,
  ];
  const stepHz = LONGEST_FIELD_STEP / (model.timesS[1] - model.timesS[0]);
  const kernel = kernelFor(model);
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    gatherEchoes(run, from, to, kernel.real, kernel.imaginary, BATCH);
    kernel.fieldHz.set(fieldHz.subarray(from, to));
    if (r2starPerSecond) kernel.r2starPerSecond.set(r2starPerSecond.subarray(from, to));
    const knownDecay = r2starPerSecond !== undefined;
    out.notConverged += kernel.estimate(to - from, knownDecay, commonPhase, stepHz);
    planes.forEach((plane, p) =>
      plane.set(kernel.results.subarray(p * BATCH, p * BATCH + to - from), from),
    );
  }
  return out;
}

/** Estimates of `count` voxels, to be filled. */
export function emptyEstimates(count: number): VoxelEstimates {
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
