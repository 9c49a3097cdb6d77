import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'resampling',
  question: 'cubic B-spline resampling of a 128³ volume to 192³, float32, image in memory',
  ours: { file: 'resampling.ts', args: [] },
  peer: {
    environment: 'pyradiomics',
    script: 'resampling.py',
    args: [],
    label: 'SimpleITK',
  },
  // Both sides round the same double to float32, where the last bit of the double may tip it.
  tolerance: 1e-6,
  rounds: 5,
};
