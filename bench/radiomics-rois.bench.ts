import type { Bench } from './harness/bench.ts';

export const bench: Bench = {
  name: 'radiomics-rois',
  question: '93 features of 2,400 ROIs of 16×16 voxels, images in memory',
  ours: { file: 'radiomics-features.ts', args: ['rois'] },
  peer: {
    environment: 'pyradiomics',
    script: 'pyradiomics_features.py',
    args: ['rois'],
    label: 'PyRadiomics',
  },
  tolerance: 1e-9,
  rounds: 3,
};
