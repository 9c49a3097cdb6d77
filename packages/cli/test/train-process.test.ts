import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from './support/command.js';
import { csvOf, madeUpRows } from './support/made-up-features.js';

const bin = join(import.meta.dirname, '..', 'dist', 'bin.js');
const folder = temporaryFolder();
afterAll(folder.remove);

beforeAll(() => {
  writeFileSync(folder.path('features.csv'), csvOf(madeUpRows(40, 6)));
});

/** Run the built program; Ctrl-C comes when its errors show what is waited for. */
async function runProcess(command: string, interruptWhen?: RegExp) {
  const child = spawn(process.execPath, [bin, ...command.split(' ')], {
    cwd: folder.path(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  let interrupted = 0;
  child.stdout.resume();
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
    if (interrupted === 0 && interruptWhen?.test(stderr)) {
      interrupted = performance.now();
      child.kill('SIGINT');
    }
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...ending) => resolve(ending));
  });
  const status = code ?? (signal === 'SIGINT' ? 130 : -1);
  return { status, stderr, stopMs: performance.now() - interrupted };
}

const argvFor = (output: string, workers: string, rounds: string) =>
  `train features.csv --target grade --group ID -o ${output} --report ${output}-report --workers ${workers} ` +
  `--set nEstimators=${rounds} --set learningRate=0.01`;

test('workers change no byte of the model, nor of what it said of held-out rows', async () => {
  expect(await runProcess(argvFor('two.json', '2', '10'))).toMatchObject({ status: 0 });
  expect(await runProcess(argvFor('none.json', '0', '10'))).toMatchObject({ status: 0 });
  const same = (...names: [string, string]) =>
    expect(readFileSync(folder.path(names[0]))).toEqual(readFileSync(folder.path(names[1])));
  same('two.json', 'none.json');
  for (const file of ['held-out-predictions.csv', 'metrics.json', 'index.html']) {
    same(`two.json-report/${file}`, `none.json-report/${file}`);
  }
});

test.each(['0', '2'])(
  'Ctrl-C during a training with %s workers leaves nothing',
  async (workers) => {
    const stopped = await runProcess(
      argvFor('stopped.json', workers, '20000'),
      /training: [1-9]\d*\/120000/,
    );
    expect(stopped.status).toBe(130);
    expect(stopped.stopMs).toBeLessThan(2000);
    expect(existsSync(folder.path('stopped.json'))).toBe(false);
    expect(filesBelow(folder.path()).filter((name) => /stopped|\.part/.test(name))).toEqual([]);
  },
);
