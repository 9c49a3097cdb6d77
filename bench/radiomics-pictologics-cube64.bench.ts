import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-pictologics-cube64',
  question: '93 features of a 64³ volume; pictologics: 113, on two threads',
  ours: { file: 'radiomics-volumes.ts', args: ['cube64', 'texture', 'pictologics'] },
  peer: {
    environment: 'pictologics',
    script: 'pictologics_volumes.py',
    args: ['cube64', 'texture'],
    label: 'pictologics',
  },
  tolerance: 1e-9,
  rounds: 9,
};
