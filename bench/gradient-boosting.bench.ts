import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'gradient-boosting',
  question: 'train 100 exact trees of depth 3 on 2400×93',
  ours: { file: 'gradient-boosting-train.ts', args: [] },
  peer: {
    environment: 'science',
    script: 'gradient_boosting_train.py',
    args: [],
    label: 'scikit-learn',
  },
  tolerance: 1e-9,
  rounds: 5,
};
