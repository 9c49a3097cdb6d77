import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'bootstrap-auc',
  question: '10,000 bootstrap AUCs within classes at n = 2,000',
  ours: { file: 'bootstrap-auc.ts', args: [] },
  peer: { environment: 'science', script: 'bootstrap_auc.py', args: [], label: 'scikit-learn' },
  tolerance: 1e-12,
  rounds: 3,
};
