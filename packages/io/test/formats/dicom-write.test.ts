import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createVolume, denseData, gridOf, reorient, sameGrid, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalString, encodeDataSet } from '../../src/dicom/write-data-set.js';
import { uidOfHash } from '../../src/dicom/write-uid.js';
import { encodeDicomMaps, type EncodedDicomMap, readSeries } from '../../src/index.js';

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'dicom-maps');

/** A turned, oblique grid of 3 × 4 × 2 voxels. */
const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
const oblique = {
  spacing: [1.25, 1.5, 3.3] as [number, number, number],
  origin: [-101.123456, 22.2, 7.7] as [number, number, number],
  direction: [c, -s, 0, s, c, 0, 0, 0, 1],
};
const pdffPercent = createVolume(
  Float32Array.from({ length: 24 }, (_, i) => 1.7 * i - 3.123),
  [3, 4, 2],
  oblique,
);
const r2starPerSecond = createVolume(
  Float32Array.from({ length: 24 }, (_, i) => (i === 5 ? Number.NaN : 3.33 * i * i - 4)),
  [3, 4, 2],
  oblique,
);
const water = createVolume(
  Float32Array.from({ length: 24 }, (_, i) => 0.00123 * i),
  [3, 4, 2],
  oblique,
);

const back = async (series: EncodedDicomMap): Promise<Volume> => {
  const [read] = await readSeries(series.files);
  if (read.error !== undefined) throw read.error;
  return read.volume!;
};

