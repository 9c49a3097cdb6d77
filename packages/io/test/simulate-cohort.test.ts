import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { denseData, sameGrid } from '@steatosis/core';
import { afterAll, expect, test } from 'vitest';
import { readCohort } from '../src/node/cohort.js';
import { writeSimulatedCohort } from '../src/node/simulate-cohort.js';
import { checkedCohortSettings, simulatePatient } from '../src/simulate/cohort.js';
import { cohortCells } from '../src/simulate/composition.js';

const root = await mkdtemp(path.join(tmpdir(), 'steatosis-simulate-'));
afterAll(() => rm(root, { recursive: true, force: true }));

/** Path and hash of every file below a folder. */
async function fingerprint(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const hash = async (name: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path.join(folder, name)))
      .digest('hex');
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await hash(name)] as const)),
  );
}

const small = { patients: 2, seed: 7, slices: 2, truth: true };

test('the files are the same for any number of workers, and after an interruption', async () => {
  const inProcess = path.join(root, 'workers-0');
  const report = await writeSimulatedCohort(inProcess, { ...small, workers: 0 });
  expect(report).toMatchObject({ simulated: 2, resumed: 0 });
  const expected = await fingerprint(inProcess);

  const onWorkers = path.join(root, 'workers-2');
  await writeSimulatedCohort(onWorkers, { ...small, workers: 2 });
  expect(await fingerprint(onWorkers)).toEqual(expected);

  const interrupted = path.join(root, 'interrupted');
  const controller = new AbortController();
  const stopped = writeSimulatedCohort(interrupted, {
    ...small,
    workers: 1,
    signal: controller.signal,
    onProgress: ({ done }) => done === 1 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(stat(path.join(interrupted, 'participants.tsv'))).rejects.toThrow('ENOENT');
  const resumed = await writeSimulatedCohort(interrupted, { ...small, workers: 1 });
  expect(resumed).toMatchObject({ simulated: 1, resumed: 1, participants: report.participants });
  expect(await fingerprint(interrupted)).toEqual(expected);
});

test('a damaged patient is made again, other settings start afresh and say so', async () => {
  const folder = path.join(root, 'again');
  const warnings: string[] = [];
  const options = { ...small, truth: false, onWarning: (text: string) => warnings.push(text) };
  await writeSimulatedCohort(folder, options);
  const before = await fingerprint(folder);
  await rm(path.join(folder, 'sub-02/anat/sub-02_echo-3_part-imag_MEGRE.nii.gz'));
  expect(await writeSimulatedCohort(folder, options)).toMatchObject({ simulated: 1, resumed: 1 });
  expect(await fingerprint(folder)).toEqual(before);
  expect(warnings).toEqual([]);

  await writeFile(path.join(folder, 'notes.txt'), 'mine');
  const other = { ...options, patients: 1 };
  expect(await writeSimulatedCohort(folder, other)).toMatchObject({ simulated: 1, resumed: 0 });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('starts afresh');
  const after = Object.keys(await fingerprint(folder));
  expect(after.filter((name) => name.includes('sub-02'))).toEqual([]);
  expect(after).toContain('notes.txt');
});

test('a folder with patients of another origin is left alone', async () => {
  const folder = await mkdtemp(path.join(root, 'real-'));
  await writeFile(path.join(folder, 'participants.tsv'), 'participant_id\nsub-01\n');
  await expect(writeSimulatedCohort(folder, small)).rejects.toMatchObject({
    code: 'FOLDER_IN_USE',
    folder,
  });
  expect(await readdir(folder)).toEqual(['participants.tsv']);
});

test('the folder is laid out as BIDS with regions in derivatives', async () => {
  const folder = path.join(root, 'workers-0');
  const names = Object.keys(await fingerprint(folder));
  expect(names.filter((name) => !name.includes('sub-'))).toMatchInlineSnapshot(`
    [
      "dataset_description.json",
      "derivatives/rois/dataset_description.json",
      "derivatives/simulation/dataset_description.json",
      "derivatives/simulation/simulation.json",
      "derivatives/truth/dataset_description.json",
      "participants.json",
      "participants.tsv",
    ]
  `);
  expect(names.filter((name) => name.includes('sub-01'))).toMatchInlineSnapshot(`
    [
      "derivatives/rois/sub-01/anat/sub-01_rois.nii.gz",
      "derivatives/simulation/sub-01_simulation.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-couinaud_dseg.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-couinaud_dseg.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-field_map.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-field_map.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-m0_map.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-m0_map.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-pdff_map.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-pdff_map.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-phase_map.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-phase_map.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-r2star_map.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-r2star_map.nii.gz",
      "derivatives/truth/sub-01/anat/sub-01_desc-tissue_dseg.json",
      "derivatives/truth/sub-01/anat/sub-01_desc-tissue_dseg.nii.gz",
      "derivatives/truth/sub-01/sub-01_truth.json",
      "sub-01/anat/sub-01_echo-1_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-1_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-1_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-1_part-real_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-2_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-2_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-2_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-2_part-real_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-3_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-3_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-3_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-3_part-real_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-4_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-4_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-4_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-4_part-real_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-5_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-5_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-5_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-5_part-real_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-6_part-imag_MEGRE.json",
      "sub-01/anat/sub-01_echo-6_part-imag_MEGRE.nii.gz",
      "sub-01/anat/sub-01_echo-6_part-real_MEGRE.json",
      "sub-01/anat/sub-01_echo-6_part-real_MEGRE.nii.gz",
    ]
  `);
  expect(await readFile(path.join(folder, 'participants.tsv'), 'utf8')).toMatchInlineSnapshot(`
    "participant_id	age	sex	steatosis_grade	pancreatic_steatosis_grade	metabolic_syndrome
    sub-01	60	M	1	1	no
    sub-02	53	F	0	0	no
    "
  `);
  const sidecar = await readFile(
    path.join(folder, 'sub-01/anat/sub-01_echo-2_part-real_MEGRE.json'),
    'utf8',
  );
  expect(JSON.parse(sidecar)).toMatchInlineSnapshot(`
    {
      "EchoTime": 0.0023,
      "FlipAngle": 5,
      "MagneticFieldStrength": 1.5,
      "RepetitionTimeExcitation": 0.0103,
    }
  `);
});

test('readers give back what was simulated', async () => {
  const settings = checkedCohortSettings({ seed: small.seed, patients: 2, slices: 2 });
  const cells = cohortCells(2, small.seed);
  let index = 0;
  for await (const read of readCohort(path.join(root, 'workers-0'))) {
    const made = simulatePatient(settings, index, cells[index]);
    expect(read.id).toBe(made.id);
    expect(read.clinical).toEqual(made.clinical);
    const multiEcho = await read.readMultiEcho();
    expect(multiEcho).toMatchObject({
      echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
      fieldStrengthT: 1.5,
      flipAngleDeg: 5,
      repetitionTimeMs: 10.3,
    });
    for (const part of ['real', 'imaginary'] as const) {
      const found = multiEcho[part]!;
      expect(sameGrid(found, made.multiEcho[part], 1e-4)).toBe(true);
      const values = denseData(found);
      expect(denseData(made.multiEcho[part]).every((v, i) => v === values[i])).toBe(true);
    }
    const rois = await read.readRois(multiEcho.real!);
    expect(rois.map((roi) => [roi.label, roi.box])).toEqual(
      made.rois.map((roi) => [roi.segment, { start: roi.startVoxel, size: [16, 16, 1] }]),
    );
    index += 1;
  }
  expect(index).toBe(2);
});

test('unknown and impossible options are refused before anything is written', async () => {
  const folder = path.join(root, 'never');
  const wrong = [
    { patients: 0 },
    { patients: 2.5 },
    { seed: 0.5 },
    { slices: 1 },
    { slices: 71 },
    { matrix: [320, 100] as [number, number] },
    { snr: 0 },
    { snr: Number.NaN },
    { pancreaticCorrelation: 1.1 },
    { metabolicSyndromeLogOdds: Number.NaN },
    { workers: -1 },
    { gzipLevel: 0 },
    { part: 'phase' as 'mag-phase' },
    { colour: 'red' },
  ];
  for (const options of wrong) {
    await expect(writeSimulatedCohort(folder, { ...small, ...options })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  }
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});
