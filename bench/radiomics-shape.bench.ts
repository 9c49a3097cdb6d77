import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-shape',
  question: 'shape features of an ellipsoid of 1.5 million voxels',
  ours: { file: 'radiomics-volumes.ts', args: ['liver', 'shape', 'pyradiomics'] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_volumes.py',
    args: ['liver', 'shape'],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 1,
};
