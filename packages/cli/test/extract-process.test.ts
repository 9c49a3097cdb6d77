import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow, fixtures, run, temporaryFolder } from './support/command.js';

const bin = join(import.meta.dirname, '..', 'dist', 'bin.js');
const folder = temporaryFolder();
afterAll(folder.remove);

const CASES = 60;

beforeAll(() => {
  const line = `${join(fixtures, 'brain1-image.nrrd')},${join(fixtures, 'brain1-label.nrrd')}`;
  // Every case with a channel of its own shares its files with none, and is a task of its own.
  const lines = Array.from({ length: CASES }, (_, i) => `${line},${i}`);
  writeFileSync(folder.path('cases.csv'), ['Image,Mask,Label_channel', ...lines, ''].join('\n'));
});

function argv(output: string, workers: number, ...more: string[]): string[] {
  const files = ['--cases', folder.path('cases.csv'), '-o', folder.path(output)];
  return ['extract', ...files, '--features', 'firstorder', '--workers', `${workers}`, ...more];
}

/** Run the built program and kill it when a tenth of the cases is done. */
async function killed(output: string, signal: NodeJS.Signals): Promise<string> {
  const child = spawn(process.execPath, [bin, ...argv(output, 2)], { stdio: 'pipe' });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
    // Once: a second SIGINT ends the process before its last word.
    if (!child.killed && /: ([6-9]|[1-5]\d)\/60 cases/.test(stderr)) child.kill(signal);
  });
  await new Promise((resolve) => {
    child.on('close', resolve);
  });
  return stderr;
}

test.each(['SIGINT', 'SIGKILL'] as const)(
  'stopped by %s and resumed on another number of workers, the output has the bytes of one go',
  async (signal) => {
    const whole = folder.path('whole.csv');
    if (!existsSync(whole)) await run(...argv('whole.csv', 0));
    const output = `${signal}.csv`;
    const stderr = await killed(output, signal);
    if (signal === 'SIGINT') {
      expect(stderr).toContain(
        `are kept in ${folder.path(output)}.journal.jsonl; go on with --resume.`,
      );
      expect(stderr).toMatch(/Stopped\.\n$/);
    }
    expect(existsSync(folder.path(output))).toBe(false);
    const { status, stdout } = await run(...argv(output, 0, '--resume'));
    const [, already] = /in 60 cases, (\d+) were already there\n$/.exec(stdout) ?? [];
    expect([status, Number(already) >= 6 && Number(already) < CASES]).toEqual([0, true]);
    expect(readFileSync(folder.path(output))).toEqual(readFileSync(whole));
    expect(filesBelow(folder.path()).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
);
