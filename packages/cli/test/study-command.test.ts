import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run, temporaryFolder } from './support/command.js';

const bin = join(import.meta.dirname, '..', 'dist', 'bin.js');
const folder = temporaryFolder();
afterAll(folder.remove);

describe('steatosis study, wrong usage and bad input', () => {
  it.each([
    [['--data', 'x', '--patients', '9'], /--patients is for simulated cohorts/],
    [['--bin-width', '0'], /--bin-width is 0; expected a number > 0/],
    [['--seed', 'one'], /--seed is one; expected a whole number/],
    [['--feature-image', 'inphase'], /supported: pdff, water, fat, firstEcho/],
    [['--permute'], /no option --permute; did you mean --permute-labels\?/],
  ])('%j is wrong usage: status 2', async (options, message) => {
    const { status, stderr } = await run('study', ...options);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });

  it('a folder without a cohort ends with one line, status 1, and leaves nothing', async () => {
    const output = folder.path('nothing');
    const { status, stderr } = await run('study', '--data', folder.path('none'), '-o', output);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*participants\.tsv[^\n]*\n$/);
    expect(existsSync(output)).toBe(false);
  });

  it('a broken participants.tsv is named with line and column', async () => {
    const data = folder.path('broken');
    mkdirSync(data);
    const header =
      'participant_id\tage\tsex\tsteatosis_grade\tpancreatic_steatosis_grade\tmetabolic_syndrome';
    writeFileSync(join(data, 'participants.tsv'), `${header}\nsub-01\t50\tM\tsevere\t0\tno\n`);
    const { status, stderr } = await run('study', '--data', data, '-o', folder.path('never'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*participants\.tsv, line 2, column 4: [^\n]*severe[^\n]*\n$/);
    expect(existsSync(folder.path('never'))).toBe(false);
  });

  it('has help with examples', async () => {
    const { status, stdout } = await run('study', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('steatosis study --quick');
    expect(stdout).toContain('--permute-labels');
  });
});

describe('steatosis study, interrupted', () => {
  const output = folder.path('stopped');
  const argv = ['study', '--quick', '--patients', '8', '--slices', '2', '-o', output];

  /** Run the program and send Ctrl-C once its progress matches. */
  async function interrupted(when: RegExp) {
    const child = spawn(process.execPath, [bin, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    let sent: number | undefined;
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
      if (sent !== undefined || !when.test(stderr)) return;
      sent = performance.now();
      child.kill('SIGINT');
    });
    const status = await new Promise<number | null>((resolve) => {
      child.on('close', (code) => resolve(code));
    });
    return { status, stderr, stopMs: performance.now() - sent! };
  }

  it('stops within a second, says how to go on, and goes on', { timeout: 600_000 }, async () => {
    const first = await interrupted(/measuring ROIs: [2-7]\/8/);
    expect(first.status).toBe(130);
    expect(first.stopMs).toBeLessThan(1000);
    expect(first.stderr).toMatch(/the same command again goes on from there\.\nStopped\.\n$/);
    expect(existsSync(join(output, 'report.html'))).toBe(false);
    expect(existsSync(join(output, 'results.json'))).toBe(false);
    const kept = readdirSync(join(output, 'checkpoint'));
    expect(kept.filter((name) => name.startsWith('patient-')).length).toBeGreaterThanOrEqual(2);
    expect(kept.filter((name) => name.endsWith('.part'))).toEqual([]);

    const second = await interrupted(/already measured/);
    expect(second.status).toBe(130);
    expect(second.stderr).toMatch(/Resuming: [2-8] of 8 patients are already measured/);
  });
});
