import type { Vector3 } from '@steatosis/core';

/** The discretised part of an image in which neighbourhoods lie; plain data, which can go to a worker. */
export interface LevelVolume {
  /** Voxels along x, y, z. */
  size: Vector3;
  /** Rank of the gray level of each voxel from 1, x fastest; 0 for voxels that count in no neighbourhood. */
  ranks: Uint32Array;
  /** The gray level of each rank, rank 1 first. */
  grayLevels: Float64Array;
  /** Image values in the same places; empty where no feature needs them. */
  values: Float64Array;
}

/** Slices from `first` to `end` − 1. */
export function slicesOf(volume: LevelVolume, first: number, end: number): LevelVolume {
  const { size, grayLevels } = volume;
  const slice = size[0] * size[1];
  return {
    size: [size[0], size[1], end - first],
    ranks: volume.ranks.slice(first * slice, end * slice),
    grayLevels,
    values: volume.values.slice(first * slice, end * slice),
  };
}
