import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'kendall',
  question: 'Kendall’s tau-b with P at n = 10⁶',
  ours: { file: 'roc-statistics.ts', args: ['kendall'] },
  peer: { environment: 'science', script: 'roc_statistics.py', args: ['kendall'], label: 'SciPy' },
  tolerance: 1e-10,
  rounds: 5,
};
