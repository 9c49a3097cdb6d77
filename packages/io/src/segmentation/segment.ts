import type { Volume } from '@steatosis/core';

/** One named structure of a segmentation. */
export interface Segment {
  /** Value of its voxels in the mask (of its layer). */
  value: number;
  name: string;
  /** Index along the last axis of the mask; absent where the mask has one layer. */
  layer?: number | undefined;
  /** Red, green, blue, each 0 … 1. */
  color?: [number, number, number] | undefined;
}

/** Voxels that say which structure they belong to, and the names of the structures. */
export interface Segmentation {
  /** Integers `[x, y, z]`, or `[x, y, z, layer]` where segments overlap; 0 is background. */
  mask: Volume;
  segments: Segment[];
}
