/** The tsup settings that every published package shares. */
import type { Options } from 'tsup';
import { wasmKernelForEsbuild } from './wasm-kernel.ts';
import { workerSourceForEsbuild } from './worker-source.ts';

export function library(overrides: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    dts: true,
    sourcemap: true,
    clean: true,
    target: 'es2022',
    platform: 'neutral',
    esbuildPlugins: [workerSourceForEsbuild(), wasmKernelForEsbuild()],
    ...overrides,
  };
}
