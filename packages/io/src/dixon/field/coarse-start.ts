import { CANDIDATES } from '../candidates.js';
import { FieldChoice, type FieldProblem } from '../message-passing.js';
import { type Blocks, findBlocks, poolCandidates } from './pooling.js';
import { type FieldTrend, fitTrend } from './trend.js';

/**
 * Smoothness at which the trend is read off, or less where the caller wants less: a strong prior would
 * rather swap every other slice than follow a steep field.
 */
const TREND_SMOOTHNESS = 0.002;

/** Sweeps of message passing at most. Labels settle long before on every data set tried. */
const MOST_SWEEPS = 40;

/** What the coarse grid tells about each voxel. */
export interface CoarseStart {
  /** Slow part of the field in each voxel. */
  trendHz: Float32Array;
  /** What the block adds to it. */
  flatHz: Float32Array;
  /** Voxels along x, y, z of a block. */
  block: readonly [number, number, number];
}

/** Solve the problem on blocks of voxels: once for the trend, and once more with the trend taken off. */
export async function coarseStart(
  problem: FieldProblem,
  pause: () => Promise<void>,
): Promise<CoarseStart> {
  const blocks = findBlocks(problem);
  const weak = { ...problem, smoothness: Math.min(TREND_SMOOTHNESS, problem.smoothness) };
  const first = poolCandidates(weak, blocks, undefined);
  const trend = fitTrend(first, (await passMessages(first, pause)).labels);
  const trendHz = trendOfVoxels(problem, blocks.block, trend);
  const pooled = poolCandidates(problem, blocks, trendHz);
  const { labels } = await passMessages(pooled, pause);
  return { trendHz, flatHz: fieldOfVoxels(pooled, blocks, labels), block: blocks.block };
}

/**
 * Message passing until no label changes.
 *
 * @param known a labelling that is returned where none better is found
 */
export async function passMessages(
  problem: FieldProblem,
  pause: () => Promise<void>,
  known?: Uint8Array,
): Promise<{ labels: Uint8Array; sweeps: number }> {
  const choice = new FieldChoice(problem);
  if (known !== undefined) choice.offer(known);
  let sweeps = 0;
  while (sweeps < MOST_SWEEPS && choice.changed > 0) {
    choice.forward();
    await pause();
    choice.backward();
    await pause();
    sweeps++;
  }
  return { labels: choice.labels, sweeps };
}

function trendOfVoxels(
  { voxels, size: [nx, ny] }: FieldProblem,
  [bx, by, bz]: readonly [number, number, number],
  trend: FieldTrend,
): Float32Array {
  const trendHz = new Float32Array(voxels.length);
  let rowEnd = 0;
  let start = 0;
  let valueAt = (_x: number): number => 0;
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] >= rowEnd) {
      const row = Math.floor(voxels[i] / nx);
      const z = Math.floor(row / ny);
      start = row * nx;
      rowEnd = start + nx;
      valueAt = trend.row((row - z * ny + 0.5) / by - 0.5, (z + 0.5) / bz - 0.5);
    }
    trendHz[i] = valueAt((voxels[i] - start + 0.5) / bx - 0.5);
  }
  return trendHz;
}

function fieldOfVoxels(
  { fieldHz }: FieldProblem,
  { blockOf }: Blocks,
  labels: Uint8Array,
): Float32Array {
  const flatHz = new Float32Array(blockOf.length);
  for (let i = 0; i < flatHz.length; i++) {
    flatHz[i] = fieldHz[blockOf[i] * CANDIDATES + labels[blockOf[i]]];
  }
  return flatHz;
}
