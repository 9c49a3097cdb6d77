import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type OutputFile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { wasmKernelForEsbuild } from '../../../scripts/build/wasm-kernel.js';
import { workerSourceForEsbuild } from '../../../scripts/build/worker-source.js';

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/**
 * What a page that imports some names of this package carries: everything they need, gzipped.
 *
 * @param splitting leave out what is imported on demand
 */
async function bundleOf(
  names: readonly string[],
  splitting = false,
): Promise<{ gzipped: number; text: string }> {
  const result = await build({
    stdin: {
      contents: `export { ${names.join(', ')} } from ${JSON.stringify(entry)};`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    splitting,
    outdir: 'unwritten',
    plugins: [workerSourceForEsbuild(), wasmKernelForEsbuild()],
  });
  const loaded = filesLoadedWith(result.outputFiles);
  const text = loaded.map((file) => file.text).join('\n');
  return { gzipped: gzipSync(text).length, text };
}

/** The entry and what it imports statically, directly or not: what is imported on demand is not loaded. */
function filesLoadedWith(files: readonly OutputFile[]): OutputFile[] {
  const loaded = new Set([files.find(({ path }) => path.endsWith('stdin.js'))!]);
  for (const { text } of loaded) {
    for (const [, name] of text.matchAll(/(?:from|^import)\s*"\.\/([^"]+)"/g)) {
      loaded.add(files.find(({ path }) => path.endsWith(`/${name}`))!);
    }
  }
  return [...loaded];
}

describe('what a page has to load', () => {
  it('is at most 60 kB for matrices and features', async () => {
    const families = ['glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'];
    const names = ['discretise', ...families, ...families.map((name) => `${name}Features`)];
    const { gzipped } = await bundleOf(names);
    expect(gzipped).toBeLessThan(60_000);
  });

  it('is at most 120 kB for extractFeatures with every filter, and no worker', async () => {
    const { gzipped, text } = await bundleOf(['extractFeatures'], true);
    expect(gzipped).toBeLessThan(120_000);
    expect(text).not.toContain('extractShare');
  });

  it('holds no filter, no file format and no other family for one of them', async () => {
    const one = await bundleOf(['glszm', 'glszmFeatures']);
    const all = await bundleOf(['glszm', 'glszmFeatures', 'glcm', 'glcmFeatures']);
    expect(one.gzipped).toBeLessThan(all.gzipped);
    for (const foreign of ['ClusterShade', 'log-sigma', 'prettyErrors', 'Image-original']) {
      expect(one.text.includes(foreign), foreign).toBe(false);
    }
  });

  it('holds no description of features for who only extracts them', async () => {
    const extraction = await bundleOf(['extractFeatures']);
    const description = await bundleOf(['describeFeature', 'listFeatures']);
    expect(extraction.text.includes('Haralick')).toBe(false);
    expect(description.text.includes('Haralick')).toBe(true);
    expect(description.gzipped).toBeLessThan(20_000);
  });
});
