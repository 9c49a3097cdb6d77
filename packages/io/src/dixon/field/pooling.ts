import { CANDIDATES } from '../candidates.js';
import type { FieldProblem } from '../message-passing.js';
import { wrapHz } from '../signal-model.js';

/** Blocks are no longer than this along an axis in mm, as far as voxels allow, … */
const BLOCK_MM = 13;

/** … nor than so many voxels. */
const BLOCK_VOXELS = 4;

/** Of larger blocks as many voxels are pooled, spread evenly. */
const POOLED_VOXELS = 16;

/** Classes of a pooled cost curve over the period, or over all candidates without one. */
const CLASSES = 48;

/** The parabola of a candidate reaches over so many classes to each side: beyond, the cost is level. */
const REACH = 4;

/** Blocks of voxels: the voxels of a coarser grid. */
export interface Blocks {
  /** Voxels along x, y and z of a block. */
  block: readonly [number, number, number];
  /** Blocks along x, y, z. */
  size: [number, number, number];
  /** Place on the coarse grid of each block that holds voxels, ascending. */
  voxels: Int32Array;
  /** Block of each voxel, as position in {@link voxels}. */
  blockOf: Int32Array;
}

/** Voxels along x, y, z that are pooled. */
function blockSize({ size, spacing }: FieldProblem): [number, number, number] {
  const along = (axis: number): number =>
    Math.max(1, Math.min(BLOCK_VOXELS, size[axis], Math.floor(BLOCK_MM / spacing[axis])));
  return [along(0), along(1), along(2)];
}

/**
 * Pool candidates into blocks: the cost curves of a block's voxels, each made of the parabolas of its
 * candidates and level between them, are added up; the block's candidates are the lowest minima of the
 * sum. Links between blocks of b voxels along an axis weigh as the b² rows of b links between them.
 *
 * @param trendHz taken off the fields of each voxel before, so that blocks hold one field
 */
export function poolCandidates(
  problem: FieldProblem,
  blocks: Blocks,
  trendHz: Float32Array | undefined,
): FieldProblem {
  const { spacing, periodHz, smoothness } = problem;
  const { size, voxels, block } = blocks;
  const range = fieldRange(problem, trendHz);
  const sums = addCurves(problem, blocks, trendHz, range);
  return {
    size,
    spacing: [spacing[0] * block[0] ** 2, spacing[1] * block[1] ** 2, spacing[2] * block[2] ** 2],
    voxels,
    ...minimaOf(sums, voxels.length, range, periodHz < Infinity),
    periodHz,
    smoothness,
  };
}

/** Find the blocks in which there are voxels. */
export function findBlocks(problem: FieldProblem): Blocks {
  const { voxels } = problem;
  const [nx, ny, nz] = problem.size;
  const block = blockSize(problem);
  const [bx, by, bz] = block;
  const size: [number, number, number] = [
    Math.ceil(nx / bx),
    Math.ceil(ny / by),
    Math.ceil(nz / bz),
  ];
  const blockOf = new Int32Array(voxels.length);
  const order = new Int32Array(size[0] * size[1] * size[2]).fill(-1);
  let rowEnd = 0;
  let start = 0;
  let rowBlock = 0;
  for (let i = 0; i < voxels.length; i++) {
    if (voxels[i] >= rowEnd) {
      const row = Math.floor(voxels[i] / nx);
      start = row * nx;
      rowEnd = start + nx;
      const z = Math.floor(row / ny);
      rowBlock = size[0] * (Math.floor((row - z * ny) / by) + size[1] * Math.floor(z / bz));
    }
    const at = rowBlock + Math.floor((voxels[i] - start) / bx);
    blockOf[i] = at;
    order[at] = 0;
  }
  let count = 0;
  for (let at = 0; at < order.length; at++) if (order[at] === 0) order[at] = count++;
  const blocks = new Int32Array(count);
  for (let at = 0; at < order.length; at++) if (order[at] >= 0) blocks[order[at]] = at;
  for (let i = 0; i < blockOf.length; i++) blockOf[i] = order[blockOf[i]];
  return { block, size, voxels: blocks, blockOf };
}

interface FieldRange {
  fromHz: number;
  stepHz: number;
}

/** The period around 0, or all candidates where there is none. */
function fieldRange(
  { fieldHz, cost, periodHz }: FieldProblem,
  trendHz: Float32Array | undefined,
): FieldRange {
  if (periodHz < Infinity) return { fromHz: -0.5 * periodHz, stepHz: periodHz / CLASSES };
  let low = Infinity;
  let high = -Infinity;
  for (let at = 0; at < cost.length; at++) {
    if (cost[at] === Infinity) continue;
    const field = fieldHz[at] - (trendHz?.[Math.floor(at / CANDIDATES)] ?? 0);
    low = Math.min(low, field);
    high = Math.max(high, field);
  }
  // A class to spare at both ends, so that no candidate lies on the rim.
  const stepHz = Math.max(1, (high - low) / (CLASSES - 2));
  return { fromHz: low - stepHz, stepHz };
}

