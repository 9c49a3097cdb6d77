import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-pictologics-liver',
  question: '93 features of an ellipsoid of 1.5 million voxels; pictologics: 113, on two threads',
  ours: { file: 'radiomics-volumes.ts', args: ['liver', 'texture', 'pictologics'] },
  peer: {
    environment: 'pictologics',
    script: 'pictologics_volumes.py',
    args: ['liver', 'texture'],
    label: 'pictologics',
  },
  tolerance: 1e-9,
  rounds: 9,
};
