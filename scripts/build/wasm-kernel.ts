/**
 * `import bytes from './kernels/my.as.ts?wasm'` gives a function that returns the WebAssembly module
 * compiled from an AssemblyScript file, so users of a package need no bundler set-up. The compiled bytes
 * are kept in `node_modules/.cache/wasm-kernels` under the hash of everything that they depend on. One
 * transform serves tsup (esbuild), the worker sources bundled inside it, and vitest.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin as EsbuildPlugin } from 'esbuild';
import type { Plugin as VitePlugin } from 'vite';

const SUFFIX = '?wasm';

/** The stub runtime never frees: kernels use memory that the caller lays out. */
const ASC_OPTIONS = [
  '--optimizeLevel=3',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--enable=simd',
];

/** For files named `*.shared.as.ts`: the memory is imported and may be shared between threads. */
const SHARED_MEMORY_OPTIONS = [
  '--enable=threads',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory=1',
  '--maximumMemory=65536',
];

/** What is used of the compiler: its own types would declare AssemblyScript's library in every package. */
interface Compiler {
  main(
    args: readonly string[],
    host: {
      writeFile(name: string, contents: Uint8Array | string): void;
      stdout: { write(chunk: unknown): void };
      stderr: { write(chunk: unknown): void };
    },
  ): Promise<{ error: Error | null }>;
}

/** A `string` and no literal, so that TypeScript does not look into it. */
const COMPILER: string = 'assemblyscript/asc';

const cache = fileURLToPath(new URL('../../node_modules/.cache/wasm-kernels', import.meta.url));
const compiled = new Map<string, Promise<Uint8Array>>();

/** Compile an AssemblyScript file, or find what it compiled to before. */
async function compileKernel(entry: string): Promise<Uint8Array> {
  const key = hashOf(sourcesOf(entry), optionsOf(entry));
  const known = compiled.get(key) ?? cachedOrCompiled(entry, key);
  compiled.set(key, known);
  return known;
}

async function cachedOrCompiled(entry: string, key: string): Promise<Uint8Array> {
  const file = join(cache, `${key}.wasm`);
  if (existsSync(file)) return readFileSync(file);
  const bytes = await runCompiler(entry);
  mkdirSync(cache, { recursive: true });
  // Several builds may write at once: each moves a whole file into place.
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, bytes);
  renameSync(partial, file);
  return bytes;
}

async function runCompiler(entry: string): Promise<Uint8Array> {
  // Loaded on demand: the compiler is large and most builds find their kernels in the cache.
  const { default: asc } = (await import(COMPILER)) as { default: Compiler };
  const messages: string[] = [];
  let output: Uint8Array | undefined;
  const args = [
    basename(entry),
    '--baseDir',
    dirname(entry),
    '--outFile',
    'k.wasm',
    ...optionsOf(entry),
  ];
  const { error } = await asc.main(args, {
    writeFile: (_name, contents) => {
      if (typeof contents !== 'string') output = contents;
    },
    stdout: { write: () => undefined },
    stderr: { write: (chunk) => void messages.push(String(chunk)) },
  });
  if (error || output === undefined) {
    throw new Error(`${entry} does not compile:\n${messages.join('')}${error?.message ?? ''}`);
  }
  return output;
}

function optionsOf(entry: string): readonly string[] {
  return entry.endsWith('.shared.as.ts') ? [...ASC_OPTIONS, ...SHARED_MEMORY_OPTIONS] : ASC_OPTIONS;
}

/** The file and every file that it imports, in the order in which they are met. */
function sourcesOf(entry: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(entry)) return seen;
  const text = readFileSync(entry, 'utf8');
  seen.set(entry, text);
  for (const [, path] of text.matchAll(/from\s+'(\.[^']+)'/g)) {
    sourcesOf(resolve(dirname(entry), `${path}.ts`), seen);
  }
  return seen;
}

function hashOf(sources: Map<string, string>, options: readonly string[]): string {
  const { version } = createRequire(import.meta.url)('assemblyscript/package.json') as {
    version: string;
  };
  const parts = [version, ...options];
  for (const [path, text] of sources) parts.push(basename(path), text);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A module without work at load time, so that bundlers can drop it. */
async function moduleOf(entry: string): Promise<string> {
  const base64 = Buffer.from(await compileKernel(entry)).toString('base64');
  return `export default () => Uint8Array.from(atob('${base64}'), (c) => c.charCodeAt(0));`;
}

export function wasmKernelForEsbuild(): EsbuildPlugin {
  return {
    name: 'wasm-kernel',
    setup(b) {
      b.onResolve({ filter: /\.as\.ts\?wasm$/ }, (args) => ({
        path: resolve(args.resolveDir, args.path.slice(0, -SUFFIX.length)),
        namespace: 'wasm-kernel',
        sideEffects: false,
      }));
      b.onLoad({ filter: /.*/, namespace: 'wasm-kernel' }, async (args) => ({
        contents: await moduleOf(args.path),
        loader: 'js',
        watchFiles: [...sourcesOf(args.path).keys()],
      }));
    },
  };
}

export function wasmKernelForVite(): VitePlugin {
  return {
    name: 'wasm-kernel',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith(`.as.ts${SUFFIX}`) || importer === undefined) return null;
      return '\0wasm-kernel:' + resolve(dirname(importer), source.slice(0, -SUFFIX.length));
    },
    async load(id) {
      if (!id.startsWith('\0wasm-kernel:')) return null;
      const entry = id.slice('\0wasm-kernel:'.length);
      for (const file of sourcesOf(entry).keys()) this.addWatchFile(file);
      return moduleOf(entry);
    },
  };
}
