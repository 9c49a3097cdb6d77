import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-cube128',
  question: '93 features of a 128³ volume with 64 gray levels',
  ours: { file: 'radiomics-volumes.ts', args: ['cube128', 'texture', 'pyradiomics'] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_volumes.py',
    args: ['cube128', 'texture'],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 3,
};
