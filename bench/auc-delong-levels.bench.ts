import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'auc-delong-levels',
  question: 'AUC with its DeLong variance at n = 10⁶, scores of 130 levels',
  ours: { file: 'roc-statistics.ts', args: ['auc-levels'] },
  peer: {
    environment: 'science',
    script: 'roc_statistics.py',
    args: ['auc-levels'],
    label: 'NumPy',
  },
  tolerance: 1e-10,
  scale: 1e-12, // the variance is about 1e-7
  rounds: 5,
};
