import type { Bench } from './harness/bench.ts';

const size = ['1000000', '28', '30', '2'];

export const bench: Bench = {
  name: 'xgboost-million-2',
  question: 'train 30 trees of depth 6 on 1,000,000×28, two threads a side',
  ours: { file: 'xgboost-train.ts', args: size },
  peer: { environment: 'science', script: 'xgboost_train.py', args: size, label: 'XGBoost' },
  // Margins are float32 sums of many leaves.
  tolerance: 1e-5,
  rounds: 3,
};
