import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'voxel-maps',
  question:
    '24 co-occurrence features around each of 20³ voxels, 32 gray levels, neighbourhoods of 3³',
  ours: { file: 'voxel-maps.ts', args: [] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_voxel_maps.py',
    args: [],
    label: 'PyRadiomics',
  },
  // MCC is the root of an eigenvalue that may be 0: PyRadiomics has it to the root of the rounding.
  tolerance: 1e-7,
  // PyRadiomics takes half a minute for one.
  rounds: 2,
};
