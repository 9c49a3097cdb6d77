import { defineConfig } from 'tsup';
import { library } from '../../scripts/build/library.ts';

export default defineConfig(
  library({ entry: ['src/index.ts', 'src/node.ts'], external: [/^node:/] }),
);
