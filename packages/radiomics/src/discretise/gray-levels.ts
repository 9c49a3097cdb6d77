import { TooManyGrayLevelsError } from '../errors.js';
import type { Workspace } from '../kernels/workspace.js';
import type { Region } from '../roi/region.js';
import type { ValueTally } from '../roi/region-values.js';
import { binsOf, type Bins, MOST_GRAY_LEVELS, type BinRule } from './bins.js';
import { type LevelArray, LevelGrid, type Placement, type RankedLevels } from './level-grid.js';

export type { LevelGrid } from './level-grid.js';

/** Levels are counted in a table where that has at most so many places, or so many a voxel; else they are sorted. */
const SMALL_TALLY = 4096;
const PLACES_PER_VOXEL = 4;

/** Discretise a region. @throws TooManyGrayLevelsError */
export function levelGrid(region: Region, rule: BinRule, workspace: Workspace): LevelGrid {
  const bins = binsOf(region, rule);
  const highest = region.nanCount > 0 ? bins.levelOfNaN : bins.levelOf(region.maximum);
  if (highest > MOST_GRAY_LEVELS) throw new TooManyGrayLevelsError(highest, MOST_GRAY_LEVELS);
  const { tally } = region;
  if (tally !== undefined) return new LevelGrid(region, rankTally(region, tally, bins, workspace));
  return gridOfLevels(region, levelsOfVoxels(region, bins, workspace), highest, workspace);
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
  const { grayLevels, frequencies } =
    highest <= Math.max(SMALL_TALLY, PLACES_PER_VOXEL * levels.length)
      ? rankByTally(levels, highest, workspace)
      : rankBySorting(levels, workspace);
  const { runs } = placement;
  return new LevelGrid(placement, {
    grayLevels,
    frequencies,
    write(box, as) {
      let k = 0;
      for (let r = 0; r < runs.length; r += 2) {
        const end = runs[r + 1];
        if (as === 'rank') for (let p = runs[r]; p < end; p++) box[p] = levels[k++];
        else for (let p = runs[r]; p < end; p++) box[p] = grayLevels[levels[k++] - 1];
      }
    },
  });
}

/** The level of each voxel, x fastest. */
function levelsOfVoxels(region: Region, bins: Bins, workspace: Workspace): Uint32Array {
  const { runs, nanCount } = region;
  const { data, starts, step } = region.source;
  const levels = workspace.uint32Unset('levels', region.count);
  let k = 0;
  for (let r = 0; r < runs.length; r += 2) {
    let i = starts[r >> 1];
    const end = k + runs[r + 1] - runs[r];
    for (; k < end; k++, i += step) {
      const value = data[i];
      levels[k] = nanCount > 0 && Number.isNaN(value) ? bins.levelOfNaN : bins.levelOf(value);
    }
  }
  return levels;
}

/** Rank the levels of integers by their tally: each value that occurs is put into its bin once. */
function rankTally(
  region: Region,
  { first, counts }: ValueTally,
  bins: Bins,
  workspace: Workspace,
): RankedLevels {
  const grayLevels: number[] = [];
  const frequencies: number[] = [];
  const rankOf = workspace.uint32Unset('rankOfValue', counts.length);
  for (let v = 0; v < counts.length; v++) {
    if (counts[v] === 0) continue;
    // Values ascend, and so do their levels.
    const level = bins.levelOf(first + v);
    if (grayLevels.at(-1) !== level) {
      grayLevels.push(level);
      frequencies.push(0);
    }
    rankOf[v] = grayLevels.length;
    frequencies[grayLevels.length - 1] += counts[v];
  }
  const levels = Float64Array.from(grayLevels);
  return {
    grayLevels: levels,
    frequencies: Float64Array.from(frequencies),
    write(box, as) {
      const levelOf = (rank: number, v: number): number => (counts[v] > 0 ? levels[rank - 1] : 0);
      const names = as === 'rank' ? rankOf : rankOf.map(levelOf);
      writeByValue(box, region, first, names);
    },
  };
}

function writeByValue(box: LevelArray, region: Region, first: number, names: Uint32Array): void {
  const { runs } = region;
  const { data, starts, step } = region.source;
  for (let r = 0; r < runs.length; r += 2) {
    const end = runs[r + 1];
    let i = starts[r >> 1];
    for (let p = runs[r]; p < end; p++, i += step) box[p] = names[data[i] - first];
  }
}

/** The levels that there are, and how often; the levels of the voxels are overwritten by their ranks. */
type LevelCounts = Pick<RankedLevels, 'grayLevels' | 'frequencies'>;

function rankByTally(levels: Uint32Array, highest: number, workspace: Workspace): LevelCounts {
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
  return { grayLevels, frequencies };
}

function rankBySorting(levels: Uint32Array, workspace: Workspace): LevelCounts {
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
  return { grayLevels, frequencies: Float64Array.from(frequencies) };
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
