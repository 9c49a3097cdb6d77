import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'xgboost',
  question: 'train 100 trees of depth 6 on 2400×93',
  ours: { file: 'xgboost-train.ts', args: [] },
  peer: { environment: 'science', script: 'xgboost_train.py', args: [], label: 'XGBoost' },
  // Margins are float32 sums of 100 leaves.
  tolerance: 1e-5,
  rounds: 5,
};
