import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVolume, denseData, type Volume } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { parseParticipants } from '../../src/node/participants.js';
import {
  type CohortCase,
  type Participant,
  readCohort,
  writeImage,
  writeMultiEchoBids,
  writeParticipants,
  writeRoiLabels,
} from '../../src/node.js';
import { bundle, emptyFolder } from '../formats/bundle.js';

const LABELS = [2, 3, 4, 6, 7, 8];
const participants: Participant[] = [
  {
    id: 'sub-01',
    clinical: {
      ageYears: 44,
      sex: 'M',
      steatosisGrade: 1,
      pancreaticSteatosisGrade: 2,
      metabolicSyndrome: true,
    },
  },
  {
    id: 'sub-02',
    clinical: {
      ageYears: null,
      sex: null,
      steatosisGrade: 0,
      pancreaticSteatosisGrade: null,
      metabolicSyndrome: null,
    },
  },
];
const echoes = createVolume(
  Float32Array.from({ length: 12 * 6 * 2 }, (_, i) => i),
  [12, 6, 1, 2],
  { spacing: [2, 2, 5] },
);
const image: Volume = createVolume(new Float32Array(72), [12, 6, 1], { spacing: [2, 2, 5] });

/** Two voxels of each label, two columns apart. */
function labels(): Volume {
  const data = new Uint8Array(72);
  LABELS.forEach((label, i) => data.set([label, label], 12 + 2 * i));
  return createVolume(data, [12, 6, 1], { spacing: [2, 2, 5] });
}

const roiPath = (folder: string, id: string, ending: string): string =>
  path.join(folder, 'derivatives', 'rois', id, 'anat', `${id}_rois.${ending}`);

async function writeCohort(ending = 'seg.nrrd'): Promise<string> {
  const folder = emptyFolder();
  await writeParticipants(folder, participants);
  for (const { id } of participants) {
    await writeMultiEchoBids(
      folder,
      id,
      { real: echoes, imaginary: echoes, echoTimesMs: [1.15, 2.3], fieldStrengthT: 1.5 },
      { dataType: 'float32' },
    );
    await writeRoiLabels(
      roiPath(folder, id, ending),
      labels(),
      LABELS.map((value) => ({ value, name: `seg${value}` })),
    );
  }
  return folder;
}

async function all(folder: string, signal?: AbortSignal): Promise<CohortCase[]> {
  const cases: CohortCase[] = [];
  for await (const one of readCohort(folder, { signal })) cases.push(one);
  return cases;
}

