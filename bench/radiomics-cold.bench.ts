import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-cold',
  question: '93 features of 2,400 ROIs of 16×16 voxels, from the start of the process to its end',
  ours: { file: 'radiomics-cold.ts', args: [] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_cold.py',
    args: [],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 2,
};
