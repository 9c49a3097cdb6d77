import { TooManyGrayLevelsError } from '../errors.js';
import type { Workspace } from '../kernels/workspace.js';
import type { Region } from '../roi/region.js';
import { binsOf, MOST_GRAY_LEVELS, type BinRule } from './bins.js';

/** Where the texture kernels work: gray levels on a padded box, 0 outside the region. */
export interface LevelGrid {
  readonly size: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly rowStep: number;
  readonly sliceStep: number;
  readonly pad: number;
  /** Voxels of the region. */
  readonly count: number;
  /** Runs of voxels along x: index in the padded box of the first of each, and of the next after the last. */
  readonly runs: Int32Array;
  /** Gray levels on the padded box. */
  readonly levels: Uint16Array;
  /**
   * The same with the present levels numbered 1 … n without gaps, so that tables grow with the levels
   * that are there; the same array as `levels` where there are no gaps.
   */
  readonly ranks: Uint16Array;
  /** The gray level of each rank, rank 1 first. */
  readonly grayLevels: Float64Array;
  /** Voxels of each rank, rank 1 first. */
  readonly frequencies: Float64Array;
  /** The highest gray level in the region: Ng. */
  readonly highest: number;
}

/** Discretise a region. @throws TooManyGrayLevelsError */
export function levelGrid(region: Region, rule: BinRule, workspace: Workspace): LevelGrid {
  const bins = binsOf(region, rule);
  const { values, runs } = region;
  const highest = region.nanCount > 0 ? bins.levelOfNaN : bins.levelOf(region.maximum);
  if (highest > MOST_GRAY_LEVELS) throw new TooManyGrayLevelsError(highest, MOST_GRAY_LEVELS);
  const levels = workspace.uint16('levels', region.paddedLength);
  let k = 0;
  for (let r = 0; r < runs.length; r += 2) {
    for (let p = runs[r]; p < runs[r + 1]; p++) {
      const value = values[k++];
      levels[p] = value === value ? bins.levelOf(value) : bins.levelOfNaN;
    }
  }
  return rankLevels(region, levels, highest, workspace);
}

type Placement = Pick<
  Region,
  'size' | 'spacing' | 'rowStep' | 'sliceStep' | 'pad' | 'count' | 'runs'
>;

/** Number the present levels and count them; `highest` is the largest of them. */
export function rankLevels(
  placement: Placement,
  levels: Uint16Array,
  highest: number,
  workspace: Workspace,
): LevelGrid {
  const { runs, count, size, spacing, rowStep, sliceStep, pad } = placement;
  const tally = workspace.uint32('levelTally', highest + 1);
  for (let r = 0; r < runs.length; r += 2) {
    for (let p = runs[r]; p < runs[r + 1]; p++) tally[levels[p]]++;
  }
  let present = 0;
  for (let level = 1; level <= highest; level++) if (tally[level] > 0) present++;
  const grayLevels = new Float64Array(present);
  const frequencies = new Float64Array(present);
  const rankOf = workspace.uint16('rankOf', highest + 1);
  let rank = 0;
  for (let level = 1; level <= highest; level++) {
    if (tally[level] === 0) continue;
    grayLevels[rank] = level;
    frequencies[rank] = tally[level];
    rankOf[level] = ++rank;
  }
  let ranks = levels;
  if (present < highest) {
    ranks = workspace.uint16('ranks', levels.length);
    for (let r = 0; r < runs.length; r += 2) {
      for (let p = runs[r]; p < runs[r + 1]; p++) ranks[p] = rankOf[levels[p]];
    }
  }
  return {
    size,
    spacing,
    rowStep,
    sliceStep,
    pad,
    count,
    runs,
    levels,
    ranks,
    grayLevels,
    frequencies,
    highest,
  };
}