describe('a cohort', () => {
  test.each(['seg.nrrd', 'nii.gz'])('comes back as it was written (%s)', async (ending) => {
    const cases = await all(await writeCohort(ending));
    expect(cases.map(({ id, clinical }) => ({ id, clinical }))).toEqual(participants);
    const multiEcho = await cases[0].readMultiEcho();
    expect(denseData(multiEcho.real!)).toEqual(denseData(echoes));
    const rois = await cases[1].readRois(image);
    expect(rois.map(({ segment, label }) => [segment, label])).toEqual(
      LABELS.map((n) => [`seg${n}`, n]),
    );
    expect(rois[3].box).toEqual({ start: [6, 1, 0], size: [2, 1, 1] });
    expect([...denseData(rois[0].mask)]).toEqual([...denseData(labels())]);
  });

  test('ROIs as boxes', async () => {
    const folder = await writeCohort();
    rmSync(roiPath(folder, 'sub-01', 'seg.nrrd'));
    const markups = LABELS.map((n, i) => ({
      type: 'ROI',
      roiType: 'Box',
      name: `seg${n}`,
      coordinateSystem: 'LPS',
      center: [4 * i + 1, 2, 0],
      size: [4, 2, 5],
    }));
    writeFileSync(roiPath(folder, 'sub-01', 'mrk.json'), JSON.stringify({ markups }));
    const [first] = await all(folder);
    const rois = await first.readRois(image);
    expect(rois.map(({ box }) => box)).toEqual(
      LABELS.map((_, i) => ({ start: [2 * i, 1, 0], size: [2, 1, 1] })),
    );
  });

  test('DICOM in sourcedata, sessions in BIDS', async () => {
    const folder = await writeCohort();
    const name = 'dixon-siemens-classic-magphase';
    rmSync(path.join(folder, 'sub-01'), { recursive: true });
    const source = path.join(folder, 'sourcedata', 'sub-01');
    mkdirSync(source, { recursive: true });
    for (const file of bundle(name).values()) {
      if (file.name.endsWith('.IMA'))
        writeFileSync(path.join(source, path.basename(file.name)), file.content);
    }
    const [first, second] = await all(folder);
    expect((await first.readMultiEcho()).real!.data.shape).toEqual([64, 52, 4, 6]);
    mkdirSync(path.join(folder, 'sub-02', 'ses-1'));
    renameSync(path.join(folder, 'sub-02', 'anat'), path.join(folder, 'sub-02', 'ses-1', 'anat'));
    expect((await second.readMultiEcho()).echoTimesMs).toEqual([1.15, 2.3]);
  });

  test('maps where there are no echoes: in the subject, in a derivative, in DICOM', async () => {
    const folder = await writeCohort();
    const [first, second] = await all(folder);
    expect(await first.imageKind()).toBe('echoes');
    rmSync(path.join(folder, 'sub-01'), { recursive: true });
    rmSync(path.join(folder, 'sub-02'), { recursive: true });
    await expect(first.imageKind()).rejects.toMatchObject({
      code: 'NO_IMAGES',
      message: expect.stringMatching(/sub-01 holds no .*MEGRE.*desc-pdff_map.*sourcedata/),
    });
    await expect(first.readMaps()).rejects.toMatchObject({ code: 'NO_IMAGES' });

    const pdff = createVolume(new Float32Array(72).fill(7), [12, 6, 1], { spacing: [2, 2, 5] });
    const anat = (...names: string[]) => path.join(folder, ...names, 'anat');
    await writeImage(path.join(anat('sub-01', 'ses-2'), 'sub-01_FF.nii.gz'), pdff);
    expect(await first.imageKind()).toBe('maps');
    expect((await first.readMaps()).pdffPercent!.data.get(3, 3, 0)).toBe(7);

    const derivative = anat('derivatives', 'scanner', 'sub-02');
    await writeImage(path.join(derivative, 'sub-02_desc-pdff_map.nii.gz'), pdff);
    await writeImage(path.join(derivative, 'sub-02_R2starmap.nii.gz'), pdff);
    expect(await second.imageKind()).toBe('maps');
    expect(Object.keys(await second.readMaps())).toEqual(['pdffPercent', 'r2starPerSecond']);
    await writeImage(
      path.join(anat('derivatives', 'other', 'sub-02'), 'sub-02_desc-pdff_map.nii.gz'),
      pdff,
    );
    await expect(second.readMaps()).rejects.toMatchObject({
      problem: 'ambiguous',
      message: expect.stringMatching(/sub-02 holds 2 fat fraction maps/),
    });

    rmSync(path.join(folder, 'sub-01'), { recursive: true });
    const source = path.join(folder, 'sourcedata', 'sub-01');
    mkdirSync(source, { recursive: true });
    for (const file of bundle('vendor-maps').values()) {
      if (file.name.startsWith('ge-type'))
        writeFileSync(path.join(source, path.basename(file.name)), file.content);
    }
    expect(await first.imageKind()).toBe('maps');
    expect((await first.readMaps()).pdffPercent!.data.shape).toEqual([16, 12, 3]);
    const enhanced = bundle('philips-enhanced').get('r12.dcm')!;
    writeFileSync(path.join(source, 'r12.dcm'), enhanced.content);
    expect(await first.imageKind()).toBe('echoes');
  });

  test('what is absent is told when it is asked for', async () => {
    const folder = await writeCohort();
    rmSync(path.join(folder, 'sub-01'), { recursive: true });
    const [first, second] = await all(folder);
    await expect(first.readMultiEcho()).rejects.toMatchObject({ code: 'NO_IMAGES' });
    rmSync(roiPath(folder, 'sub-01', 'seg.nrrd'));
    await expect(first.readRois(image)).rejects.toThrow(/sub-01 has no ROIs/);
    await writeRoiLabels(roiPath(folder, 'sub-02', 'nii.gz'), labels(), []);
    await expect(second.readRois(image)).rejects.toThrow(/several files of ROIs/);
    rmSync(roiPath(folder, 'sub-02', 'seg.nrrd'));
    const withoutSix = denseData(labels()).map((v) => (v === 6 ? 0 : v));
    await writeRoiLabels(
      roiPath(folder, 'sub-02', 'nii.gz'),
      createVolume(withoutSix, [12, 6, 1], image),
      [],
    );
    await expect(second.readRois(image)).rejects.toMatchObject({
      code: 'BAD_SEGMENTATION',
      message: expect.stringMatching(/no voxels with the value 6 \(segment seg6\)/),
    });
  });

  test('a signal stops it', async () => {
    const folder = await writeCohort();
    const controller = new AbortController();
    const seen: string[] = [];
    const work = async (): Promise<void> => {
      for await (const { id } of readCohort(folder, { signal: controller.signal })) {
        seen.push(id);
        controller.abort();
      }
    };
    await expect(work()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(seen).toEqual(['sub-01']);
  });

  test('a folder without a table', async () => {
    await expect(all(emptyFolder())).rejects.toMatchObject({
      code: 'FILE_ACCESS',
      message: expect.stringMatching(/participants\.tsv cannot be read/),
    });
  });
});

describe('participants.tsv', () => {
  const header =
    'participant_id\tage\tsex\tsteatosis_grade\tpancreatic_steatosis_grade\tmetabolic_syndrome';
  const parse = (...lines: string[]) => parseParticipants(lines.join('\n'), 'participants.tsv');

  test('columns in any order, more columns, other words, a byte order mark, CRLF', () => {
    const text =
      '\uFEFFsex\tparticipant_id\tnote\tmetabolic_syndrome\tage\tsteatosis_grade\tpancreatic_steatosis_grade\r\n' +
      'female\tsub-x1\thello\t1\t33.5\t3\tn/a\r\n\r\n';
    expect(parseParticipants(text, 't')).toEqual([
      {
        id: 'sub-x1',
        clinical: {
          ageYears: 33.5,
          sex: 'F',
          steatosisGrade: 3,
          pancreaticSteatosisGrade: null,
          metabolicSyndrome: true,
        },
      },
    ]);
  });

  test.each([
    ['a column is missing', ['participant_id\tage'], 1, undefined, /sex, steatosis_grade/],
    ['commas instead of tabs', [header.replaceAll('\t', ',')], 1, undefined, /separated by tabs/],
    ['a short line', [header, 'sub-1\t3'], 2, undefined, /2 cells; the header has 6/],
    [
      'a grade out of range',
      [header, 'sub-1\t3\tM\t4\t0\tno'],
      2,
      4,
      /steatosis_grade is "4"; expected a whole number 0 … 3, or n\/a/,
    ],
    ['a half grade', [header, 'sub-1\t3\tM\t0\t1.5\tno'], 2, 5, /pancreatic/],
    ['an empty cell', [header, 'sub-1\t\tM\t0\t1\tno'], 2, 2, /age is ""/],
    ['an age in words', [header, 'sub-1\told\tM\t0\t1\tno'], 2, 2, /"old"/],
    ['an age in hexadecimal', [header, 'sub-1\t0x28\tM\t0\t1\tno'], 2, 2, /"0x28"/],
    ['no participant', [header, ''], 1, undefined, /no participant follows/],
    ['a word that objects inherit', [header, 'sub-1\t3\tconstructor\t0\t1\tno'], 2, 3, /sex is/],
    ['another sex', [header, 'sub-1\t3\tx\t0\t1\tno'], 2, 3, /sex is "x"/],
    ['a maybe', [header, 'sub-1\t3\tF\t0\t1\tmaybe'], 2, 6, /metabolic_syndrome/],
    ['an id without prefix', [header, '1\t3\tF\t0\t1\tno'], 2, 1, /sub- followed by/],
    ['a path as id', [header, 'sub-../x\t3\tF\t0\t1\tno'], 2, 1, /sub- followed by/],
    [
      'a patient twice',
      [header, 'sub-1\t3\tF\t0\t1\tno', 'sub-1\t3\tF\t0\t1\tno'],
      3,
      1,
      /already stands in line 2/,
    ],
    ['an empty file', [''], 1, undefined, /participant_id/],
  ])('%s: line and column', (_, lines, line, column, message) => {
    try {
      parse(...lines);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'BROKEN_TABLE', line, column });
      expect((error as Error).message).toMatch(message);
    }
  });
});
