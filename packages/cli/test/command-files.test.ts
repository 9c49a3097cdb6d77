import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { denseData } from '@steatosis/core';
import { readImage } from '@steatosis/io/node';
import { decode } from 'fast-png';
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

test('dixon writes eight maps with sidecars and an overview, and nothing that identifies', async () => {
  unpackDicom(folder.path('scan'));
  const output = folder.path('maps');
  const { status, stdout } = await run(
    'dixon',
    folder.path('scan'),
    '-o',
    output,
    '--workers',
    '0',
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/: 8 maps, \d+ of 3328 voxels separated\n$/);
  const maps = ['fat', 'field', 'pdff', 'pdffSd', 'r2star', 'r2starSd', 'residual', 'water'];
  expect(filesBelow(output)).toEqual(
    [
      'dataset_description.json',
      'figures/sub-01_overview.png',
      ...maps.flatMap((name) =>
        ['json', 'nii.gz'].map((ending) => `sub-01/anat/sub-01_desc-${name}_map.${ending}`),
      ),
    ].sort(),
  );
  for (const name of filesBelow(output).filter((file) => file.endsWith('.json'))) {
    expect(readFileSync(join(output, name), 'utf8')).not.toMatch(IDENTIFYING);
  }
  const sidecar = JSON.parse(
    readFileSync(join(output, 'sub-01/anat/sub-01_desc-r2star_map.json'), 'utf8'),
  ) as { Units: string; Separation: { spectrum: { name: string } } };
  expect(sidecar).toMatchObject({ Units: '1/s', Separation: { spectrum: { name: 'hamilton9' } } });

  // The phantom's liver: a disc of steadily rising PDFF between about 5 and 35 %.
  const pdff = await readImage(join(output, 'sub-01/anat/sub-01_desc-pdff_map.nii.gz'));
  expect(pdff.data.shape).toEqual([64, 52, 1]);
  const liver = denseData(pdff)[25 * 64 + 22]!;
  expect(liver).toBeGreaterThan(5);
  expect(liver).toBeLessThan(35);
  const picture = decode(readFileSync(join(output, 'figures/sub-01_overview.png')));
  expect(picture.width).toBeGreaterThan(900);

  const again = await run('dixon', folder.path('scan'), '-o', output, '--workers', '2');
  expect(again.status).toBe(0);
});

test('dixon refuses a folder with other content, unless forced', async () => {
  const output = folder.path('letters');
  const scan = folder.path('scan');
  const refused = await run('dixon', scan, '-o', output);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('--force');
  expect(filesBelow(output)).toHaveLength(9);
  const forced = await run('dixon', scan, '-o', output, '--force', '--spectrum', 'ismrm6');
  expect(forced.status).toBe(0);
  expect(filesBelow(output)).toHaveLength(9 + 18);
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
