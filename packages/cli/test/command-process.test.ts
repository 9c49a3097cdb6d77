import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesBelow, fixtures, run, temporaryFolder, type Outcome } from './support/command.js';

const bin = join(import.meta.dirname, '..', 'dist', 'bin.js');
const folder = temporaryFolder();
afterAll(folder.remove);

/** Run the built program in a process of its own; `interruptWhen` sends it Ctrl-C. */
async function runProcess(
  argv: readonly string[],
  interruptWhen?: (stderr: string) => boolean,
): Promise<Outcome & { stopMs: number | undefined }> {
  const child = spawn(process.execPath, [bin, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  const outcome = { status: -1, stdout: '', stderr: '' };
  let interrupted: number | undefined;
  child.stdout.on('data', (text: Buffer) => (outcome.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => {
    outcome.stderr += text.toString();
    if (interrupted === undefined && interruptWhen?.(outcome.stderr)) {
      interrupted = performance.now();
      child.kill('SIGINT');
    }
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('close', (...ending) => resolve(ending));
  });
  outcome.status = code ?? (signal === 'SIGINT' ? 130 : -1);
  return { ...outcome, stopMs: interrupted && performance.now() - interrupted };
}

test('the program is built', () => {
  expect(existsSync(bin), 'run the build of this package first').toBe(true);
  expect(readFileSync(bin, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('exit status and streams of a process', async () => {
  expect(await runProcess(['--help'])).toMatchObject({ status: 0, stderr: '' });
  expect(await runProcess(['simluate'])).toMatchObject({ status: 2, stdout: '' });
  const bad = await runProcess(['info', folder.path('nowhere')]);
  expect(bad.status).toBe(1);
  expect(bad.stderr).toMatch(/^error: [^\n]+\n$/);
  const good = await runProcess(['info', join(fixtures, 'brain1-label.nrrd'), '--json']);
  expect(JSON.parse(good.stdout)).toMatchObject({ kind: 'image', shape: [51, 74, 11] });
});

test('simulate stops within a second of Ctrl-C and goes on where it stopped', async () => {
  const output = folder.path('cohort');
  const argv = ['simulate', '-o', output, '--patients', '6', '--slices', '2', '--workers', '1'];
  const stopped = await runProcess(argv, (stderr) => /simulating: [2-9]\/6/.test(stderr));
  expect(stopped).toMatchObject({ status: 130 });
  expect(stopped.stopMs).toBeLessThan(1000);
  expect(stopped.stderr).toMatch(/Stopped\.\n$/);
  expect(filesBelow(output).filter((name) => name.includes('.part'))).toEqual([]);
  expect(readdirSync(output)).not.toContain('participants.tsv');
  const done = await runProcess(argv);
  expect(done.stdout).toMatch(/: \d+ patients simulated, \d+ were already there\n$/);
  expect((await run('info', output)).stdout).toContain('cohort, 6 participants');
});

test('dixon stopped by Ctrl-C leaves nothing', async () => {
  const output = folder.path('maps');
  const stopped = await runProcess(
    ['dixon', folder.path('cohort', 'sub-03', 'anat'), '-o', output, '--workers', '1'],
    (stderr) => stderr.includes('finding field candidates'),
  );
  expect(stopped.status).toBe(130);
  expect(stopped.stopMs).toBeLessThan(1000);
  expect(existsSync(output)).toBe(false);
});
