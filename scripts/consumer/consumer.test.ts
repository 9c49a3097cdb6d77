import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';
import { installConsumer, must, node20, tsc, type Consumer } from './install.ts';
import { browserProgram, nodeProgram, typedProgram } from './programs.ts';

let consumer: Consumer;
beforeAll(async () => {
  consumer = await installConsumer();
});
afterAll(() => rmSync(consumer.folder, { recursive: true, force: true }));

describe('a project that installs the packed packages', () => {
  const oldest = node20();
  // Platforms for which no Node 20 is carried as a package cannot run these two.
  const why =
    oldest === undefined ? ` (skipped: no Node 20 is carried for ${process.platform})` : '';

  test.skipIf(oldest === undefined)(`runs as ESM on Node 20${why}`, async () => {
    writeFileSync(join(consumer.folder, 'esm.mjs'), nodeProgram('esm'));
    expect(await must(oldest!, ['esm.mjs'], consumer.folder)).toContain('v20.');
  });

  test.skipIf(oldest === undefined)(`runs as CommonJS on Node 20${why}`, async () => {
    writeFileSync(join(consumer.folder, 'cjs.cjs'), nodeProgram('cjs'));
    expect(await must(oldest!, ['cjs.cjs'], consumer.folder)).toContain('v20.');
  });

  test.skipIf(oldest === undefined)(`runs the command on Node 20${why}`, async () => {
    const bin = join(consumer.folder, 'node_modules', 'steatosis', 'dist', 'bin.js');
    expect(await must(oldest!, [bin, '--version'], consumer.folder)).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    { module: 'nodenext', moduleResolution: 'nodenext', extensions: ['ts', 'mts', 'cts'] },
    { module: 'esnext', moduleResolution: 'bundler', extensions: ['ts', 'mts'] },
  ])('compiles in TypeScript with $moduleResolution', async ({ extensions, ...options }) => {
    const folder = join(consumer.folder, `types-${options.moduleResolution}`);
    mkdirSync(folder, { recursive: true });
    for (const extension of extensions)
      writeFileSync(join(folder, `main.${extension}`), typedProgram);
    const compilerOptions = {
      ...options,
      target: 'es2022',
      lib: ['es2022', 'dom'],
      strict: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['.'] }),
    );
    const { output } = await runCommand(tsc, ['-p', folder]);
    expect(output).toBe('');
  });
});

describe('a page made with Vite', () => {
  const browser = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ].find((path) => path !== undefined && existsSync(path));
  const why = browser === undefined ? ' (skipped: no Chromium found; set CHROMIUM_PATH)' : '';

  test.skipIf(browser === undefined)(`runs in a real Chromium, workers too${why}`, async () => {
    writeFileSync(join(consumer.folder, 'page.js'), browserProgram);
    writeFileSync(
      join(consumer.folder, 'index.html'),
      '<!doctype html><title>consumer</title><script type="module" src="/page.js"></script>',
    );
    await build({ root: consumer.folder, logLevel: 'silent', build: { target: 'es2022' } });
    const server = await serve(join(consumer.folder, 'dist'));
    const chrome = await chromium.launch({
      executablePath: browser!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    try {
      const page = await chrome.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      await page.goto(`http://127.0.0.1:${server.port}/`);
      await page
        .waitForFunction('document.title !== "consumer"', undefined, { timeout: 60_000 })
        .catch(() => undefined);
      expect(faults).toEqual([]);
      expect(await page.title()).toBe('done');
      expect(JSON.parse((await page.textContent('body'))!)).toEqual({
        features: 93,
        workers: [1, 4, 9],
        auc: 0.75,
        pdff: 'near 20 %',
        trees: 2,
        probabilities: 'sum to 1',
      });
    } finally {
      await chrome.close();
      server.close();
    }
  });
});

/** A file server for one folder on a free port of this machine. */
async function serve(folder: string): Promise<{ port: number; close(): void }> {
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.wasm': 'application/wasm',
  };
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : request.url!.split('?')[0]!.slice(1);
    readFile(join(folder, name)).then(
      (bytes) => {
        response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/plain' });
        response.end(bytes);
      },
      () => {
        response.writeHead(404);
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}
