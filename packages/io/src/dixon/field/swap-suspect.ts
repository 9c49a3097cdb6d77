import { CANDIDATES } from '../candidates.js';
import type { DecidedRegions } from './islands.js';
import { type Labelling, NEIGHBOURS } from './labelling.js';

/** What doubt is measured in. */
export interface SuspectScale {
  jumpHz: number;
  swapHz: number;
  /** Variance of the noise in one channel, in squared units of the echoes. */
  noiseVariance: number;
}

/** Regions whose choice is likelier than its alternative by less than exp of this are suspect. */
const REGION_LOG_ODDS = 10;

/** Voxels are suspect where the residuals around them speak for the other choice by more than exp of this. */
const VOXEL_LOG_ODDS = 4;

/**
 * Mark voxels whose choice may be a swap of water and fat: all voxels of a region whose best alternative
 * is nearly as good, and voxels where the residuals of the voxel and the neighbours that it continues
 * speak, summed up, for a field one swap away.
 *
 * @returns 1 for suspect voxels, 0 elsewhere
 */
export function markSuspects(
  state: Labelling,
  { regions, margin }: DecidedRegions,
  { jumpHz, swapHz, noiseVariance }: SuspectScale,
): Uint8Array {
  const suspect = new Uint8Array(state.labels.length);
  for (let r = 1; r < margin.length; r++) {
    if (!(margin[r] < 2 * noiseVariance * REGION_LOG_ODDS)) continue;
    for (const i of regions.members(r)) suspect[i] = 1;
  }
  const limit = -2 * noiseVariance * VOXEL_LOG_ODDS;
  for (const shiftHz of [swapHz, -swapHz]) {
    const judge = (i: number): void => {
      const own = costOfShift(state, i, shiftHz);
      if (suspect[i] === 1 || own === Infinity) return;
      state.visit(i);
      let sum = own;
      for (let k = 0; k < NEIGHBOURS; k++) {
        const j = state.near[k];
        if (j < 0 || !state.continues(i, j, jumpHz)) continue;
        const theirs = costOfShift(state, j, shiftHz);
        if (theirs < Infinity) sum += theirs;
      }
      if (sum < limit) suspect[i] = 1;
    };
    for (let i = 0; i < suspect.length; i++) {
      // Candidates are sorted by residual: none speaks against the first.
      if (state.labels[i] === 0 || !(costOfShift(state, i, shiftHz) < 0)) continue;
      state.visit(i);
      const around = state.near.slice();
      judge(i);
      for (const j of around) if (j >= 0) judge(j);
    }
  }
  return suspect;
}

/** Residual of the candidate one shift away less that of the chosen one; Infinity where there is none. */
function costOfShift(state: Labelling, i: number, shiftHz: number): number {
  const { cost } = state.problem;
  const label = state.labels[i];
  const target = state.flatHz(i, label) + shiftHz;
  const x = state.nearest(i, target);
  const apart = Math.abs(state.wrap(state.flatHz(i, x) - target));
  if (x === label || apart > 0.5 * Math.abs(shiftHz)) return Infinity;
  return cost[i * CANDIDATES + x] - cost[i * CANDIDATES + label];
}
