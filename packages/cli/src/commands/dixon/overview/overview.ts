import type { DicomMapName, Segmentation } from '@steatosis/io/node';
import type { ColourMapName } from '../../../report/colour-map.js';
import type { Maps } from '../maps.js';
import { chooseSlices } from './choose-slices.js';
import { outlineOf, type RegionOutline } from './outlines.js';
import { segmentSlices, tissueOf, type Upright, uprightOf } from './upright.js';

/** How a map is shown. */
interface StripStyle {
  key: DicomMapName;
  title: string;
  unit: string;
  colours: ColourMapName;
  /** Fixed limits; without them from 0 to the bright end of the slices shown. */
  range?: readonly [number, number];
  /** Without limits: from −most to most. */
  symmetric?: boolean;
}

const STRIPS: readonly StripStyle[] = [
  { key: 'pdffPercent', title: 'PDFF', unit: '%', colours: 'viridis', range: [0, 40] },
  { key: 'r2starPerSecond', title: 'R2*', unit: '1/s', colours: 'inferno', range: [0, 150] },
  { key: 'water', title: 'Water', unit: 'a.u.', colours: 'grey' },
  { key: 'fat', title: 'Fat', unit: 'a.u.', colours: 'grey' },
  { key: 'inPhase', title: 'In phase', unit: 'a.u.', colours: 'grey' },
  { key: 'outOfPhase', title: 'Out of phase', unit: 'a.u.', colours: 'grey' },
  { key: 'fieldMapHz', title: 'Field map', unit: 'Hz', colours: 'coolwarm', symmetric: true },
  { key: 'pdffSdPercent', title: 'SD of PDFF', unit: '%', colours: 'viridis', range: [0, 5] },
  { key: 'swapSuspect', title: 'Swap suspects', unit: '0/1', colours: 'inferno', range: [0, 1] },
];

/** One map in all slices shown. */
export interface Strip {
  title: string;
  unit: string;
  colours: ColourMapName;
  range: readonly [number, number];
  /** Values of each slice, `width × height`; NaN where nothing was separated. */
  slices: Float32Array[];
}

/** One slice shown. */
export interface ShownSlice {
  /** Number from 1, counted from the feet. */
  number: number;
  outlines: RegionOutline[];
}

/** What the overview shows, as a picture and as a page. */
export interface Overview {
  /** Size of every slice in voxels, air around the body left out. */
  width: number;
  height: number;
  /** Height of a voxel over its width. */
  voxelAspect: number;
  slices: ShownSlice[];
  /** Number of slices of the maps. */
  sliceCount: number;
  strips: Strip[];
}

/** Choose slices, windows and outlines. */
export function overviewOf(maps: Maps, rois?: Segmentation): Overview {
  const shown = STRIPS.flatMap((style) => {
    const volume = maps[style.key];
    return volume === undefined ? [] : [{ style, map: uprightOf(volume) }];
  });
  const { map: shape } = shown[0]!;
  const tissue = tissueOf(maps, shape);
  const indices = Array.from({ length: shape.slices }, (_, slice) => slice);
  const inSlice = rois && segmentSlices(rois);
  const chosen = chooseSlices(
    indices.map((slice) => countOf(tissue(slice))),
    inSlice && rois.segments.map((segment) => indices.map((i) => countOf(inSlice(segment, i)))),
  );
  const air = chosen.map(tissue);
  const box = bodyBox(air, shape);
  return {
    width: box.width,
    height: box.height,
    voxelAspect: shape.voxelAspect,
    sliceCount: shape.slices,
    slices: chosen.map((slice) => ({
      number: slice + 1,
      outlines: (rois?.segments ?? []).flatMap((segment) => {
        const voxels = cut(inSlice!(segment, slice), shape.width, box);
        const label = segment.name.replace(/^(?:segment|seg) ?/i, 'S');
        return outlineOf(Uint8Array.from(voxels), box.width, box.height, label) ?? [];
      }),
    })),
    strips: shown.map(({ style, map }) => {
      const slices = chosen.map((slice, i) => {
        const values = Float32Array.from(map.slice(slice), (value, at) =>
          air[i]![at] === 0 ? Number.NaN : value,
        );
        return cut(values, shape.width, box);
      });
      const { title, unit, colours } = style;
      return { title, unit, colours, range: style.range ?? rangeOf(slices, style), slices };
    }),
  };
}

/** Maps side by side: of a few slices there is room for several. */
export function stripsAcross({ slices }: Overview): number {
  return slices.length === 1 ? 3 : slices.length === 2 ? 2 : 1;
}

function countOf(voxels: Uint8Array): number {
  return voxels.reduce((sum, value) => sum + value, 0);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Air left around the body, in voxels. */
const RIM = 4;

/** The part of the slices that holds tissue in any of them. */
function bodyBox(tissue: readonly Uint8Array[], { width, height }: Upright): Box {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (const slice of tissue) {
    slice.forEach((value, i) => {
      if (value === 0) return;
      left = Math.min(left, i % width);
      right = Math.max(right, i % width);
      top = Math.min(top, Math.floor(i / width));
      bottom = Math.max(bottom, Math.floor(i / width));
    });
  }
  if (right < 0) return { x: 0, y: 0, width, height };
  const x = Math.max(0, left - RIM);
  const y = Math.max(0, top - RIM);
  return {
    x,
    y,
    width: Math.min(width, right + RIM + 1) - x,
    height: Math.min(height, bottom + RIM + 1) - y,
  };
}

function cut(values: ArrayLike<number>, width: number, box: Box): Float32Array {
  return Float32Array.from({ length: box.width * box.height }, (_, i) => {
    const [x, y] = [box.x + (i % box.width), box.y + Math.floor(i / box.width)];
    return values[y * width + x]!;
  });
}

/** To the largest value, leaving out the two percent that would darken the rest, rounded up to two digits. */
function rangeOf(slices: readonly Float32Array[], { symmetric }: StripStyle): [number, number] {
  const sizes = Float64Array.from(
    slices.flatMap((slice) => Array.from(slice, Math.abs).filter((value) => value > 0)),
  ).sort();
  const most = sizes[Math.floor(0.98 * (sizes.length - 1))];
  if (most === undefined || !Number.isFinite(most)) return [symmetric === true ? -1 : 0, 1];
  const digit = 10 ** (Math.floor(Math.log10(most)) - 1);
  const end = Number((Math.ceil(most / digit) * digit).toPrecision(2));
  return [symmetric === true ? -end : 0, end];
}
