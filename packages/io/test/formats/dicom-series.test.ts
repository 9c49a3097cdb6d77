import { denseData, worldToIndex } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { readImage, readSeries, type Series } from '../../src/index.js';
import {
  affineDifference,
  affineLps,
  bundle,
  type Fixture,
  json,
  sha256,
  warnings,
} from './bundle.js';

interface Expected {
  status: string;
  sortedFiles?: string[];
  sortedFiles_echo_slice?: string[][];
  affineLPS?: number[][];
  storedSha256_slice_row_col?: string;
  storedSha256?: string;
  shape_slice_row_col?: number[];
  probe?: { index_slice_row_col: number[]; value: number; worldLPS: number[] };
  series?: { files: string[]; seriesInstanceUID: string; sha256: string }[];
  rescale?: { slope: number; intercept: number };
  echoTimesMs?: number[];
}

const files = bundle('geometry');
const expected: Record<string, Expected> = json(files.get('geometry/expected.json'));
const ofCase = (name: string): Fixture[] =>
  [...files.values()].filter((file) => file.name.startsWith(`geometry/${name}/`));
const baseNames = (series: Series): string[] =>
  series.volumes.flatMap((volume) => volume.files.map((file) => file.split('/').at(-1)!));

describe('slice order and geometry (17 series; affines agree with SimpleITK 2.5.7 and dcm2niix where they read them)', () => {
  const ok = Object.entries(expected).filter(
    ([, { status, affineLPS }]) => status.startsWith('ok') && affineLPS,
  );
  test.each(ok)('%s', async (name, facts) => {
    const [series] = await readSeries(ofCase(name));
    expect(series.error).toBeUndefined();
    const volume = series.volume!;
    expect(affineDifference(affineLps(volume), facts.affineLPS!)).toBeLessThan(1e-6);
    const rescaled = facts.rescale?.intercept ?? 0;
    const stored =
      rescaled === 0 ? denseData(volume) : Uint16Array.from(denseData(volume), (v) => v - rescaled);
    expect(sha256(stored)).toBe(facts.storedSha256_slice_row_col ?? facts.storedSha256);
    expect(baseNames(series)).toEqual(facts.sortedFiles ?? facts.sortedFiles_echo_slice!.flat());
    if (facts.probe !== undefined) {
      const [z, y, x] = facts.probe.index_slice_row_col;
      expect(volume.data.get(x, y, z)).toBe(facts.probe.value + rescaled);
      const index = worldToIndex(volume, facts.probe.worldLPS);
      expect(Math.max(...[x, y, z].map((v, axis) => Math.abs(v - index[axis])))).toBeLessThan(2e-3);
    }
    if (facts.echoTimesMs !== undefined)
      expect(series.volumes[0].echoTimesMs).toEqual(facts.echoTimesMs);
  });

  test('a gantry tilt makes a sheared volume and a warning with the angle', async () => {
    const { list, onWarning } = warnings();
    const [series] = await readSeries(ofCase('gantry-tilt-ct'), { onWarning });
    expect(list).toHaveLength(1);
    expect(list[0]).toMatch(/15\.00 degrees/);
    expect(series.warnings).toEqual(list);
  });

  test('two series stay apart', async () => {
    const all = await readSeries(ofCase('two-series'));
    const found = all.map((series) => ({
      files: baseNames(series),
      seriesInstanceUID: series.seriesInstanceUID,
      sha256: sha256(denseData(series.volume!)),
    }));
    expect(found).toEqual(expect.arrayContaining(expected['two-series'].series!));
    expect(found).toHaveLength(2);
  });

  test.each([
    [
      'missing-slice',
      'missing-slice',
      /missing between .*015\.dcm at 8 mm and .*005\.dcm at 16 mm: this gap is 8 mm, the others are 4 mm/,
    ],
    ['uneven-spacing', 'uneven-spacing', /4\.4, 3\.3, 5\.2, 3\.1, 4 mm/],
    ['duplicate-position', 'duplicate-slice', /002\.dcm and .*dup_002\.dcm are the same slice/],
    ['mixed-orientation', 'mixed-orientation', /several orientations/],
    ['no-position', 'no-position', /\(0020,0032\)/],
    ['size-mismatch', 'mixed-size', /8×6 pixels .* 8×8 pixels/],
    ['echo-stack-hole', 'incomplete-echo', /Echo 2 .* \(slice 3 of 4\)/],
  ])('%s is refused and says which', async (name, problem, message) => {
    const [series] = await readSeries(ofCase(name));
    expect(series.volumes).toEqual([]);
    expect(series.error).toMatchObject({ code: 'IRREGULAR_SERIES', problem });
    expect(series.error!.message).toMatch(message);
  });

  test('any order of the files gives the same volume', async () => {
    const forwards = await readSeries(ofCase('oblique'));
    const backwards = await readSeries(ofCase('oblique').toReversed());
    expect(denseData(backwards[0].volume!)).toEqual(denseData(forwards[0].volume!));
    expect(backwards[0].volume!.origin).toEqual(forwards[0].volume!.origin);
  });
});

