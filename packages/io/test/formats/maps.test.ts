import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  createVolume,
  denseData,
  type TypedArray,
  type Volume,
  worldToIndex,
} from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { encodeDicomMaps, encodeNifti, readMaps, type ScannerMaps } from '../../src/index.js';
import { readMaps as readMapsOf } from '../../src/node.js';
import { bundle, emptyFolder, type Fixture, json, onDisk, warnings } from './bundle.js';

const files = bundle('vendor-maps');
const expected: Record<string, Record<string, number[]>> = json(files.get('expected.json'));
const ofSet = (name: string): Fixture[] =>
  [...files.values()].filter((file) => file.name.startsWith(`${name}/`));
const KEYS: Record<string, keyof ScannerMaps> = {
  W: 'water',
  F: 'fat',
  IP: 'inPhase',
  OP: 'outOfPhase',
  FF: 'pdffPercent',
  R2_STAR: 'r2starPerSecond',
};

async function nifti(
  name: string,
  values: TypedArray | number[],
  shape = [values.length, 1, 1],
  spacing: [number, number, number] = [2, 2, 2],
) {
  const data = Array.isArray(values) ? Float32Array.from(values) : values;
  const bytes = await encodeNifti(createVolume(data, shape, { spacing }));
  return { name, bytes: () => Promise.resolve(bytes) };
}

const sidecar = (name: string, content: unknown) => ({
  name,
  bytes: () => Promise.resolve(new TextEncoder().encode(JSON.stringify(content))),
});

async function read(sources: Parameters<typeof readMaps>[0]) {
  const { list, onWarning } = warnings();
  return { maps: await readMaps(sources, { onWarning }), list };
}

const values = (volume: Volume | undefined): number[] => [...denseData(volume!)];

