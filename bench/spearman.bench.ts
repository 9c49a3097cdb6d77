import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'spearman',
  question: 'Spearman’s correlation with P at n = 10⁶',
  ours: { file: 'roc-statistics.ts', args: ['spearman'] },
  peer: { environment: 'science', script: 'roc_statistics.py', args: ['spearman'], label: 'SciPy' },
  tolerance: 1e-10,
  rounds: 5,
};
