import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../run-command.ts';
import { root } from '../workspace.ts';
import { collectExamples, promisedOutputs } from './collect.ts';

const folder = join(root, 'scripts', '.examples');
const examples = collectExamples().map((example, i) => ({
  ...example,
  file: join(folder, `example-${i}`),
}));

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of examples) {
    // `export {}` makes a module of an example without imports, so that names do not collide.
    writeFileSync(`${file}.ts`, `${code}\nexport {};\n`);
    const { code: script } = await transform(code, {
      loader: 'ts',
      format: 'esm',
      target: 'es2022',
    });
    writeFileSync(`${file}.mjs`, script);
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: { noUncheckedIndexedAccess: false },
      include: ['*.ts'],
    }),
  );
});

test('every example type-checks against the built packages', async () => {
  const { status, output } = await runCommand('tsc', ['-p', folder], { cwd: root });
  const readable = examples.reduce(
    (text, { file, place }) =>
      text.replaceAll(`${file.slice(root.length + 1)}.ts`, `${place} as ${file}.ts`),
    output,
  );
  expect(readable).toBe('');
  expect(status).toBe(0);
});

describe('every example prints what its comments say', () => {
  test.each(examples.map(({ place, file, code }) => [place, file, code] as const))(
    '%s',
    async (_place, file, code) => {
      const printed: string[] = [];
      const log = console.log;
      console.log = (...values: unknown[]) => {
        printed.push(
          formatWithOptions({ colors: false, breakLength: Infinity }, ...(values as [unknown])),
        );
      };
      try {
        await import(/* @vite-ignore */ pathToFileURL(`${file}.mjs`).href);
      } finally {
        console.log = log;
      }
      const promised = promisedOutputs(code);
      const logs = code.match(/console\.log\(/g)?.length ?? 0;
      expect(promised.length, 'each console.log has its output as a comment on its line').toBe(
        logs,
      );
      promised.forEach((text, i) => {
        const actual = printed[i] ?? '(nothing)';
        // `[1, 2]` in a comment reads better than the `[ 1, 2 ]` that Node prints.
        const bare = (value: string) => value.replace(/\s/g, '');
        if (!bare(text).startsWith(`${bare(actual)}:`)) expect(bare(actual)).toBe(bare(text));
      });
    },
  );
});
