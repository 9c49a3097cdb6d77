import {
  denseData,
  InvalidArgumentError,
  sameGridOrThrow,
  type TypedArray,
  type Volume,
} from '@steatosis/core';
import { SegmentationError } from '../errors.js';
import { checkedOptions } from '../options.js';
import type { Segmentation } from '../segmentation/segment.js';
import {
  resolveThresholds,
  steatosisGrade,
  type SteatosisGradeOptions,
  type SteatosisThresholds,
} from './steatosis-grade.js';

/** Maps that {@link summariseSegments} reads, all `[x, y, z]` on one grid. */
export interface SummarisedMaps {
  /** PDFF in %. */
  pdffPercent: Volume;
  /** R2* in 1/s; without it the R2* columns are NaN. */
  r2starPerSecond?: Volume | undefined;
  /** Water and fat signal. Where both are given and both are 0 nothing was separated: such voxels are left out. */
  water?: Volume | undefined;
  fat?: Volume | undefined;
}

/** PDFF and R2* of one Couinaud segment, or of all together. */
export interface SegmentSummary {
  /** Name of the segment; `'all'` for all of them. */
  segment: string;
  /** Value of the segment in the mask; undefined for all. */
  value: number | undefined;
  /** Voxels that count. */
  n: number;
  /** Voxels of the segment that do not: outside the separation's mask, or PDFF not finite. */
  excluded: number;
  pdffMeanPercent: number;
  /** Sample standard deviation (n − 1). */
  pdffSdPercent: number;
  pdffMedianPercent: number;
  /** Over the counted voxels in which R2* is finite. */
  r2starMeanPerSecond: number;
  /** Sample standard deviation (n − 1). */
  r2starSdPerSecond: number;
  /** Grade of the mean PDFF; undefined where no voxel counts. */
  steatosisGrade: 0 | 1 | 2 | 3 | undefined;
}

/** What {@link summariseSegments} gives. */
export interface SegmentsSummary {
  /** One row for each segment, in the order of the segmentation. */
  segments: SegmentSummary[];
  /** All segments together, voxels of several layers once: not the mean of the rows. */
  all: SegmentSummary;
  /** The limits that made the grades, with their source. */
  thresholds: SteatosisThresholds;
}

/**
 * PDFF and R2* by segment: mean, SD, median, number of voxels and the grade that published limits give.
 *
 * Values that are not finite do not count, nor do voxels in which nothing was separated (see
 * {@link SummarisedMaps}); `excluded` says how many. A segment without a counted voxel is a row with n = 0
 * and NaN, an SD of one voxel is NaN. Research software, not a diagnosis: see {@link steatosisGrade}.
 *
 * @param segmentation as `readSegmentation` gives it for the PDFF map as reference
 * @throws GridMismatchError when maps or mask lie on different grids
 * @throws SegmentationError when a segment names a layer that the mask does not have
 * @throws InvalidArgumentError when a map is not of shape `[nx, ny, nz]`
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { summariseSegments } from '@steatosis/io';
 *
 * const pdffPercent = createVolume(Float32Array.of(3, 5, 18, 20, 22), [5, 1, 1]);
 * const mask = createVolume(Uint8Array.of(2, 2, 4, 4, 4), [5, 1, 1]);
 * const segments = [{ value: 2, name: 'seg2' }, { value: 4, name: 'seg4' }];
 *
 * const summary = summariseSegments({ pdffPercent }, { mask, segments });
 * const [second, fourth] = summary.segments;
 * console.log(`${second.pdffMeanPercent} % in ${second.n}, grade ${second.steatosisGrade}`); // 4 % in 2, grade 0
 * console.log(`${fourth.pdffMeanPercent} % in ${fourth.n}, grade ${fourth.steatosisGrade}`); // 20 % in 3, grade 2
 * ```
 */
export function summariseSegments(
  maps: SummarisedMaps,
  { mask, segments }: Segmentation,
  options: SteatosisGradeOptions = {},
): SegmentsSummary {
  checkedOptions('summariseSegments', options, ['thresholds']);
  const thresholds = resolveThresholds(options.thresholds);
  const pdff = valuesOf(maps, 'pdffPercent')!;
  const r2star = valuesOf(maps, 'r2starPerSecond');
  const counts = countedVoxels(pdff, valuesOf(maps, 'water'), valuesOf(maps, 'fat'));
  sameGridOrThrow(maps.pdffPercent, mask, 'pdffPercent', 'mask');
  const labels = denseData(mask);
  const voxels = pdff.length;
  const layers = mask.data.shape[3] ?? 1;

  const row = (segment: string, value: number | undefined, inside: Uint32Array): SegmentSummary => {
    const counted = inside.filter((i) => counts[i] !== 0);
    const fat = Float64Array.from(counted, (i) => pdff[i]);
    const decay = r2star
      ? Float64Array.from(counted, (i) => r2star[i]).filter(Number.isFinite)
      : new Float64Array(0);
    const [pdffMeanPercent, pdffSdPercent] = momentsOf(fat);
    const [r2starMeanPerSecond, r2starSdPerSecond] = momentsOf(decay);
    return {
      segment,
      value,
      n: fat.length,
      excluded: inside.length - fat.length,
      pdffMeanPercent,
      pdffSdPercent,
      pdffMedianPercent: medianOf(fat),
      r2starMeanPerSecond,
      r2starSdPerSecond,
      steatosisGrade: fat.length === 0 ? undefined : steatosisGrade(pdffMeanPercent, options),
    };
  };

  const anywhere = new Uint8Array(voxels);
  const rows = segments.map(({ name, value, layer = 0 }) => {
    if (!(layer >= 0 && layer < layers)) {
      throw new SegmentationError(
        `The segment ${JSON.stringify(name)} lies in layer ${layer}; the mask has ${layers}. Take mask and segments of one file.`,
      );
    }
    const inside = indicesWhere(voxels, (i) => labels[layer * voxels + i] === value);
    for (const i of inside) anywhere[i] = 1;
    return row(name, value, inside);
  });
  const all = row(
    'all',
    undefined,
    indicesWhere(voxels, (i) => anywhere[i] !== 0),
  );
  return { segments: rows, all, thresholds };
}

function valuesOf(maps: SummarisedMaps, name: keyof SummarisedMaps): TypedArray | undefined {
  const map = maps[name];
  if (map === undefined && name !== 'pdffPercent') return undefined;
  if (map?.data?.shape.length !== 3) {
    throw new InvalidArgumentError(name, map?.data?.shape, 'a map of shape [nx, ny, nz]');
  }
  sameGridOrThrow(maps.pdffPercent, map, 'pdffPercent', name);
  return denseData(map);
}

/** 1 for each voxel that was separated and has a finite PDFF. */
function countedVoxels(
  pdff: TypedArray,
  water: TypedArray | undefined,
  fat: TypedArray | undefined,
): Uint8Array {
  return Uint8Array.from(pdff, (value, i) => {
    const empty = water !== undefined && fat !== undefined && water[i] === 0 && fat[i] === 0;
    return Number.isFinite(value) && !empty ? 1 : 0;
  });
}

function indicesWhere(count: number, holds: (i: number) => boolean): Uint32Array {
  const found: number[] = [];
  for (let i = 0; i < count; i++) if (holds(i)) found.push(i);
  return Uint32Array.from(found);
}

/** Mean and sample standard deviation. */
function momentsOf(values: Float64Array): [mean: number, sd: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN];
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const { length } = sorted;
  return length === 0 ? Number.NaN : (sorted[(length - 1) >> 1] + sorted[length >> 1]) / 2;
}
