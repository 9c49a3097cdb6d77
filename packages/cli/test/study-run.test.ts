import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSimulatedCohort } from '@steatosis/io/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESIGNS, MODELS } from '../src/study/designs.js';
import type { StudyOptions } from '../src/study/options.js';
import type { StudyResults } from '../src/study/results.js';
import { runStudyWith } from '../src/study/run-study.js';

/** Workers load the built package: `npm test` builds first. */
const WORKER = new URL('../dist/study.worker.js', import.meta.url);

/** Half a minute of work on two idle cores; a busy machine may need more. */
const MINUTES = 600_000;

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steatosis-study-'));
  data = join(folder, 'cohort');
  await writeSimulatedCohort(data, { seed: 1, patients: 8, slices: 2 });
}, MINUTES);
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const run = async (name: string, options: StudyOptions = {}) =>
  await runStudyWith(WORKER, {
    data,
    quick: true,
    epochs: 1,
    workers: 2,
    output: join(folder, name),
    ...options,
  });
const bytesOf = async (name: string) => await readFile(join(folder, name, 'results.json'), 'utf8');

describe('runStudy', () => {
  it(
    'gives the same bytes with two workers, with one, and after an interruption',
    async () => {
      await run('two');
      const whole = await bytesOf('two');

      const stop = new AbortController();
      const stopped = run('one', {
        workers: 1,
        signal: stop.signal,
        onProgress: ({ done, message }) => {
          if (done === 4 && message?.startsWith('separating')) stop.abort();
        },
      });
      await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
      expect(existsSync(join(folder, 'one', 'results.json'))).toBe(false);
      expect(existsSync(join(folder, 'one', 'report.html'))).toBe(false);

      const messages: string[] = [];
      const measured: number[] = [];
      await run('one', {
        workers: 1,
        onMessage: (message) => messages.push(message),
        onProgress: ({ done, message }) => {
          if (message?.startsWith('separating')) measured.push(done);
        },
      });
      expect(messages).toContain('Resuming: 4 of 8 patients are already measured');
      expect(measured[0]).toBe(4);
      const again = await bytesOf('one');
      if (again !== whole) process.stderr.write(differences(whole, again));
      expect(again).toBe(whole);
      expect((await readdir(join(folder, 'one'))).sort()).toEqual(['report.html', 'results.json']);
      expect(await readFile(join(folder, 'one', 'report.html'), 'utf8')).toBe(
        await readFile(join(folder, 'two', 'report.html'), 'utf8'),
      );

      const results = JSON.parse(whole) as StudyResults;
      expect(results).toMatchObject({
        seed: 1,
        permutedLabels: false,
        cohort: { patients: 8, rois: 48 },
        features: { extracted: 126, kept: 93 },
      });
      expect(Object.keys(results.designs)).toEqual([...DESIGNS]);
      for (const design of DESIGNS) {
        expect(Object.keys(results.designs[design])).toEqual([...MODELS]);
        // One epoch of batches of 32 over the augmented rows.
        const losses = results.densenetLossPerStep[design];
        const { negative, positive } = results.splits[design].fit.rows;
        expect(losses).toHaveLength(Math.ceil((negative + positive) / 32));
        expect(losses.at(-1)).toBeLessThan(losses[0]!);
      }
      expect(whole).not.toContain(folder);
    },
    MINUTES,
  );

  it(
    'starts afresh, and says so, when the checkpoint belongs to another seed',
    async () => {
      const stop = new AbortController();
      const first = run('other', {
        signal: stop.signal,
        onProgress: ({ done, message }) => {
          if (done === 1 && message?.startsWith('separating')) stop.abort();
        },
      });
      await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
      const messages: string[] = [];
      const again = new AbortController();
      const second = run('other', {
        seed: 2,
        signal: again.signal,
        onMessage: (message) => messages.push(message),
        onProgress: ({ message }) => {
          if (message?.startsWith('separating')) again.abort();
        },
      });
      await expect(second).rejects.toMatchObject({ code: 'ABORTED' });
      expect(messages).toEqual([expect.stringMatching(/starting afresh$/)]);
    },
    MINUTES,
  );

  it('ends a broken participants.tsv with its line and writes nothing', async () => {
    const broken = await cohortOf('broken', (table) => table.replace(/\t[MF]\t/, '\tX\t'));
    const failing = run('nothing', { data: broken });
    await expect(failing).rejects.toThrow(/participants\.tsv, line 2, column 3: sex is "X"/);
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it('says why a cohort without two classes cannot be studied', async () => {
    await expect(run('none', { positiveGrade: 3 })).rejects.toThrow(
      /0 of 8 graded patients have grade 3 or above.*--positive-grade/,
    );
  });

  it('names the patient whose files are at fault', async () => {
    const missing = await cohortOf('missing', (table) => table.replaceAll('sub-', 'sub-9'));
    const failing = run('missing-output', { data: missing });
    await expect(failing).rejects.toMatchObject({ code: 'BAD_PATIENT' });
    await expect(failing).rejects.toThrow(/^sub-90[12]: .*sub-90[12]/);
    expect(existsSync(join(folder, 'missing-output', 'results.json'))).toBe(false);
  });
});

/** Lines that differ: the first loss that does tells where two fits part. */
function differences(first: string, second: string): string {
  const lines = second.split('\n');
  return first
    .split('\n')
    .flatMap((line, i) => (line === lines[i] ? [] : [`line ${i + 1}: ${line} / ${lines[i]}\n`]))
    .slice(0, 40)
    .join('');
}

/** A cohort that is only a table: the one of the simulated cohort, changed. */
async function cohortOf(name: string, change: (table: string) => string): Promise<string> {
  const table = await readFile(join(data, 'participants.tsv'), 'utf8');
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'participants.tsv'), change(table));
  return join(folder, name);
}
