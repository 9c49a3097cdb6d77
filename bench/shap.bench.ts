import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'shap',
  question: 'SHAP values of 2400×93 from 100 trees of depth 6',
  ours: { file: 'shap-values.ts', args: [] },
  peer: { environment: 'science', script: 'shap_values.py', args: [], label: 'XGBoost' },
  // XGBoost sums in float32.
  tolerance: 1e-5,
  rounds: 5,
};
