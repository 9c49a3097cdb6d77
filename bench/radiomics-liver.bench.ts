import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-liver',
  question: '93 features of an ellipsoid of 1.5 million voxels in a volume of 320×256×70',
  ours: { file: 'radiomics-volumes.ts', args: ['liver', 'texture', 'pyradiomics'] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_volumes.py',
    args: ['liver', 'texture'],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 3,
};
