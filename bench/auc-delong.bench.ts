import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'auc-delong',
  question: 'AUC with its DeLong variance at n = 10⁶',
  ours: { file: 'roc-statistics.ts', args: ['auc'] },
  peer: { environment: 'science', script: 'roc_statistics.py', args: ['auc'], label: 'NumPy' },
  tolerance: 1e-10,
  rounds: 5,
};
