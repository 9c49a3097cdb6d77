import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { denseData } from '@steatosis/core';
import { readImage } from '@steatosis/io/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesBelow, fixtures, run, temporaryFolder, unpackDicom } from './support/command.js';

const folder = temporaryFolder();
afterAll(folder.remove);
beforeAll(() => {
  unpackDicom(folder.path('dicom'));
  mkdirSync(folder.path('nothing'));
  mkdirSync(folder.path('letters'));
  for (let i = 0; i < 9; i++) writeFileSync(folder.path('letters', `${i}.txt`), 'dear doctor');
});

const IDENTIFYING = /SYNTHETIC\^PHANTOM|SYNSHARED|(?<![\d.])(?:19|20)\d{6}(?!\d)|\d+(?:\.\d+){5,}/;

test('info says what a folder of DICOM files holds, without names, dates and UIDs', async () => {
  for (const json of [[], ['--json']]) {
    const { status, stdout, stderr } = await run('info', folder.path('dicom'), ...json);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(IDENTIFYING);
    expect(stdout).toContain('Philips');
  }
  const { stdout } = await run('info', folder.path('dicom'), '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'dicom',
    multiEcho: {
      shape: [64, 52, 1, 6],
      complex: true,
      echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
      fieldStrengthT: 1.5,
    },
  });
  const kept = await run('info', folder.path('dicom'), '--keep-identifiers');
  expect(kept.stdout).toMatch(/SeriesInstanceUID +1\.2\.826/);
  expect(kept.stdout).toContain('SYNTHETIC^PHANTOM');
});

test('info describes images', async () => {
  const { stdout } = await run('info', join(fixtures, 'brain1-image.nrrd'));
  expect(stdout).toMatchInlineSnapshot(`
    "NRRD image
      size        51 × 74 × 11 voxels
      spacing     0.78125 × 0.78125 × 6.5 mm
      origin      25.3906, 35.5469, -19.5 mm (LPS)
      axes point  LAS
      values      int16
    "
  `);
});

test('messages keep UIDs to themselves unless told otherwise', async () => {
  const uid = folder.path('dicom', '1.2.826.0.1.3680043.10.1449.1.99.dcm');
  writeFileSync(uid, 'no DICOM file');
  const hidden = await run('info', uid);
  expect(hidden.status).toBe(1);
  expect(hidden.stderr).not.toMatch(IDENTIFYING);
  expect((await run('info', uid, '--keep-identifiers')).stderr).toContain('1.2.826');
  writeFileSync(uid, '');
  const warned = await run('dixon', folder.path('dicom'), '-o', folder.path('never'));
  expect(warned.stderr).not.toMatch(IDENTIFYING);
});

test.each([
  ['info', ['nothing']],
  ['info', ['letters']],
  ['dixon', ['nothing', '-o', 'out']],
  ['dixon', ['letters', '-o', 'out']],
  ['convert', ['nothing', '-o', 'out.nii.gz']],
  ['convert', ['letters', '-o', 'out.nii.gz']],
  ['convert', ['dicom', '-o', 'out.nii.gz']],
  ['convert', ['missing', '-o', 'out.nii.gz']],
])('%s %j is bad input: one clear line, status 1, no output', async (command, words) => {
  const argv = words.map((word) => (word === '-o' ? word : folder.path(word)));
  const { status, stdout, stderr } = await run(command, ...argv);
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect([status, stdout]).toEqual([1, '']);
  expect(filesBelow(folder.path()).filter((name) => name.startsWith('out'))).toEqual([]);
});

test('convert keeps voxels and place', async () => {
  const input = join(fixtures, 'brain1-image.nrrd');
  const output = folder.path('brain1.nii.gz');
  expect((await run('convert', input, '-o', output)).status).toBe(0);
  const [before, after] = [await readImage(input), await readImage(output)];
  expect(denseData(after)).toEqual(denseData(before));
  after.origin.forEach((v, axis) => expect(v).toBeCloseTo(before.origin[axis]!, 4));
  expect((await run('convert', input, '-o', output)).status).toBe(1);
  expect((await run('convert', input, '-o', output, '--force')).status).toBe(0);
});
