import { defineConfig } from 'tsup';
import { library } from '../../scripts/build/library.ts';

export default defineConfig(
  library({
    entry: {
      index: 'src/index.ts',
      bin: 'src/bin.ts',
      'extract.worker': 'src/commands/extract/extract.worker.ts',
      'train.worker': 'src/commands/train/train.worker.ts',
      'study.worker': 'src/study/study.worker.ts',
    },
    platform: 'node',
    shims: true,
  }),
);
