import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVolume } from '@steatosis/core';
import { writeImage } from '@steatosis/io/node';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtures, run, temporaryFolder } from './support/command.js';

const image = join(fixtures, 'brain1-image.nrrd');
const label = join(fixtures, 'brain1-label.nrrd');
const { expected } = JSON.parse(
  readFileSync(join(fixtures, 'brain1-pyradiomics.json'), 'utf8'),
) as { expected: Record<string, number> };
const folder = temporaryFolder();
afterAll(folder.remove);

beforeAll(async () => {
  const voxels = (value: number, shape: number[]) =>
    createVolume(new Uint8Array(shape.reduce((a, b) => a * b, 1)).fill(value), shape);
  await writeImage(folder.path('small.nrrd'), voxels(1, [8, 8, 1]));
  await writeImage(folder.path('empty.nrrd'), voxels(0, [8, 8, 1]));
  await writeImage(folder.path('shifted.nrrd'), {
    ...voxels(1, [8, 8, 1]),
    origin: [5, 0, 0],
  });
  const whole = readFileSync(image);
  writeFileSync(folder.path('cut.nrrd'), whole.subarray(0, whole.length / 2));
  await writeImage(folder.path('whole.nii'), voxels(1, [8, 8, 1]));
  writeFileSync(folder.path('cut.nii'), readFileSync(folder.path('whole.nii')).subarray(0, 380));
  writeFileSync(folder.path('broken.yaml'), 'setting:\n  binWidht: 5\n');
  writeFileSync(
    folder.path('bins.yaml'),
    'setting:\n  binWidth: 50\nfeatureClass:\n  glcm: [Contrast]\n',
  );
});

function expectPyradiomics(found: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(found)) {
    const tolerance = key.endsWith('_MCC') ? 1e-6 : 1e-9;
    const error = Math.abs(value - expected[key]!) / Math.max(1e-300, Math.abs(expected[key]!));
    expect(error, key).toBeLessThanOrEqual(tolerance);
  }
}

test('all features of a real MR sample equal PyRadiomics', async () => {
  const table = folder.path('features.csv');
  const { status, stdout } = await run('extract', image, label, '-o', table);
  expect(status).toBe(0);
  expect(stdout).toBe(`${table}: 107 features of 4137 voxels\n`);
  const [names, values, ...rest] = parse(readFileSync(table));
  expect(rest).toEqual([]);
  const row = Object.fromEntries(names!.map((name, i) => [name, values![i]!]));
  expect(names!.slice(0, 4)).toEqual([
    'Image',
    'Mask',
    'Label',
    'diagnostics_Versions_steatosis-radiomics',
  ]);
  const { Image, Mask, Label, ...made } = row;
  expect([Image, Mask, Label]).toEqual([image, label, '1']);
  expect(made['diagnostics_Image-original_Hash']).toBe('9a41f2723088e62c6a1479ab81aa6a6939dd3f43');
  expect(made['diagnostics_Mask-original_BoundingBox']).toBe('[2,2,2,47,70,7]');
  const features = Object.fromEntries(
    Object.entries(made).filter(([name]) => name.startsWith('original_')),
  );
  expect(Object.keys(features).sort()).toEqual(Object.keys(expected).sort());
  expectPyradiomics(
    Object.fromEntries(Object.entries(features).map(([key, text]) => [key, Number(text)])),
  );
});

test('JSON holds the 93 planar features and what made them', async () => {
  const file = folder.path('features.json');
  const { status } = await run('extract', image, label, '-o', file, '--features', 'planar');
  expect(status).toBe(0);
  const found = JSON.parse(readFileSync(file, 'utf8')) as {
    features: Record<string, number>;
    diagnostics: { mask: { voxelCount: number }; settings: { binWidth: number } };
  };
  expect(Object.keys(found.features)).toHaveLength(93);
  expectPyradiomics(found.features);
  expect(found.diagnostics).toMatchObject({
    mask: { voxelCount: 4137 },
    settings: { binWidth: 25 },
  });
});

test('a parameter file decides bins and features; --features takes the place of its features', async () => {
  const settings = ['--settings', folder.path('bins.yaml')];
  const [few, all] = [folder.path('few.json'), folder.path('all.json')];
  expect((await run('extract', image, label, '-o', few, ...settings)).status).toBe(0);
  const { features } = JSON.parse(readFileSync(few, 'utf8')) as { features: object };
  expect(Object.keys(features)).toEqual(['original_glcm_Contrast']);
  await run('extract', image, label, '-o', all, ...settings, '--features', 'all');
  const many = JSON.parse(readFileSync(all, 'utf8')) as typeof features & {
    features: Record<string, number>;
    diagnostics: { settings: { binWidth: number } };
  };
  expect(Object.keys(many.features)).toHaveLength(107);
  expect(many.diagnostics.settings.binWidth).toBe(50);
});

test('the 126 features of the paper for a region of one slice', async () => {
  const output = folder.path('paper.json');
  const region = folder.path('small.nrrd');
  const { status, stdout } = await run(
    'extract',
    region,
    region,
    '-o',
    output,
    '--features',
    'paper',
  );
  expect([status, stdout]).toEqual([0, `${output}: 126 features of 64 voxels\n`]);
});

test.each([
  ['a mask on another grid', [image, 'small.nrrd'], 'another grid'],
  ['a mask elsewhere', ['small.nrrd', 'shifted.nrrd'], 'another grid'],
  ['an empty mask', ['small.nrrd', 'empty.nrrd'], 'mask is empty'],
  ['an absent label', [image, label, '--label', '7'], 'no voxel of the mask has the label 7'],
  ['a cut NRRD', ['cut.nrrd', label], 'cut'],
  ['a cut NIfTI', ['cut.nii', 'small.nrrd'], 'only 28 are there'],
  ['a missing file', ['nowhere.nii', label], 'nowhere.nii'],
  ['a parameter file with a typing error', [image, label, '--settings', 'broken.yaml'], 'binWidth'],
  ['features of one slice for a volume', [image, label, '--features', 'paper'], 'one slice'],
])('%s is bad input: one clear line, status 1, no output', async (_name, words, message) => {
  const output = folder.path('never.csv');
  const argv = words.map((word) =>
    /\.(nrrd|nii|yaml)$/.test(word) && !word.includes('/') ? folder.path(word) : word,
  );
  const { status, stdout, stderr } = await run('extract', ...argv, '-o', output);
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect(stderr.toLowerCase()).toContain(message.toLowerCase());
  expect(stderr).not.toMatch(/\bat .*\.[jt]s:\d/);
  expect([status, stdout]).toEqual([1, '']);
  expect(() => readFileSync(output)).toThrow('ENOENT');
});

test('an output that is there is overwritten only by --force', async () => {
  const output = folder.path('there.csv');
  copyFileSync(label, output);
  const refused = await run('extract', image, label, '-o', output);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('--force');
  expect(readFileSync(output)).toEqual(readFileSync(label));
  expect((await run('extract', image, label, '-o', output, '--force')).status).toBe(0);
  expect(readFileSync(output, 'utf8')).toMatch(/^Image,Mask,Label,/);
  const onFolder = await run('extract', image, label, '-o', folder.path('x.csv', '..', '..'));
  expect(onFolder.status).toBe(2);
});
