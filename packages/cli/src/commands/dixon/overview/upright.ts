import { denseData, reorient, type TypedArray, type Volume } from '@steatosis/core';
import type { Segment, Segmentation } from '@steatosis/io/node';
import type { Maps } from '../maps.js';

/** A volume whose axes point to the left, posterior and superior, and its slices. */
export interface Upright {
  width: number;
  height: number;
  slices: number;
  /** Height of a voxel over its width. */
  voxelAspect: number;
  /** Values of one slice, x fastest. */
  slice: (index: number) => TypedArray;
}

/** Slices as radiologists look at them: axial, the patient's right side on the left. */
export function uprightOf(volume: Volume): Upright {
  const turned = reorient(volume, 'LPS');
  const [width = 1, height = 1, slices = 1] = turned.data.shape;
  const data = denseData(turned);
  return {
    width,
    height,
    slices,
    voxelAspect: turned.spacing[1] / turned.spacing[0],
    slice: (index) => data.subarray(index * width * height, (index + 1) * width * height),
  };
}

/** Whether a voxel of a slice was separated: without water and fat images every voxel with a value was. */
export function tissueOf(maps: Maps, shape: Upright): (slice: number) => Uint8Array {
  const [water, fat] = [maps.water, maps.fat].map((map) => map && uprightOf(map));
  return (index) => {
    const tissue = new Uint8Array(shape.width * shape.height).fill(1);
    if (water === undefined || fat === undefined) return tissue;
    const [w, f] = [water.slice(index), fat.slice(index)];
    return tissue.map((_, i) => (w[i] === 0 && f[i] === 0 ? 0 : 1));
  };
}

/** Voxels of a segment in a slice. */
export type SegmentSlice = (segment: Segment, index: number) => Uint8Array;

/** Reads segments slice by slice, also those of overlapping layers. */
export function segmentSlices({ mask }: Segmentation): SegmentSlice {
  const turned = reorient(mask, 'LPS');
  const [width = 1, height = 1, slices = 1] = turned.data.shape;
  const data = denseData(turned);
  return ({ value, layer = 0 }, index) => {
    const start = (layer * slices + index) * width * height;
    return Uint8Array.from(data.subarray(start, start + width * height), (label) =>
      label === value ? 1 : 0,
    );
  };
}
