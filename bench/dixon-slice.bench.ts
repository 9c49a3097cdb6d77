import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'dixon-slice',
  question: 'separate water and fat in a slice of 320×256 voxels with six echoes',
  ours: { file: 'dixon-slice.ts', args: [] },
  peer: {
    environment: 'fatwater',
    script: 'dixon_slice.py',
    args: [],
    label: 'mri-fatwater',
  },
  // Mean PDFF (%) of regions of 256 voxels, by 1 percentage point: the peer has R2* on a grid of 1/s up
  // to 144 /s and the field on a grid of 100 values.
  tolerance: 0.01,
  scale: 100,
  rounds: 5,
};
