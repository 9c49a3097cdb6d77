/**
 * `import source from './my.worker.ts?worker-source'` gives the worker, bundled to one classic
 * script, as a string. The same string starts a `worker_threads` worker in Node and a Blob worker in a
 * browser, so users of a package need no bundler set-up. One transform serves tsup (esbuild) and vitest.
 */
import { dirname, resolve } from 'node:path';
import { build, type Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';
import { wasmKernelForEsbuild } from './wasm-kernel.ts';

const SUFFIX = '?worker-source';

async function bundleWorker(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    keepNames: true, // errors cross to the caller by the name of their class
    format: 'iife',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    plugins: [noWorkerOfWorkers(), wasmKernelForEsbuild()],
  });
  const output = result.outputFiles[0];
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  return output.text;
}

/** Workers start no workers: what they share with the calling thread may know how to, and needs no source for it. */
function noWorkerOfWorkers(): EsbuildPlugin {
  return {
    name: 'no-worker-of-workers',
    setup(b) {
      b.onResolve({ filter: /\?worker-source$/ }, ({ path }) => ({ path, namespace: 'no-worker' }));
      b.onLoad({ filter: /.*/, namespace: 'no-worker' }, () => ({ contents: '', loader: 'text' }));
    },
  };
}

export function workerSourceForEsbuild(): EsbuildPlugin {
  return {
    name: 'worker-source',
    setup(b) {
      b.onResolve({ filter: /\?worker-source$/ }, (args) => ({
        path: resolve(args.resolveDir, args.path.slice(0, -SUFFIX.length)),
        namespace: 'worker-source',
      }));
      b.onLoad({ filter: /.*/, namespace: 'worker-source' }, async (args) => ({
        contents: await bundleWorker(args.path),
        loader: 'text',
        watchFiles: [args.path],
      }));
    },
  };
}

export function workerSourceForVite(): VitePlugin {
  return {
    name: 'worker-source',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(SUFFIX) || importer === undefined) return null;
      return '\0worker-source:' + resolve(dirname(importer), source.slice(0, -SUFFIX.length));
    },
    async load(id) {
      if (!id.startsWith('\0worker-source:')) return null;
      const source = await bundleWorker(id.slice('\0worker-source:'.length));
      return `export default ${JSON.stringify(source)};`;
    },
  };
}
