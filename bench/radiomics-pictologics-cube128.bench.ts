import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-pictologics-cube128',
  question: '93 features of a 128³ volume; pictologics: 113, on two threads',
  ours: { file: 'radiomics-volumes.ts', args: ['cube128', 'texture', 'pictologics'] },
  peer: {
    environment: 'pictologics',
    script: 'pictologics_volumes.py',
    args: ['cube128', 'texture'],
    label: 'pictologics',
  },
  tolerance: 1e-9,
  rounds: 9,
};
