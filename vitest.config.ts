import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { wasmKernelForVite } from './scripts/build/wasm-kernel.ts';
import { workerSourceForVite } from './scripts/build/worker-source.ts';

// `*.slow.test.ts` runs with `npm run test:slow` only.
const slow = process.env['STEATOSIS_SLOW'] === '1';
const packages = ['core', 'io', 'radiomics', 'ensembles', 'densenet', 'stats', 'cli'];
const project = (name: string, root: string, timeout = 60_000) => ({
  plugins: [workerSourceForVite(), wasmKernelForVite()],
  test: {
    name,
    root,
    setupFiles: [fileURLToPath(new URL('./scripts/build/fast-check-seed.ts', import.meta.url))],
    include: slow ? ['**/*.slow.test.ts'] : ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', ...(slow ? [] : ['**/*.slow.test.ts'])],
    testTimeout: slow ? 1_800_000 : timeout,
    hookTimeout: timeout,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    // As the command does: the compiler Maglev is suspected of miscounting on busy machines (packages/cli/src/compiler.ts).
    execArgv: Number.parseInt(process.versions.node, 10) >= 24 ? ['--no-maglev'] : [],
    projects: [
      ...packages.map((name) => project(name, `packages/${name}`)),
      project('consumer', 'scripts/consumer', 300_000),
      project('examples', 'scripts/examples', 120_000),
      project('paper-audit', 'examples/paper-audit'),
    ],
    coverage: {
      provider: 'v8',
      // Read from the common root when several projects run, from the project's own when one runs.
      include: ['packages/*/src/**/*.ts', 'src/**/*.ts'],
      exclude: ['**/src/bin.ts', '**/*.worker.ts', '**/*.as.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
    },
  },
});
