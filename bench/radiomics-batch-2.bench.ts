import type { Bench } from './harness/bench.ts';

// Its own peer is the same batch on one worker: radiomics-batch-1.
export const bench: Bench = {
  name: 'radiomics-batch-2',
  question: '93 features of 24 volumes of 96×96×64, on two workers',
  ours: { file: 'radiomics-batch.ts', args: ['2'] },
  tolerance: 0,
  rounds: 3,
};
