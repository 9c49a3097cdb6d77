import { type EchoRun, gatherEchoes } from './echo-run.js';
import type { SignalModel } from './signal-model.js';
import { BATCH, CANDIDATES, kernelFor } from './water-fat-kernel.js';

export { CANDIDATES } from './water-fat-kernel.js';

/** Up to {@link CANDIDATES} fields per voxel, best first; unused places hold a cost of Infinity. */
export interface Candidates {
  fieldHz: Float32Array;
  r2starPerSecond: Float32Array;
  /** Residual of the best fit with water ≥ 0 and fat ≥ 0, in squared units of the echoes. */
  cost: Float32Array;
  /** Half the second derivative of the residual by the field, per Hz². */
  curvature: Float32Array;
}

/** The fields that may be right for each voxel of a run, from its echoes alone. */
export function findCandidates(model: SignalModel, run: EchoRun): Candidates {
  const count = run.voxels.length;
  const out: Candidates = {
    fieldHz: new Float32Array(count * CANDIDATES),
    r2starPerSecond: new Float32Array(count * CANDIDATES),
    cost: new Float32Array(count * CANDIDATES),
    curvature: new Float32Array(count * CANDIDATES),
  };
  const planes = [out.fieldHz, out.r2starPerSecond, out.cost, out.curvature];
  const kernel = kernelFor(model);
  kernel.useSearch();
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH);
    gatherEchoes(run, from, to, kernel.real, kernel.imaginary, BATCH);
    kernel.findCandidates(to - from);
    planes.forEach((plane, p) => {
      const at = p * CANDIDATES * BATCH;
      plane.set(kernel.results.subarray(at, at + CANDIDATES * (to - from)), from * CANDIDATES);
    });
  }
  return out;
}
