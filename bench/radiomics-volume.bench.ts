import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-volume',
  question: '93 features of a 64³ volume with 64 gray levels, image in memory',
  ours: { file: 'radiomics-features.ts', args: ['volume'] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_features.py',
    args: ['volume'],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 5,
};