describe('encodeDicomMaps', () => {
  it('writes the files that pydicom was asked about, byte for byte', async () => {
    const source = { MagneticFieldStrength: 1.5, RepetitionTime: 10.3, FlipAngle: 5 };
    const encoded = await encodeDicomMaps(
      { pdffPercent, r2starPerSecond, water },
      { source, comment: 'Six echoes.' },
    );
    for (const { name, files } of encoded) {
      files.forEach((bytes, i) => {
        const file = path.join(FIXTURES, `${name}_${i + 1}.dcm`);
        expect(existsSync(file), file).toBe(true);
        expect(Uint8Array.from(readFileSync(file))).toEqual(bytes);
      });
    }
    expect(readdirSync(FIXTURES).filter((name) => name.endsWith('.dcm'))).toHaveLength(6);
  });

  it('means to pydicom what the maps mean', () => {
    const decoded = JSON.parse(readFileSync(path.join(FIXTURES, 'pydicom.json'), 'utf8')) as Record<
      string,
      {
        rescaled: (number | null)[][];
        realWorld: (number | null)[][];
        unit: string[];
        tags: Record<string, unknown>;
        warnings: string[];
      }
    >;
    const maps = { pdffPercent, r2starPerSecond, water };
    const half = { pdffPercent: 0.005, r2starPerSecond: 0.05, water: 5e-7 };
    const unit = { pdffPercent: '%', r2starPerSecond: '/s', water: "[arb'U]" };
    for (const [name, map] of Object.entries(maps) as [keyof typeof maps, Volume][]) {
      const values = denseData(map);
      for (const slice of [0, 1]) {
        const {
          rescaled,
          realWorld,
          tags,
          unit: unitFound,
          warnings,
        } = decoded[`${name}_${slice + 1}`];
        expect(warnings).toEqual([]);
        expect(unitFound[0]).toBe(unit[name]);
        for (const found of [rescaled, realWorld]) {
          expect([found.length, found[0].length]).toEqual([4, 3]);
          found.flat().forEach((value, i) => {
            const wanted = values[12 * slice + i];
            if (Number.isNaN(wanted)) expect(value).toBeNull();
            else expect(Math.abs(value! - wanted)).toBeLessThanOrEqual(half[name] * 1.0001);
          });
        }
        expect(tags).toMatchObject({
          SOPClassUID: '1.2.840.10008.5.1.4.1.1.4',
          PatientName: 'ANONYMOUS',
          PatientID: 'ANONYMOUS',
          PatientIdentityRemoved: 'YES',
          StudyDate: '',
          PixelSpacing: [1.5, 1.25],
          SliceThickness: 3.3,
          MagneticFieldStrength: 1.5,
          InstanceNumber: slice + 1,
        });
        const position = tags['ImagePositionPatient'] as number[];
        [-101.123456, 22.2, 7.7 + 3.3 * slice].forEach((v, i) => {
          expect(position[i]).toBeCloseTo(v, 9);
        });
        const orientation = tags['ImageOrientationPatient'] as number[];
        [c, s, 0, -s, c, 0].forEach((v, i) => expect(orientation[i]).toBeCloseTo(v, 12));
      }
    }
  });

  it('reads back within half a step and on the same grid, however the axes point', async () => {
    const axes = fc.constantFrom('LPS', 'RAS', 'LAS', 'RPI', 'LSA', 'ASL', 'PIR', 'SRA');
    const size = fc.integer({ min: 2, max: 5 });
    await fc.assert(
      fc.asyncProperty(
        axes,
        fc.tuple(size, size, size),
        fc.infiniteStream(fc.double({ min: -300, max: 300, noNaN: true })),
        async (letters, shape, stream) => {
          const count = shape[0] * shape[1] * shape[2];
          const values = Float32Array.from({ length: count }, () => stream.next().value as number);
          const map = reorient(createVolume(values, shape, oblique), letters);
          const [series] = await encodeDicomMaps({ pdffPercent: map });
          const read = reorient(await back(series), 'LPS');
          const given = reorient(map, 'LPS');
          expect(sameGrid(read, given, 1e-6)).toBe(true);
          const wanted = denseData(given);
          denseData(read).forEach((value, i) => {
            expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(0.005 + 1e-4);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shows axial slices from below, the patient’s right on the left', async () => {
    const ras = reorient(pdffPercent, 'RAS');
    const [series] = await encodeDicomMaps({ pdffPercent: ras });
    const read = await back(series);
    expect(gridOf(read).direction).toEqual(
      gridOf(pdffPercent).direction.map((v) => expect.closeTo(v, 10) as number),
    );
  });

  it('gives the same bytes for the same maps and other UIDs for others', async () => {
    const [first, again] = await Promise.all([
      encodeDicomMaps({ pdffPercent, water }),
      encodeDicomMaps({ pdffPercent, water }),
    ]);
    expect(again).toEqual(first);
    const changed = createVolume(denseData(pdffPercent).slice(), [3, 4, 2], oblique);
    changed.data.set(1, 1, 1, 50);
    const [other] = await encodeDicomMaps({ pdffPercent: changed, water });
    expect(other.seriesInstanceUID).not.toBe(first[0].seriesInstanceUID);
    const uids = [...first, other].map(({ seriesInstanceUID }) => seriesInstanceUID);
    expect(new Set(uids).size).toBe(3);
    for (const uid of uids) expect(uid).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
  });

  it('takes patient, study and frame of reference from the source where they are given', async () => {
    const source = {
      PatientName: 'Müller^Zoë',
      PatientID: '4711',
      PatientBirthDate: '19700101',
      PatientSex: 'F',
      StudyDate: '20200229',
      StudyInstanceUID: '1.2.826.0.1.99',
      FrameOfReferenceUID: '1.2.826.0.1.98',
      SeriesNumber: 7,
      EchoTime: [1.15, 2.3],
    };
    const [series] = await encodeDicomMaps({ pdffPercent }, { source });
    const [read] = await readSeries(series.files, { keepIdentifiers: true });
    const { EchoTime: _, ...kept } = source;
    expect(read.tags).toMatchObject({ ...kept, SeriesNumber: 701 });
    const plain = await encodeDicomMaps({ pdffPercent });
    expect(plain[0].seriesInstanceUID).not.toBe(series.seriesInstanceUID);
    const [anonymous] = await readSeries(plain[0].files, { keepIdentifiers: true });
    expect(anonymous.tags).toMatchObject({ PatientName: 'ANONYMOUS', SeriesNumber: 1 });
    expect(anonymous.tags).not.toHaveProperty('StudyDate');
  });

  it('counts what 16 bits cannot hold', async () => {
    const wild = createVolume(
      Float32Array.of(327.67, 400, -1e9, Number.POSITIVE_INFINITY, Number.NaN, 0),
      [6, 1, 1],
    );
    const [series] = await encodeDicomMaps({ pdffPercent: wild });
    expect(series).toMatchObject({ step: 0.01, saturated: 3, undefinedVoxels: 1 });
    const values = Array.from(denseData(await back(series)));
    [327.67, 327.67, -327.67, 327.67, -327.68, 0].forEach((v, i) =>
      expect(values[i]).toBeCloseTo(v, 4),
    );
    const nothing = createVolume(new Float32Array(4), [2, 2, 1]);
    expect((await encodeDicomMaps({ water: nothing }))[0].step).toBe(1);
  });

  it.each<[what: string, maps: object, options: object, message: RegExp]>([
    ['no map', {}, {}, /at least one map/],
    ['an unknown map', { pdff: pdffPercent }, {}, /pdff.*maps named water/],
    [
      'several components',
      { pdffPercent: createVolume(new Float32Array(8), [2, 2, 1, 2]) },
      {},
      /\[nx, ny, nz\]/,
    ],
    [
      'two grids',
      { water, fat: createVolume(new Float32Array(24), [3, 4, 2]) },
      {},
      /fat lies on another grid/,
    ],
    [
      'a sheared plane',
      { water: { ...water, direction: [1, 0.6, 0, 0, 0.8, 0, 0, 0, 1] } },
      {},
      /perpendicular image axes/,
    ],
    ['an unknown option', { water }, { patient: 'x' }, /options.patient of encodeDicomMaps/],
    ['no UID', { water }, { source: { StudyInstanceUID: 'study 7' } }, /a DICOM UID/],
    ['a long text', { water }, { source: { PatientID: 'x'.repeat(65) } }, /\(0010,0010\)/],
    ['a number', { water }, { source: { PatientName: 12 } }, /PatientName is 12; expected a text/],
  ])('refuses %s', async (_, maps, options, message) => {
    await expect(encodeDicomMaps(maps, options)).rejects.toThrow(message);
  });
});

describe('decimalString', () => {
  it('keeps within 16 characters and loses no more than it must', () => {
    const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(finite, (value) => {
        const text = decimalString(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?(e[+-]\d+)?$/);
        expect(text.length).toBeLessThanOrEqual(16);
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(1e-14 + 1e-8 * Math.abs(value));
      }),
    );
    expect(decimalString(-0.9553364891256061)).toBe('-0.9553364891256');
    expect(decimalString(-1e-17)).toBe('0');
    expect(() => decimalString(Number.NaN)).toThrow(/finite/);
  });
});

it('makes UIDs whose number is a UUID of version 8', () => {
  const uid = uidOfHash(new Uint8Array(32).fill(255));
  const hex = BigInt(uid.slice('2.25.'.length)).toString(16);
  expect(hex).toBe('ffffffffffff8fffbfffffffffffffff');
});

it('puts elements in order and pads to even length', () => {
  const bytes = encodeDataSet([
    { tag: 0x00100020, vr: 'LO', value: 'abc' },
    { tag: 0x00080018, vr: 'UI', value: '1.2' },
    { tag: 0x00081140, vr: 'SQ', value: [[{ tag: 0x00080100, vr: 'SH', value: 'x' }]] },
  ]);
  const text = String.fromCharCode(...bytes);
  expect(text).toBe(
    '\x08\0\x18\0UI\x04\x001.2\0' +
      '\x08\0\x40\x11SQ\0\0\x12\0\0\0\xfe\xff\0\xe0\x0a\0\0\0\x08\0\0\x01SH\x02\0x ' +
      '\x10\0\x20\0LO\x04\0abc ',
  );
});
