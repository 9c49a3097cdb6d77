import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-pictologics-shape',
  question:
    '14 shape features of an ellipsoid of 1.5 million voxels; pictologics: its morphology, on two threads',
  ours: { file: 'radiomics-volumes.ts', args: ['liver', 'shape', 'pictologics'] },
  peer: {
    environment: 'pictologics',
    script: 'pictologics_volumes.py',
    args: ['liver', 'shape'],
    label: 'pictologics',
  },
  tolerance: 1e-9,
  rounds: 9,
};