describe('DICOM maps of three vendors (made after published conventions)', () => {
  test.each(Object.keys(expected))('%s: every map in its unit', async (set) => {
    const { maps } = await read(ofSet(set).toReversed());
    for (const [code, truth] of Object.entries(expected[set])) {
      const volume = maps[KEYS[code]]!;
      expect(volume.data.shape).toEqual([16, 12, 3]);
      expect(volume.spacing).toEqual([2, 3, 4]);
      expect(volume.origin).toEqual([-30, -20, 0]);
      const found = denseData(volume);
      const worst = Math.max(...truth.map((v, i) => Math.abs(found[i] - v) / Math.max(1, v)));
      expect(worst).toBeLessThan(1e-6);
    }
  });

  test('Philips: declared units need no assumption', async () => {
    const { list } = await read(ofSet('philips-classic'));
    expect(list).toEqual([]);
  });

  test('Siemens: tenths of a percent are an assumption, and said to be one', async () => {
    const { list } = await read(ofSet('siemens-raw'));
    expect(list).toEqual([
      expect.stringMatching(
        /05_1\.dcm: its fat fraction is taken as tenths of a percent \(no unit is given, its values reach 1000\)\.$/,
      ),
      expect.stringMatching(/its R2\* has no unit and is taken as 1\/s/),
    ]);
  });

  test('Siemens: a rescale slope makes percent, and T2* becomes R2*', async () => {
    const { list } = await read(ofSet('siemens-rescaled'));
    expect(list).toEqual([
      expect.stringMatching(/taken as percent \(no unit is given/),
      expect.stringMatching(/R2\* was computed as 1\/T2\* from a T2\* map in ms, which no unit/),
    ]);
  });

  test('DICOM maps that this package wrote, without any assumption', async () => {
    const size = [4, 3, 2];
    const ramp = (slope: number, start: number): Volume =>
      createVolume(
        Float32Array.from({ length: 24 }, (_, i) => start + slope * i),
        size,
        { spacing: [2, 3, 4], origin: [-3, 5, 7] },
      );
    const pdffPercent = ramp(1.25, -2.5);
    pdffPercent.data.set(1, 1, 1, Number.NaN);
    const written = await encodeDicomMaps({
      water: ramp(3, 40),
      fat: ramp(1, 5),
      pdffPercent,
      pdffSdPercent: ramp(0.1, 1),
      r2starPerSecond: ramp(5, -10),
      fieldMapHz: ramp(2, -30),
      residual: ramp(0.5, 1),
    });
    const { maps, list } = await read(written.flatMap((series) => series.files));
    expect(list).toEqual([]);
    expect(Object.keys(maps)).toEqual(['water', 'fat', 'pdffPercent', 'r2starPerSecond']);
    const at = (volume: Volume, x: number, y: number, z: number): number => {
      const index = worldToIndex(volume, [-3 + 2 * x, 5 + 3 * y, 7 + 4 * z]).map(Math.round);
      return volume.data.get(...index);
    };
    expect(at(maps.pdffPercent!, 1, 1, 1)).toBeNaN();
    expect(at(maps.pdffPercent!, 3, 2, 1)).toBeCloseTo(-2.5 + 1.25 * 23, 4);
    expect(at(maps.pdffPercent!, 0, 0, 0)).toBeCloseTo(-2.5, 4);
    expect(at(maps.r2starPerSecond!, 2, 1, 0)).toBeCloseTo(20, 4);
    expect(at(maps.water!, 3, 0, 0)).toBeCloseTo(49, 1);
  });

  test('a description alone is an assumption; W and F make a PDFF with a warning', async () => {
    const { maps, list } = await read(ofSet('siemens-suffix'));
    expect(list).toEqual([
      expect.stringMatching(/taken for water by the series description alone/),
      expect.stringMatching(/taken for fat by the series description alone/),
      expect.stringMatching(/PDFF was computed as 100·F\/\(W \+ F\).*floor in lean livers/),
    ]);
    const [w, f] = [denseData(maps.water!), denseData(maps.fat!)];
    const pdff = denseData(maps.pdffPercent!);
    pdff.forEach((v, i) => expect(v).toBeCloseTo((100 * f[i]) / (w[i] + f[i]), 4));
    expect(list.join()).not.toMatch(/t1_vibe|Synthetic|1337/);
  });

  test('a folder on disk, and a missing slice', async () => {
    const folder = onDisk(ofSet('ge-type'));
    expect(Object.keys(await readMapsOf(folder)).toSorted()).toEqual(
      ['fat', 'pdffPercent', 'r2starPerSecond', 'water'].toSorted(),
    );
    const holed = ofSet('ge-type').filter(({ name }) => !name.endsWith('03_2.dcm'));
    await expect(readMaps(holed)).rejects.toMatchObject({ code: 'GRID_MISMATCH' });
  });

  test('the same map twice is ambiguous', async () => {
    await expect(readMaps([...ofSet('ge-type'), ...ofSet('siemens-raw')])).rejects.toMatchObject({
      problem: 'ambiguous',
      message: expect.stringMatching(/2 water maps \(.*ge-type.*\)/),
    });
  });

  test('nothing found: what was looked for', async () => {
    const echoes = [...bundle('dixon-siemens-classic-magphase').values()].filter(({ name }) =>
      name.endsWith('.IMA'),
    );
    await expect(readMaps(echoes)).rejects.toMatchObject({
      code: 'NO_IMAGES',
      message: expect.stringMatching(
        /neither DICOM images whose Image Type.*48 DICOM files.*pdff\.nii\.gz/,
      ),
    });
    await expect(readMapsOf(emptyFolder())).rejects.toMatchObject({ code: 'NO_IMAGES' });
  });
});

describe('NIfTI maps by name', () => {
  test('this project’s own derivative needs no assumption', async () => {
    const { maps, list } = await read([
      await nifti('sub-01_desc-pdff_map.nii.gz', [3, 101.5, -2]),
      sidecar('sub-01_desc-pdff_map.json', { Units: 'percent' }),
      await nifti('sub-01_desc-water_map.nii.gz', [97, 0, 5]),
      sidecar('sub-01_desc-water_map.json', { Units: 'arbitrary' }),
      await nifti('sub-01_desc-fat_map.nii.gz', [3, 5, 0]),
      await nifti('sub-01_desc-r2star_map.nii.gz', [30, 40, -1]),
      sidecar('sub-01_desc-r2star_map.json', { Units: '1/s' }),
      await nifti('sub-01_desc-pdffSd_map.nii.gz', [1, 1, 1]),
      await nifti('sub-01_desc-residual_map.nii.gz', [1, 1, 1]),
    ]);
    expect(list).toEqual([]);
    expect(values(maps.pdffPercent)).toEqual([3, 101.5, -2]);
    expect(values(maps.r2starPerSecond)).toEqual([30, 40, -1]);
    expect(values(maps.water)).toEqual([97, 0, 5]);
    expect(maps.inPhase).toBeUndefined();
  });

  test('BIDS: R2starmap in 1/s, T2starmap in s', async () => {
    const r2star = await read([await nifti('sub-1_R2starmap.nii.gz', [50, 25])]);
    expect(values(r2star.maps.r2starPerSecond)).toEqual([50, 25]);
    expect(r2star.list).toEqual([]);
    const t2star = await read([await nifti('sub-1_T2starmap.nii.gz', [0.02, 0, 0.04])]);
    expect(values(t2star.maps.r2starPerSecond)).toEqual([50, 0, 25].map(Math.fround));
    expect(t2star.list).toEqual([expect.stringMatching(/from a T2\* map in s; it is 0 where/)]);
    await expect(readMaps([await nifti('sub-1_T2starmap.nii.gz', [20, 40])])).rejects.toThrow(
      /looks like milliseconds/,
    );
  });

  test.each([
    ['percent', [0, 5, 60, 95], [0, 5, 60, 95], /taken as percent/],
    ['tenths of a percent', [0, 50, 600, 950], [0, 5, 60, 95], /taken as tenths of a percent/],
    ['fractions', [0, 0.25, 0.5, 0.875], [0, 25, 50, 87.5], /taken as a fraction of 1/],
  ])('a PDFF without a unit, in %s', async (_, stored, percent, warning) => {
    const { maps, list } = await read([await nifti('ff.nii.gz', stored)]);
    expect(values(maps.pdffPercent)).toEqual(percent);
    expect(list).toEqual([expect.stringMatching(warning)]);
  });

  test('units that cannot be meant are refused', async () => {
    const pdff = await nifti('pdff.nii', [4, 5000]);
    await expect(readMaps([pdff, sidecar('pdff.json', { Units: 'mm' })])).rejects.toThrow(
      /its unit is "mm"; one of .*percent/,
    );
    await expect(readMaps([await nifti('pdff.nii', [4000, 5000])])).rejects.toThrow(
      /without a unit whose values reach/,
    );
  });

  test('plain names of all kinds, in capitals, with words before', async () => {
    const { maps } = await read([
      await nifti('301_W.nii', [1]),
      await nifti('301_F.nii', [2]),
      await nifti('scan-inphase.nii.gz', [3]),
      await nifti('scan.opp.nii', [4]),
      await nifti('liver_FF.nii', [50]),
      await nifti('liver_R2star.nii', [6]),
      await nifti('liver_T2w.nii', [7]),
    ]);
    expect(
      Object.fromEntries(Object.entries(maps).map(([k, v]) => [k, v.data.get(0, 0, 0)])),
    ).toEqual({ water: 1, fat: 2, inPhase: 3, outOfPhase: 4, pdffPercent: 50, r2starPerSecond: 6 });
  });

  test('other grids: both are told; the other acquisition’s maps are left out', async () => {
    const pdff = await nifti('pdff.nii', [1, 2, 3]);
    const far = await nifti('r2star.nii', [1, 2, 3], [3, 1, 1], [3, 2, 2]);
    await expect(readMaps([pdff, far])).rejects.toMatchObject({
      code: 'GRID_MISMATCH',
      message: expect.stringMatching(/R2\* map \(r2star\.nii\).*fat fraction map \(pdff\.nii\)/),
    });
    const { maps, list } = await read([
      pdff,
      await nifti('a_water.nii', [1, 2, 3]),
      await nifti('b_water.nii', [1, 2], [2, 1, 1]),
    ]);
    expect(values(maps.water)).toEqual([1, 2, 3]);
    expect(list[0]).toMatch(
      /holds 2 water maps; a_water\.nii is taken, which lies on the grid of pdff/,
    );
  });

  test('a map with a fourth axis is refused', async () => {
    const four = await nifti('pdff.nii', Float32Array.of(1, 2), [1, 1, 1, 2]);
    await expect(readMaps([four])).rejects.toThrow(/a map has three axes/);
  });

  test('one file by its path finds its sidecar', async () => {
    const folder = emptyFolder();
    const { bytes } = await nifti('x', [0.1]);
    writeFileSync(path.join(folder, 'pdff.nii'), await bytes());
    writeFileSync(path.join(folder, 'pdff.json'), '{"Units":"fraction"}');
    const { list, onWarning } = warnings();
    const { pdffPercent } = await readMapsOf(path.join(folder, 'pdff.nii'), { onWarning });
    expect(pdffPercent!.data.get(0, 0, 0)).toBeCloseTo(10);
    expect(list).toEqual([]);
  });
});
