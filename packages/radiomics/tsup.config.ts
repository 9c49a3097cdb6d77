import { defineConfig } from 'tsup';
import { library } from '../../scripts/build/library.ts';
import manifest from './package.json' with { type: 'json' };

export default defineConfig(
  library({ define: { STEATOSIS_RADIOMICS_VERSION: JSON.stringify(manifest.version) } }),
);
