import { CANDIDATES } from '../candidates.js';
import type { FieldProblem } from '../message-passing.js';
import { coarseStart } from './coarse-start.js';
import { decideRegions, type IslandReport } from './islands.js';
import { Labelling } from './labelling.js';
import { settle, startLabels } from './settle.js';
import { markSuspects } from './swap-suspect.js';

/** A jump of the field is more than this share of the distance of a voxel's candidates. */
const JUMP_SHARE = 0.4;

/** Voxels that the distance of the candidates is read from at most. */
const MOST_SAMPLES = 20_000;

/** The choice of one candidate per voxel. */
export interface ChosenFields {
  /** Candidate of each voxel. */
  labels: Uint8Array;
  /** 1 where the choice is doubtful. */
  suspect: Uint8Array;
  report: ChoiceReport;
}

/** How the choice was made. */
interface ChoiceReport {
  /** Voxels along x, y, z of a block of the coarse start. */
  coarseBlock: readonly number[];
  /** Share of the voxels that the coarse start left in doubt, which message passing decided. */
  contestedFraction: number;
  /** Sweeps of message passing over them. */
  sweeps: number;
  islands: IslandReport;
}

/**
 * Choose one candidate per voxel: coarse start, message passing where it leaves doubt, then regions as a
 * whole.
 *
 * @param noiseVariance variance of the noise in one channel, in squared units of the echoes
 * @param pause called between sweeps, so that the caller can be heard
 */
export async function chooseField(
  problem: FieldProblem,
  noiseVariance: number,
  pause: () => Promise<void>,
): Promise<ChosenFields> {
  const swapHz = medianDistanceHz(problem);
  const jumpHz = JUMP_SHARE * swapHz;
  const start = await coarseStart(problem, pause);
  const state = new Labelling(problem, start.trendHz);
  startLabels(state, start.flatHz, jumpHz);
  const { contested, sweeps } = await settle(state, jumpHz, pause);
  await pause();
  const decided = decideRegions(state, jumpHz, swapHz);
  await pause();
  return {
    labels: state.labels,
    suspect: markSuspects(state, decided, { jumpHz, swapHz, noiseVariance }),
    report: {
      coarseBlock: start.block,
      contestedFraction: contested / state.labels.length,
      sweeps,
      islands: decided.report,
    },
  };
}

/** Median distance of the two best candidates of a voxel; Infinity where no voxel has two. */
function medianDistanceHz({ fieldHz, cost, periodHz }: FieldProblem): number {
  const voxels = cost.length / CANDIDATES;
  const every = Math.max(1, Math.floor(voxels / MOST_SAMPLES));
  const distances: number[] = [];
  for (let i = 0; i < voxels; i += every) {
    const at = i * CANDIDATES;
    if (cost[at + 1] === Infinity) continue;
    const d = Math.abs(fieldHz[at] - fieldHz[at + 1]);
    distances.push(periodHz < Infinity ? Math.abs(d - periodHz * Math.round(d / periodHz)) : d);
  }
  const sorted = Float64Array.from(distances).sort();
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity;
}
