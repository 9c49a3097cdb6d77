import { TooManyGrayLevelsError } from '../errors.js';
import type { Workspace } from '../kernels/workspace.js';
import type { Region } from '../roi/region.js';
import { binsOf, MOST_GRAY_LEVELS, type BinRule } from './bins.js';
import { LevelGrid, type PackedLevels, type Placement } from './level-grid.js';

export type { LevelGrid } from './level-grid.js';

/** Up to this level the voxels of each are counted in a table; above it the levels are sorted. */
const LARGEST_TALLY = 1 << 20;

/** Discretise a region. @throws TooManyGrayLevelsError */
export function levelGrid(region: Region, rule: BinRule, workspace: Workspace): LevelGrid {
  const bins = binsOf(region, rule);
  const { values } = region;
  const highest = region.nanCount > 0 ? bins.levelOfNaN : bins.levelOf(region.maximum);
  if (highest > MOST_GRAY_LEVELS) throw new TooManyGrayLevelsError(highest, MOST_GRAY_LEVELS);
  const levels = workspace.uint32Unset('levels', region.count);
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    levels[k] = value === value ? bins.levelOf(value) : bins.levelOfNaN;
  }
  return gridOfLevels(region, levels, highest, workspace);
}

/**
 * Number the present levels, count them, and lay them out.
 *
 * @param levels one a voxel of the region, x fastest; overwritten
 * @param highest no level is higher
 */
export function gridOfLevels(
  placement: Placement,
  levels: Uint32Array,
  highest: number,
  workspace: Workspace,
): LevelGrid {
  const packed =
    highest <= LARGEST_TALLY
      ? rankByTally(levels, highest, workspace)
      : rankBySorting(levels, workspace);
  return new LevelGrid(placement, packed);
}

function rankByTally(levels: Uint32Array, highest: number, workspace: Workspace): PackedLevels {
  const tally = workspace.uint32('levelTally', highest + 1);
  for (let k = 0; k < levels.length; k++) tally[levels[k]]++;
  let present = 0;
  for (let level = 1; level <= highest; level++) if (tally[level] > 0) present++;
  const grayLevels = new Float64Array(present);
  const frequencies = new Float64Array(present);
  let rank = 0;
  for (let level = 1; level <= highest; level++) {
    if (tally[level] === 0) continue;
    grayLevels[rank] = level;
    frequencies[rank] = tally[level];
    tally[level] = ++rank;
  }
  if (grayLevels[present - 1] > present) {
    for (let k = 0; k < levels.length; k++) levels[k] = tally[levels[k]];
  }
  return { ranks: levels, grayLevels, frequencies };
}

function rankBySorting(levels: Uint32Array, workspace: Workspace): PackedLevels {
  const sorted = workspace.uint32('sortedLevels', levels.length);
  sorted.set(levels);
  sorted.sort();
  const frequencies: number[] = [];
  let present = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (k === 0 || sorted[k] !== sorted[present - 1]) {
      sorted[present++] = sorted[k];
      frequencies.push(0);
    }
    frequencies[present - 1]++;
  }
  const grayLevels = Float64Array.from(sorted.subarray(0, present));
  for (let k = 0; k < levels.length; k++) levels[k] = 1 + indexIn(grayLevels, levels[k]);
  return { ranks: levels, grayLevels, frequencies: Float64Array.from(frequencies) };
}

/** Where a value that is there stands in ascending values. */
function indexIn(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
