import { denseData } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { readImage } from '../../src/index.js';
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
  stored?: { sha256: string; shape: number[]; dtype: string };
  scaled?: { min: number; max: number; mean: number; slope: number; inter: number };
  affineRAS?: number[][];
  sameAs?: string;
}

const files = bundle('nifti');
const get = (name: string): Fixture => files.get(`nifti/${name}`)!;
const expected: Record<string, Expected> = json(get('expected.json'));

async function read(name: string, onWarning?: (message: string) => void) {
  const openSibling = (sibling: string): Promise<Uint8Array> =>
    Promise.resolve(get(sibling).content);
  return await readImage(get(name), { openSibling, onWarning });
}

/** Affine of the reference (RAS) in LPS. */
const lps = (ras: number[][]): number[][] =>
  ras.slice(0, 3).map((row, i) => (i < 2 ? row.map((v) => -v) : row));

describe('NIfTI files written by nibabel 5.4.2 and real ones', () => {
  for (const [name, own] of Object.entries(expected)) {
    const facts = own.sameAs === undefined ? own : expected[own.sameAs];
    const wide = /u?int64/.test(name);
    const special = name === 'form-q0-s0.nii' || name === 'units-micron.nii';

    test(`${name}: voxels and geometry`, async () => {
      const volume = await read(name);
      const values = denseData(volume);
      const { stored, scaled, affineRAS } = facts;
      const scaledByHeader = scaled !== undefined && (scaled.slope !== 1 || scaled.inter !== 0);
      const components = name.includes('complex') || name.includes('rgb');
      if (!scaledByHeader && !wide && !components) expect(sha256(values)).toBe(stored!.sha256);
      if (scaled !== undefined) {
        let [min, max, sum] = [Infinity, -Infinity, 0];
        for (const value of values) {
          min = Math.min(min, value);
          max = Math.max(max, value);
          sum += value;
        }
        // Scaled values are single precision: 2^-24 relative.
        const size = 1.2e-7 * Math.max(Math.abs(scaled.min), Math.abs(scaled.max));
        expect(Math.abs(min - scaled.min)).toBeLessThanOrEqual(size);
        expect(Math.abs(max - scaled.max)).toBeLessThanOrEqual(size);
        expect(Math.abs(sum / values.length - scaled.mean)).toBeLessThanOrEqual(size);
      }
      if (!special)
        expect(affineDifference(affineLps(volume), lps(affineRAS!))).toBeLessThan(1e-12);
    });
  }

  test('shapes: planes, time, vectors, components', async () => {
    const shape = async (name: string): Promise<number[]> => (await read(name)).data.shape;
    expect(await shape('2d.nii')).toEqual([7, 6, 1]);
    expect(await shape('4d-echo.nii.gz')).toEqual([7, 6, 5, 6]);
    expect(await shape('5d-vector.nii.gz')).toEqual([3, 4, 2, 3]);
    expect(await shape('dtype-complex64.nii')).toEqual([7, 6, 5, 2]);
    expect(await shape('dtype-rgb24.nii')).toEqual([7, 6, 5, 3]);
  });

  test('components stand last: complex and colour files hash back to the stored order', async () => {
    for (const name of ['dtype-complex64.nii', 'dtype-rgb24.nii']) {
      const volume = await read(name);
      const values = denseData(volume);
      const components = volume.data.shape[3];
      const together = values.map((_, i) => {
        const voxel = Math.floor(i / components);
        return values[(i % components) * (values.length / components) + voxel];
      });
      expect(sha256(together)).toBe(expected[name].stored!.sha256);
    }
  });

  test('64-bit integers become double precision with the same values', async () => {
    for (const [name, signed] of [
      ['dtype-int64.nii', true],
      ['dtype-uint64.nii', false],
    ] as const) {
      const values = denseData(await read(name));
      expect(values).toBeInstanceOf(Float64Array);
      const integers = BigInt64Array.from(values, (v) => BigInt(v));
      expect(signed || integers.every((v) => v >= 0n)).toBe(true);
      expect(sha256(integers)).toBe(expected[name].stored!.sha256);
    }
  });

  test('without sform and qform: axes to the right, anterior, superior, and a warning', async () => {
    const { list, onWarning } = warnings();
    const volume = await read('form-q0-s0.nii', onWarning);
    expect(affineLps(volume)).toEqual([
      [-2, 0, 0, 0],
      [0, -1.5, 0, 0],
      [0, 0, 3, 0],
    ]);
    expect(list).toHaveLength(1);
    expect(list[0]).toMatch(/neither sform nor qform/);
  });

  test('micrometres become millimetres', async () => {
    expect((await read('units-micron.nii')).spacing).toEqual([2, 1.5, 3]);
  });

  test('a gzipped file under a plain name is told by its content', async () => {
    const volume = await read('gz-named-nii.nii');
    expect(denseData(volume)).toEqual(denseData(await read('dtype-int16.nii')));
  });

  test('a pair without its .img says what to do', async () => {
    await expect(readImage(get('pair.hdr'))).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      message: expect.stringMatching(/pair\.img.*@steatosis\/io\/node/),
    });
  });

  test('a float view shares the bytes of the caller, an odd offset is copied', async () => {
    const bytes = get('dtype-float32.nii').content;
    expect((await readImage(bytes)).data.data.buffer).toBe(bytes.buffer);
    const odd = get('vox-offset-357.nii').content;
    expect((await readImage(odd)).data.data.buffer).not.toBe(odd.buffer);
  });

  test('Analyze 7.5 and types without a layout are refused by name', async () => {
    const analyze = get('dtype-int16.nii').content.slice();
    analyze.fill(0, 344, 348);
    await expect(readImage(analyze)).rejects.toThrow(/Analyze 7\.5/);
    const long = get('dtype-int16.nii').content.slice();
    new DataView(long.buffer).setInt16(70, 1536, true);
    await expect(readImage(long)).rejects.toThrow(/float128/);
  });
});
