import type { Bench } from './harness/bench.ts';

const size = ['100000', '93', '100', '1'];

export const bench: Bench = {
  name: 'xgboost-wide',
  question: 'train 100 trees of depth 6 on 100,000×93, one thread',
  ours: { file: 'xgboost-train.ts', args: size },
  peer: { environment: 'science', script: 'xgboost_train.py', args: size, label: 'XGBoost' },
  // Margins are float32 sums of many leaves.
  tolerance: 1e-5,
  rounds: 3,
};
