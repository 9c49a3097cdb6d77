import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVolume, denseData } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import {
  describeSource,
  readImage,
  readMarkups,
  readMultiEcho,
  readSegmentation,
  readSeries,
  writeImage,
  writeMultiEchoBids,
  writeParticipants,
  writeRoiLabels,
} from '../../src/node.js';
import { bundle, emptyFolder, onDisk, warnings } from '../formats/bundle.js';

const volume = createVolume(
  Float32Array.from({ length: 24 }, (_, i) => i),
  [4, 3, 2],
  {
    spacing: [1.25, 1.5, 3],
  },
);

describe('paths', () => {
  test.each(['a.nii', 'a.nii.gz', 'a.nrrd'])('%s is written and read', async (name) => {
    const target = path.join(emptyFolder(), 'new', 'folders', name);
    await writeImage(target, volume);
    expect(denseData(await readImage(target))).toEqual(denseData(volume));
    expect(readdirSync(path.dirname(target))).toEqual([name]);
  });

  test('what cannot be written leaves nothing behind and does not harm what was there', async () => {
    const folder = emptyFolder();
    const target = path.join(folder, 'a.nii');
    await writeImage(target, volume);
    const before = denseData(await readImage(target));
    const unfit = createVolume(new Float32Array([Number.NaN]), [1, 1, 1]);
    await expect(writeImage(target, unfit, { dataType: 'int16' })).rejects.toThrow(/finite/);
    mkdirSync(path.join(folder, 'b.nii'));
    await expect(writeImage(path.join(folder, 'b.nii'), volume)).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
    expect(readdirSync(folder).sort()).toEqual(['a.nii', 'b.nii']);
    expect(denseData(await readImage(target))).toEqual(before);
    await expect(writeImage(path.join(folder, 'a.dcm'), volume)).rejects.toThrow(
      /\.nii\.gz or \.nrrd/,
    );
  });

  test('a file system that takes no folder is refused at once', async () => {
    const refusing = process.platform === 'linux' ? '/proc' : path.join(emptyFolder(), 'a\0b');
    await expect(writeImage(path.join(refusing, 'x', 'y', 'z.nii'), volume)).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
  });

  test('writers that need the same new folders at once', async () => {
    const folder = path.join(emptyFolder(), 'a', 'b', 'c');
    const names = Array.from({ length: 48 }, (_, i) =>
      path.join(folder, ...Array.from({ length: i % 6 }, () => 'd'), `${i}.nii`),
    );
    await Promise.all(names.map(async (name) => await writeImage(name, volume)));
    expect(names.filter((name) => !existsSync(name))).toEqual([]);
  });

  test('a path that is not there is one clear error', async () => {
    const nowhere = path.join(emptyFolder(), 'x.nii');
    for (const read of [
      readImage,
      readSeries,
      readMultiEcho,
      readSegmentation,
      readMarkups,
      describeSource,
    ]) {
      await expect(read(nowhere)).rejects.toMatchObject({ code: 'FILE_ACCESS', path: nowhere });
    }
  });

  test('a folder that may not be read', async () => {
    const folder = emptyFolder();
    const locked = path.join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0);
    if (process.getuid?.() !== 0) {
      await expect(readSeries(folder)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    }
    chmodSync(locked, 0o700);
  });

  test('detached headers open the files beside them, and no others', async () => {
    const folder = onDisk([...bundle('nrrd').values(), ...bundle('nifti').values()]);
    const raw = await readImage(path.join(folder, 'nrrd', 'raw-lps.nrrd'));
    for (const name of [
      'detached.nhdr',
      'detached-pattern.nhdr',
      'detached-list.nhdr',
      'detached-byteskip.nhdr',
    ]) {
      expect(denseData(await readImage(path.join(folder, 'nrrd', name)))).toEqual(denseData(raw));
    }
    expect((await readImage(path.join(folder, 'nifti', 'pair.hdr'))).data.shape).toEqual([7, 6, 5]);
  });

  test('a folder of DICOM: other files are passed over, links are followed', async () => {
    const files = [...bundle('geometry').values()].filter(({ name }) => name.includes('/coronal/'));
    const folder = onDisk(files);
    writeFileSync(path.join(folder, 'notes.txt'), 'nothing');
    writeFileSync(path.join(folder, '.hidden'), 'nothing');
    const linked = emptyFolder();
    symlinkSync(path.join(folder, files[0].name), path.join(linked, 'one'));
    expect(await readSeries(linked)).toHaveLength(1);
    const { list, onWarning } = warnings();
    const [series] = await readSeries(folder, { onWarning });
    expect(series.volume!.data.shape).toEqual([16, 11, 5]);
    expect(list).toEqual([expect.stringMatching(/notes\.txt is no DICOM file/)]);
  });

  test('a list of paths', async () => {
    const files = [...bundle('geometry').values()].filter(({ name }) =>
      name.includes('/echo-stack-4d/'),
    );
    const folder = onDisk(files);
    const paths = files.map(({ name }) => path.join(folder, name));
    expect(await readSeries(paths)).toHaveLength(1);
    const { fieldStrengthT, magnitude } = await readMultiEcho(paths);
    expect([fieldStrengthT, magnitude!.data.shape]).toEqual([1.5, [7, 9, 4, 3]]);
  });

  test('something that is no list of files', async () => {
    for (const source of [5, new Uint8Array(3), undefined]) {
      await expect(readSeries(source as never)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
      await expect(readMultiEcho([source] as never)).rejects.toMatchObject({
        code: expect.stringMatching(/INVALID_ARGUMENT|NO_IMAGES/),
      });
    }
  });

  test('a folder without DICOM says so', async () => {
    const folder = emptyFolder();
    await expect(readSeries(folder)).rejects.toMatchObject({
      code: 'NO_IMAGES',
      message: `${folder} holds no DICOM files.`,
    });
    await expect(readMultiEcho(folder)).rejects.toMatchObject({ code: 'NO_IMAGES' });
  });
});

describe('describeSource', () => {
  const text = async (source: string, options = {}): Promise<string> =>
    JSON.stringify(await describeSource(source, options));

  test('maps: of NIfTI files by name, and among DICOM series', async () => {
    const folder = emptyFolder();
    await writeImage(path.join(folder, 'sub-01_desc-pdff_map.nii.gz'), volume);
    await writeImage(path.join(folder, 'sub-01_R2starmap.nii.gz'), volume);
    expect(await describeSource(folder)).toMatchObject({
      kind: 'maps',
      format: 'NIfTI',
      shape: [4, 3, 2],
      maps: ['pdffPercent', 'r2starPerSecond'],
      warnings: [expect.stringMatching(/taken as percent/)],
    });
    const dicom = onDisk(
      [...bundle('vendor-maps').values()].filter(({ name }) => name.startsWith('siemens-raw')),
    );
    const found = await describeSource(dicom);
    expect(found).toMatchObject({
      kind: 'dicom',
      maps: {
        maps: ['water', 'fat', 'inPhase', 'outOfPhase', 'pdffPercent', 'r2starPerSecond'],
        shape: [16, 12, 3],
      },
    });
    if (found.kind !== 'dicom') throw new Error('no DICOM');
    expect(found.series.map(({ volumes }) => volumes[0].map)).toEqual([
      'water',
      'fat',
      'inPhase',
      'outOfPhase',
      'fatFraction',
      'r2star',
    ]);
    expect(JSON.stringify(found)).not.toMatch(/q-dixon|Synthetic|SYN2/);
    const described = onDisk(
      [...bundle('vendor-maps').values()].filter(({ name }) => name.startsWith('ge-description')),
    );
    expect(await describeSource(described)).toMatchObject({
      maps: { maps: expect.arrayContaining(['pdffPercent', 'r2starPerSecond']) },
    });
    const enhanced = onDisk([bundle('philips-enhanced').get('r5.dcm')!]);
    expect(await describeSource(path.join(enhanced, 'r5.dcm'))).toMatchObject({
      multiEcho: { complex: true, shape: [64, 56, 2, 6] },
      maps: { maps: ['water', 'fat', 'inPhase', 'outOfPhase', 'pdffPercent'] },
    });
  });

  test('an image, a segmentation, markups', async () => {
    const folder = onDisk(bundle('roi').values());
    const image = path.join(folder, 'a.nii.gz');
    await writeImage(image, volume);
    expect(await describeSource(image)).toEqual({
      kind: 'image',
      format: 'NIfTI',
      shape: [4, 3, 2],
      spacingMm: [1.25, 1.5, 3],
      originMm: [0, 0, 0],
      orientation: 'LPS',
      elementType: 'Float32Array',
    });
    expect(await describeSource(path.join(folder, 'roi', 'overlapping.seg.nrrd'))).toMatchObject({
      kind: 'segmentation',
      shape: [64, 52, 4, 2],
      segments: [
        { value: 1, name: 'liver', layer: 0 },
        { value: 1, layer: 1 },
      ],
    });
    expect(await describeSource(path.join(folder, 'roi', 'six-rois.mrk.json'))).toEqual({
      kind: 'markups',
      points: 0,
      boxes: ['ROI_1', 'ROI_2', 'ROI_3', 'ROI_4', 'ROI_5', 'ROI_6'],
      curves: 0,
    });
  });

  test('DICOM without a name, a date or a UID unless asked', async () => {
    const name = 'dixon-philips-classic-magphase';
    const files = [...bundle(name).values()].filter((file) => file.name.endsWith('.dcm'));
    const folder = onDisk(files);
    expect(await describeSource(folder)).toMatchObject({
      kind: 'dicom',
      series: [{ files: 48, tags: { MagneticFieldStrength: 1.5, FlipAngle: 5 } }],
      multiEcho: {
        complex: true,
        echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
        fieldStrengthT: 1.5,
      },
    });
    const identifying = /PHANTOM|1\.2\.826|2020|SYNTHETIC\^|Patient|UID":"1\.2\.8(?!40)/i;
    expect(await text(folder)).not.toMatch(identifying);
    expect(await text(folder, { keepIdentifiers: true })).toMatch(identifying);
  });

  test('a series that cannot be stacked tells why; the others are still described', async () => {
    const files = [...bundle('geometry').values()].filter(({ name }) =>
      /\/(coronal|missing-slice)\//.test(name),
    );
    const description = await describeSource(onDisk(files));
    if (description.kind !== 'dicom') throw new Error('DICOM was expected');
    expect(description.series).toHaveLength(2);
    expect(description.series.filter(({ error }) => error !== undefined)).toHaveLength(1);
  });

  test('a BIDS acquisition and a cohort', async () => {
    const folder = emptyFolder();
    const echoes = createVolume(new Float32Array(24 * 2), [4, 3, 2, 2]);
    const multiEcho = { real: echoes, imaginary: echoes, echoTimesMs: [1, 2], fieldStrengthT: 3 };
    await writeMultiEchoBids(folder, '01', multiEcho);
    await writeRoiLabels(
      path.join(folder, 'labels.seg.nrrd'),
      createVolume(new Uint8Array(24), [4, 3, 2]),
      [],
    );
    expect(await describeSource(path.join(folder, 'sub-01'))).toMatchObject({
      kind: 'multi-echo',
      format: 'BIDS',
      complex: true,
      echoTimesMs: [1, 2],
      fieldStrengthT: 3,
    });
    const clinical = {
      ageYears: 50,
      sex: 'F',
      steatosisGrade: 1,
      pancreaticSteatosisGrade: null,
      metabolicSyndrome: true,
    } as const;
    await writeParticipants(folder, [{ id: '01', clinical }]);
    expect(existsSync(path.join(folder, 'dataset_description.json'))).toBe(true);
    expect(await describeSource(folder)).toEqual({
      kind: 'cohort',
      participants: 1,
      sexes: { F: 1 },
      steatosisGrades: { 1: 1 },
    });
  });
});
