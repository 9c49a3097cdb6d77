import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'laplacian-of-gaussian',
  question: 'Laplacian of Gaussian of a 128³ volume, sigma 2 voxels',
  ours: { file: 'laplacian-of-gaussian.ts', args: [] },
  peer: {
    environment: 'pyradiomics',
    script: 'simpleitk_log.py',
    args: [],
    label: 'SimpleITK',
  },
  // The same bits but for the last of exp() and cos().
  tolerance: 1e-7,
  rounds: 7,
};
