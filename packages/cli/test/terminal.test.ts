import { expect, test } from 'vitest';
import { AbortedError } from '@steatosis/core';
import { reportError } from '../src/terminal/errors.js';
import { createProgress } from '../src/terminal/progress.js';
import { Warnings } from '../src/terminal/warnings.js';
import { runIn } from './support/command.js';

function sink(isTTY = false) {
  const written = {
    text: '',
    isTTY,
    columns: 100,
    write: (text: string) => (written.text += text),
  };
  return written;
}

const worldOf = (stderr: ReturnType<typeof sink>, env: Record<string, string> = {}) => ({
  stdout: sink(),
  stderr,
  env,
  guard: <T>(work: (signal: AbortSignal) => Promise<T>) => work(new AbortController().signal),
});

test('progress elsewhere than on a terminal: a line every tenth and for every stage', () => {
  const stderr = sink();
  const progress = createProgress(stderr, 'simulating', 'patients');
  for (let done = 0; done <= 50; done++) {
    progress.onProgress({ done, total: 50, message: `sub-${done}` });
  }
  const lines = stderr.text.trimEnd().split('\n');
  expect(lines).toHaveLength(11);
  expect(lines[0]).toBe('simulating: 0/50 patients');
  expect(lines[10]).toBe('simulating: 50/50 patients');
  progress.onProgress({ done: 50, message: 'writing tables' });
  expect(stderr.text).toMatch(/writing tables: 50 patients\n$/);
  progress.line('a note');
  progress.finish();
  expect(stderr.text).toMatch(/a note\n$/);
});

test('progress on a terminal: a bar that goes away', () => {
  // What cli-progress wants of a terminal's stream.
  const stderr = Object.assign(sink(true), {
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  const progress = createProgress(stderr, 'separating', 'voxels');
  progress.onProgress({ done: 1, total: 4 });
  progress.line('a note');
  progress.onProgress({ done: 2, total: 4, message: 'fitting' });
  progress.onProgress({ done: 3, total: 5, message: 'fitting' });
  progress.finish();
  expect(stderr.text).toContain('separating [');
  expect(stderr.text).toContain('2/4 voxels');
  expect(stderr.text).toContain('a note\n');
});

test('warnings of one kind become one line', () => {
  const warnings = new Warnings();
  for (const name of ['a', 'b', 'a', 'c', 'd']) warnings.add(`${name}.txt is no DICOM file.`);
  warnings.add('other.nii: the axes are sheared.');
  warnings.add('other.nii: the axes are sheared.');
  expect(warnings.lines()).toEqual([
    'a.txt is no DICOM file. (The same holds for 3 more.)',
    'other.nii: the axes are sheared.',
  ]);
});

test('an error is one line; the stack comes only when asked for by STEATOSIS_DEBUG', () => {
  const plain = sink();
  expect(reportError(new Error('two\n  lines'), worldOf(plain), false)).toBe(1);
  expect(plain.text).toBe('error: two lines\n');
  const debug = sink();
  reportError(new Error('why'), worldOf(debug, { STEATOSIS_DEBUG: '1' }), true);
  expect(debug.text).toContain('terminal.test.ts');
  const stopped = sink();
  expect(reportError(new AbortedError(), worldOf(stopped), false)).toBe(130);
  expect(stopped.text).toBe('Stopped.\n');
});

test('colours only where a terminal shows them and nobody forbids them', async () => {
  const argv = ['info', 'nowhere.nii'];
  const red = '\u001b[31merror:\u001b[39m';
  const text = async (isTTY: boolean, env: Record<string, string>) => {
    const stderr = sink(isTTY);
    await runIn({ stderr, env }, argv);
    return stderr.text;
  };
  expect(await text(true, {})).toContain(red);
  expect(await text(false, { FORCE_COLOR: '1' })).toContain(red);
  expect(await text(true, { NO_COLOR: '1' })).toMatch(/^error: /);
  expect(await text(false, {})).toMatch(/^error: /);
});
