/** Settings of voxel-based maps. Ignored by every other function. */
export interface VoxelSettings {
  /** Voxels on each side of the voxel whose neighbourhood is measured, an integer ≥ 1. Default 1. */
  kernelRadius?: number;
  /** Only voxels of the region count in a neighbourhood. Default true. */
  maskedKernel?: boolean;
  /** Value of the maps outside the region; may be NaN. Default 0. */
  initValue?: number;
  /** Voxels to compute at a time in PyRadiomics; memory is bounded here without it. Default −1. */
  voxelBatch?: number;
}

/** {@link VoxelSettings} with every default filled in. */
export type ResolvedVoxelSettings = Required<VoxelSettings>;

export const VOXEL_DEFAULTS = {
  kernelRadius: 1,
  maskedKernel: true,
  initValue: 0,
  voxelBatch: -1,
} as const satisfies ResolvedVoxelSettings;
