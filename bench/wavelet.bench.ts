import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'wavelet',
  question: 'the eight sub-bands of a 128³ volume, coif1, double precision, image in memory',
  ours: { file: 'wavelet.ts', args: [] },
  peer: {
    environment: 'pyradiomics',
    script: 'wavelet.py',
    args: [],
    label: 'PyWavelets',
  },
  tolerance: 0,
  rounds: 7,
};
