import type { Bench } from './harness/bench.ts';

// mri-fatwater would need minutes and gigabytes for a volume of this size.
export const bench: Bench = {
  name: 'dixon-volume',
  question: 'separate water and fat in 320×256×70 voxels with six echoes, on two workers',
  ours: { file: 'dixon-volume.ts', args: [] },
  tolerance: 0,
  rounds: 3,
};
