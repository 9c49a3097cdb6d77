import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createVolume, denseData } from '@steatosis/core';
import { readImage, writeImage } from '@steatosis/io/node';
import { extractFeatureMaps } from '@steatosis/radiomics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, temporaryFolder } from './support/command.js';

const folder = temporaryFolder();
afterAll(folder.remove);

const shape = [9, 8, 5];
const grid = {
  spacing: [1, 1.5, 2] as [number, number, number],
  origin: [-4, 7, 30] as [number, number, number],
};
const image = createVolume(
  Float32Array.from({ length: 360 }, (_, i) => (i * 37 + i * i) % 251),
  shape,
  grid,
);
const mask = createVolume(
  Uint8Array.from({ length: 360 }, (_, i) => (i % 9 < 4 ? 2 : 0)),
  shape,
  grid,
);
const files = [folder.path('image.nrrd'), folder.path('mask.nrrd')] as const;
const FEW = [
  '--label',
  '2',
  '--features',
  'original_firstorder_Mean,original_glcm_Contrast',
  '--workers',
  '0',
];

beforeAll(async () => {
  await writeImage(files[0], image);
  await writeImage(files[1], mask);
});

describe('--maps', () => {
  it.each([
    ['nifti', '.nii.gz'],
    ['nrrd', '.nrrd'],
  ])('writes each feature as an image of its own: %s', async (format, ending) => {
    const output = folder.path('maps', format);
    writeFileSync(folder.path('voxel.yaml'), 'voxelSetting: { kernelRadius: 2 }\n');
    const settings = ['--settings', folder.path('voxel.yaml'), '--format', format];
    const { status, stdout } = await run(
      'extract',
      ...files,
      '--maps',
      output,
      ...FEW,
      ...settings,
    );
    expect([status, stdout]).toEqual([0, `${output}: 2 maps\n`]);
    const keys = ['original_firstorder_Mean', 'original_glcm_Contrast'];
    expect(readdirSync(output)).toEqual(keys.map((key) => `${key}${ending}`));
    const maps = extractFeatureMaps(image, mask, {
      label: 2,
      kernelRadius: 2,
      featureClasses: keys,
    });
    for (const key of keys) {
      const map = await readImage(folder.path('maps', format, `${key}${ending}`));
      expect(Float64Array.from(denseData(map))).toEqual(denseData(maps[key]!));
      expect(map.spacing).toEqual(maps[key]!.spacing);
      expect(map.origin).toEqual(maps[key]!.origin);
    }
  });

  it('overwrites only by --force', async () => {
    const argv = ['extract', ...files, '--maps', folder.path('again'), ...FEW];
    expect((await run(...argv)).status).toBe(0);
    const refused = await run(...argv);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('--force')]);
    expect((await run(...argv, '--force')).status).toBe(0);
  });

  it.each([
    [['-o', 'x.csv'], '--output has no place with --maps'],
    [['--cases', 'c.csv'], 'with --cases there are no arguments'],
    [['--definitions', 'ibsi'], "PyRadiomics' definitions only"],
    [['--format', 'png'], 'supported: nifti, nrrd'],
  ])('wrong usage %j', async (words, message) => {
    const output = folder.path('never');
    const { status, stderr } = await run('extract', ...files, '--maps', output, ...words);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(output)).toBe(false);
  });

  it('says what has no map', async () => {
    const argv = [
      '--maps',
      folder.path('never'),
      '--features',
      'shape',
      '--workers',
      '0',
      '--label',
      '2',
    ];
    const { status, stderr } = await run('extract', ...files, ...argv);
    expect([status, stderr]).toEqual([1, expect.stringContaining('has a map')]);
  });
});
