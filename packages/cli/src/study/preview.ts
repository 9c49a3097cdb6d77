import { type Box, denseData, type Volume } from '@steatosis/core';
import { AIR, PREVIEW_STEP_PERCENT, type SlicePreview } from './patient-data.js';

/** An ROI as far as a picture needs it. */
interface DrawnRoi {
  segment: string;
  box: Box;
}

/** Volumes on one grid, of which slices are kept. */
interface PreviewedMaps {
  /** Air where neither water nor fat was found, or where it is no number. */
  pdffPercent: Volume;
  water: Volume | undefined;
  fat: Volume | undefined;
  anatomy: { title: string; volume: Volume };
}

/** Keep the slices that hold ROIs as 8-bit pictures. */
export function previewOf(maps: PreviewedMaps, rois: readonly DrawnRoi[]): SlicePreview {
  const [width = 1, height = 1] = maps.pdffPercent.data.shape;
  const indices = [...new Set(rois.map((roi) => roi.box.start[2]))].sort((a, b) => a - b);
  const inSlice = (index: number) => rois.filter((roi) => roi.box.start[2] === index);
  const cut = (volume: Volume, index: number) =>
    denseData(volume).subarray(index * width * height, (index + 1) * width * height);
  const slices = indices.map((index) => {
    const water = maps.water && cut(maps.water, index);
    const fat = maps.fat && cut(maps.fat, index);
    const isAir = (value: number, i: number) =>
      Number.isNaN(value) || (water?.[i] === 0 && fat?.[i] === 0);
    return {
      index,
      pdff: Uint8Array.from(cut(maps.pdffPercent, index), (value, i) =>
        isAir(value, i) ? AIR : codeOf(value),
      ),
      outlines: inSlice(index).map(({ segment, box }) => ({
        x: box.start[0],
        y: box.start[1],
        width: box.size[0],
        height: box.size[1],
        label: segment.replace('seg', 'S'),
      })),
    };
  });
  const most = Math.max(...slices.map((slice) => slice.outlines.length));
  const magnitudeSlice = slices.findIndex((slice) => slice.outlines.length === most);
  const bright = cut(maps.anatomy.volume, indices[magnitudeSlice]!);
  const ceiling = percentile99(bright);
  return {
    width,
    height,
    voxelAspect: maps.pdffPercent.spacing[1] / maps.pdffPercent.spacing[0],
    magnitudeTitle: maps.anatomy.title,
    magnitude: Uint8Array.from(bright, (value) =>
      Math.min(255, Math.max(0, Math.round((255 * value) / ceiling))),
    ),
    magnitudeSlice,
    slices,
  };
}

function codeOf(pdffPercent: number): number {
  return Math.min(AIR - 1, Math.max(0, Math.round(pdffPercent / PREVIEW_STEP_PERCENT)));
}

function percentile99(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const value = sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
  return value > 0 ? value : 1;
}