/** Sums over the voxels of each block, class after class. */
interface BlockSums {
  cost: Float32Array;
  curvature: Float32Array;
}

function addCurves(
  { fieldHz, cost, curvature, periodHz }: FieldProblem,
  { block, blockOf, voxels }: Blocks,
  trendHz: Float32Array | undefined,
  { fromHz, stepHz }: FieldRange,
): BlockSums {
  const cyclic = periodHz < Infinity;
  const sums = {
    cost: new Float32Array(voxels.length * CLASSES),
    curvature: new Float32Array(voxels.length * CLASSES),
  };
  const every = Math.max(1, Math.floor((block[0] * block[1] * block[2]) / POOLED_VOXELS));
  const seen = new Uint8Array(voxels.length);
  const below = new Float64Array(CLASSES);
  const reached = new Int32Array(CANDIDATES * (2 * REACH + 1));
  for (let i = 0; i < blockOf.length; i++) {
    if (seen[blockOf[i]]++ % every !== 0) continue;
    const base = blockOf[i] * CLASSES;
    const first = i * CANDIDATES;
    let end = first;
    let level = 0;
    for (; end < first + CANDIDATES && cost[end] < Infinity; end++) {
      level = Math.max(level, cost[end] + curvature[end] * (REACH * stepHz) ** 2);
    }
    let touched = 0;
    for (let at = first; at < end; at++) {
      const field = fieldHz[at] - (trendHz === undefined ? 0 : trendHz[i]);
      const place = (wrapHz(field, periodHz) - fromHz) / stepHz;
      const middle = Math.min(CLASSES - 1, Math.max(0, Math.floor(place)));
      const bend = curvature[at] * stepHz * stepHz;
      const deepest = level - cost[at];
      sums.curvature[base + middle] += curvature[at];
      for (let c = middle - REACH; c <= middle + REACH; c++) {
        const d = c + 0.5 - place;
        if (!cyclic && (c < 0 || c >= CLASSES)) continue;
        const k = c < 0 ? c + CLASSES : c >= CLASSES ? c - CLASSES : c;
        const deeper = deepest - bend * d * d - below[k];
        if (!(deeper > 0)) continue;
        // The level itself is the same for all classes and left out.
        sums.cost[base + k] -= deeper;
        below[k] += deeper;
        reached[touched++] = k;
      }
    }
    for (let k = 0; k < touched; k++) below[reached[k]] = 0;
  }
  return sums;
}

/** The lowest minima of each block's curve, lowest first, each with the curvature of its neighbourhood. */
function minimaOf(
  sums: BlockSums,
  blocks: number,
  { fromHz, stepHz }: FieldRange,
  cyclic: boolean,
): Pick<FieldProblem, 'fieldHz' | 'cost' | 'curvature'> {
  const fieldHz = new Float32Array(blocks * CANDIDATES);
  const cost = new Float32Array(blocks * CANDIDATES).fill(Infinity);
  const curvature = new Float32Array(blocks * CANDIDATES);
  const minima = new Int32Array(CANDIDATES);
  for (let j = 0; j < blocks; j++) {
    const base = j * CLASSES;
    const at = j * CANDIDATES;
    const value = (c: number): number =>
      cyclic || (c >= 0 && c < CLASSES) ? sums.cost[base + ((c + CLASSES) % CLASSES)] : Infinity;
    let found = 0;
    for (let c = 0; c < CLASSES; c++) {
      const here = sums.cost[base + c];
      if (!(here < value(c - 1) && here <= value(c + 1))) continue;
      if (found === CANDIDATES && here >= cost[at + found - 1]) continue;
      let k = found < CANDIDATES ? found++ : found - 1;
      for (; k > 0 && cost[at + k - 1] > here; k--) {
        cost[at + k] = cost[at + k - 1];
        minima[k] = minima[k - 1];
      }
      cost[at + k] = here;
      minima[k] = c;
    }
    // A curve without structure: any field will do.
    if (found === 0) cost[at] = sums.cost[base + (minima[found++] = 0)];
    for (let k = 0; k < found; k++) {
      const c = minima[k];
      const bend = value(c - 1) - 2 * value(c) + value(c + 1);
      const offset = bend > 0 && bend < Infinity ? (0.5 * (value(c - 1) - value(c + 1))) / bend : 0;
      fieldHz[at + k] = fromHz + (c + 0.5 + Math.max(-0.5, Math.min(0.5, offset))) * stepHz;
      for (let d = -2; d <= 2; d++) {
        const n = c + d;
        if (!cyclic && (n < 0 || n >= CLASSES)) continue;
        curvature[at + k] += sums.curvature[base + ((n + CLASSES) % CLASSES)];
      }
    }
  }
  return { fieldHz, cost, curvature };
}
