import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'adaboost',
  question: 'train 50 stumps on 2400×93',
  ours: { file: 'adaboost-train.ts', args: [] },
  peer: { environment: 'science', script: 'adaboost_train.py', args: [], label: 'scikit-learn' },
  tolerance: 1e-9,
  rounds: 5,
};
