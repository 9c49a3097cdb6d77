import type { Bench } from './harness/bench.ts';

// Its own peer is the same batch on two workers: radiomics-batch-2.
export const bench: Bench = {
  name: 'radiomics-batch-1',
  question: '93 features of 24 volumes of 96×96×64, on one worker',
  ours: { file: 'radiomics-batch.ts', args: ['1'] },
  tolerance: 0,
  rounds: 3,
};
