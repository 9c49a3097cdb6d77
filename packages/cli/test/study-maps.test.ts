import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSimulatedCohort } from '@steatosis/io/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyOptions } from '../src/study/options.js';
import { runStudyWith } from '../src/study/run-study.js';

/** Half a minute of work on an idle core; a busy machine may need more. */
const MINUTES = 600_000;

/** A cohort whose maps are files of a scanner: the truth of the simulation, renamed. */
let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steatosis-maps-'));
  data = join(folder, 'cohort');
  await writeSimulatedCohort(data, { seed: 1, patients: 8, slices: 2, truth: true });
  await rename(join(data, 'derivatives', 'truth'), join(data, 'derivatives', 'scanner'));
  const [first, ...others] = (await readdir(data)).filter((name) => name.startsWith('sub-')).sort();
  expect(first).toBe('sub-01');
  for (const name of others) await rm(join(data, name), { recursive: true });
}, MINUTES);
afterAll(async () => await rm(folder, { recursive: true, force: true }));

const run = async (name: string, options: StudyOptions = {}) =>
  await runStudyWith(new URL('file:///unused'), {
    data,
    quick: true,
    epochs: 1,
    workers: 0,
    output: join(folder, name),
    ...options,
  });

describe('a study of patients who have maps instead of echoes', () => {
  it(
    'takes PDFF from echoes where there are echoes, from maps elsewhere, and says so',
    async () => {
      const messages: string[] = [];
      const { results, reportPath } = await run('mixed', {
        onMessage: (message) => messages.push(message),
      });
      expect(messages).toEqual([
        "7 of 8 patients have maps of the scanner and no echoes (sub-02, sub-03, sub-04, …): their PDFF is the scanner's, and the DenseNet sees the PDFF map of every patient",
      ]);
      expect(results.settings).toMatchObject({ densenetInput: 'pdff', featureImage: 'pdff' });
      expect(results.cohort).toMatchObject({
        patients: 8,
        rois: 48,
        pdffSources: { echoes: 1, maps: 7 },
      });
      const report = await readFile(reportPath, 'utf8');
      expect(report).toMatch(/PDFF of the scanner<\/strong> for 7 of 8 patients/);
      expect(results.designs.byPatient.meanPdff.testPatient.auc).not.toBeNull();
    },
    MINUTES,
  );

  it.each([
    [{ densenetInput: 'magnitudes' }, /7 of 8 patients .* use --densenet-input pdff, or leave/],
    [{ featureImage: 'firstEcho' }, /features of the first echo cannot be had; use --feature/],
  ] satisfies [StudyOptions, RegExp][])(
    'refuses %j before anything is measured',
    async (options, message) => {
      await expect(run('refused', options)).rejects.toMatchObject({
        code: 'UNUSABLE_COHORT',
        message: expect.stringMatching(message) as string,
      });
    },
  );

  it('names the patient who lacks the image of the features', async () => {
    await expect(run('no-water', { featureImage: 'water' })).rejects.toThrow(
      /^sub-0[2-8]: it has no image for --feature-image water/,
    );
  });
});