describe('a real Philips series of nine slices at three times', () => {
  const epi = bundle('philips-classic-epi');
  const dicom = [...epi.values()].filter(({ name }) => name.endsWith('.dcm'));

  test('each repetition is a volume whose values are those of dcm2niix v1.0.20260724, place by place', async () => {
    const [series] = await readSeries(dicom);
    const golden = await readImage(
      epi.get('golden-nifti/philips-classic-epi/201_EPI_asc_e1.nii.gz')!,
    );
    expect(series.volumes.map(({ repetition }) => repetition)).toEqual([0, 1, 2]);
    for (const { volume, repetition } of series.volumes) {
      expect(volume.data.shape).toEqual([64, 64, 9]);
      let [worst, apart] = [0, 0];
      for (let z = 0; z < 9; z++) {
        for (let y = 0; y < 64; y += 3) {
          for (let x = 0; x < 64; x += 3) {
            const d = volume.direction;
            const s = volume.spacing;
            const point = [0, 1, 2].map(
              (r) =>
                volume.origin[r] +
                d[r * 3] * s[0] * x +
                d[r * 3 + 1] * s[1] * y +
                d[r * 3 + 2] * s[2] * z,
            );
            const index = worldToIndex(golden, point);
            const whole = index.map(Math.round);
            apart = Math.max(apart, ...index.map((v, i) => Math.abs(v - whole[i])));
            const there = golden.data.get(whole[0], whole[1], whole[2], repetition);
            worst = Math.max(worst, Math.abs(volume.data.get(x, y, z) - there));
          }
        }
      }
      expect(apart).toBeLessThan(1e-3);
      // Relative to the largest value, 415 962: single precision.
      expect(worst / 415_962).toBeLessThan(1e-6);
    }
  });

  test('tags say how, not whom, unless asked', async () => {
    const [plain] = await readSeries(dicom);
    expect(plain.tags).toMatchObject({
      Modality: 'MR',
      EchoTime: 30.001,
      MagneticFieldStrength: 3,
    });
    const text = JSON.stringify(plain.tags);
    expect(text).not.toMatch(/Patient|1\.3\.46|StudyDate|phantom/);
    const [whole] = await readSeries(dicom, { keepIdentifiers: true });
    expect(whole.tags['PatientID']).toBe('phantom');
  });
});

describe('what is no series', () => {
  test('other files are skipped with a warning, damaged DICOM files are errors', async () => {
    const { list, onWarning } = warnings();
    const text = {
      name: 'notes.txt',
      bytes: () => Promise.resolve(new TextEncoder().encode('hello world, nothing here')),
    };
    expect(await readSeries([text, ...ofCase('coronal')], { onWarning })).toHaveLength(1);
    expect(list).toEqual(['notes.txt is no DICOM file; it was skipped.']);
    const [first, ...rest] = ofCase('coronal');
    const cut = { name: first.name, bytes: () => Promise.resolve(first.content.subarray(0, 700)) };
    await expect(readSeries([cut, ...rest])).rejects.toMatchObject({ code: 'MALFORMED_FILE' });
  });

  test('an async iterable of Blobs will do', async () => {
    const blobs = async function* (): AsyncGenerator<Blob> {
      for (const { content } of ofCase('coronal')) yield new Blob([content as BlobPart]);
    };
    const [series] = await readSeries(blobs());
    expect(series.volume!.data.shape).toEqual([16, 11, 5]);
  });

  test('one file instead of several is a clear error', async () => {
    await expect(readSeries(new Uint8Array(4) as never)).rejects.toThrow(/an iterable of files/);
  });
});
