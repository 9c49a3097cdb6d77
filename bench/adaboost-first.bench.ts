import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'adaboost-first',
  question: 'train 50 stumps on 2400×93 for the first time in a process',
  ours: { file: 'adaboost-first.ts', args: [] },
  peer: { environment: 'science', script: 'adaboost_first.py', args: [], label: 'scikit-learn' },
  tolerance: 1e-9,
  rounds: 5,
};
