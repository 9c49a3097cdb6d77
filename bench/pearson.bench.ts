import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'pearson',
  question: 'Pearson’s correlation with P at n = 10⁶',
  ours: { file: 'roc-statistics.ts', args: ['pearson'] },
  peer: { environment: 'science', script: 'roc_statistics.py', args: ['pearson'], label: 'SciPy' },
  tolerance: 1e-10,
  rounds: 15,
};
