import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'xgboost-predict',
  question: 'margins of 100,000×93 from 100 trees of depth 6',
  ours: { file: 'xgboost-predict.ts', args: [] },
  peer: { environment: 'science', script: 'xgboost_predict.py', args: [], label: 'XGBoost' },
  tolerance: 1e-5,
  rounds: 7,
};
