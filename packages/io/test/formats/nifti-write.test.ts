import {
  createVolume,
  denseData,
  sameGrid,
  type TypedArray,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeNifti, encodeNrrd, readImage } from '../../src/index.js';
import { matrixOfQform, qformOfMatrix } from '../../src/nifti/quaternion.js';

const TYPES = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
] as const;

/** A rotation from two angles and a turn, with any handedness. */
const direction = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.constantFrom<1 | -1>(1, -1),
  )
  .map(([b, c, d, qfac]) => {
    const length = Math.max(1, Math.hypot(b, c, d));
    return matrixOfQform({ b: b / length, c: c / length, d: d / length, qfac });
  });

export const anyVolume: fc.Arbitrary<Volume> = fc
  .record({
    shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 4 }),
    type: fc.constantFrom(...TYPES),
    spacing: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.1, max: 12, noNaN: true }))),
    origin: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -500, max: 500, noNaN: true }))),
    direction,
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ shape, type, spacing, origin, direction, seed }) => {
    const data = new type(shape.reduce((product, n) => product * n, 1));
    for (let i = 0; i < data.length; i++) data[i] = ((i + 1) * seed * 7919) % 251;
    return createVolume<TypedArray>(data, shape, {
      spacing: spacing as Vector3,
      origin: origin.map((v) => v + 0) as Vector3,
      direction,
    });
  });

function sameShape(a: Volume, b: Volume): boolean {
  const trim = (shape: number[]): number[] => (shape[3] === 1 ? shape.slice(0, 3) : shape);
  return trim(a.data.shape).join() === trim(b.data.shape).join();
}

describe('write, then read', () => {
  test('any volume comes back from NIfTI and NRRD: values exactly, the grid within single precision', async () => {
    await fc.assert(
      fc.asyncProperty(anyVolume, fc.boolean(), async (volume, gzip) => {
        const nifti = await readImage(await encodeNifti(volume, { gzip }));
        const nrrd = await readImage(await encodeNrrd(volume, { encoding: gzip ? 'gzip' : 'raw' }));
        for (const back of [nifti, nrrd]) {
          expect(sameShape(back, volume)).toBe(true);
          expect(back.data.data.constructor).toBe(volume.data.data.constructor);
          expect([...denseData(back)]).toEqual([...denseData(volume)]);
        }
        expect(sameGrid(volume, nifti, 1e-3)).toBe(true);
        expect(nrrd.origin).toEqual(volume.origin);
        expect(sameGrid(volume, nrrd, 1e-9)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('int16 storage keeps zero, the sign and half a step', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.float({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 40 }),
        async (drawn) => {
          // Below 4e-34 no slope of single precision describes the range; that is refused, see below.
          const values = drawn.map((value) => (Math.abs(value) < 4e-34 ? 0 : value));
          const volume = createVolume(Float32Array.from([0, ...values]), [values.length + 1, 1, 1]);
          const back = denseData(await readImage(await encodeNifti(volume, { dataType: 'int16' })));
          const step = Math.max(...values.map(Math.abs), 0) / 32767;
          expect(back[0]).toBe(0);
          values.forEach((value, i) => {
            // Half a step, and what single precision adds.
            const limit = step / 2 + 1.2e-7 * Math.abs(value);
            expect(Math.abs(back[i + 1] - value)).toBeLessThanOrEqual(limit * 1.001);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  test('int16 storage refuses values that it cannot hold', async () => {
    const volume = createVolume(new Float32Array([1, Number.NaN]), [2, 1, 1]);
    await expect(encodeNifti(volume, { dataType: 'int16' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });

  test.each([1e300, 2e43, 1e-40, 1e-320])(
    'int16 storage refuses a range that no slope describes: %s',
    async (largest) => {
      const extreme = createVolume(new Float64Array([largest, largest / 3]), [2, 1, 1]);
      await expect(encodeNifti(extreme, { dataType: 'int16' })).rejects.toMatchObject({
        argument: 'volume',
        found: largest,
      });
    },
  );

  test('long axes make a NIfTI-2 file, sheared axes leave out the qform', async () => {
    const long = createVolume(new Uint8Array(40_000), [40_000, 1, 1], { spacing: [0.5, 1, 1] });
    const bytes = await encodeNifti(long);
    expect(new DataView(bytes.buffer).getInt32(0, true)).toBe(540);
    const back = await readImage(bytes);
    expect(back.data.shape).toEqual([40_000, 1, 1]);
    expect(back.spacing).toEqual([0.5, 1, 1]);

    const tilt = Math.PI / 12;
    const direction = [1, 0, 0, 0, 1, Math.sin(tilt), 0, 0, Math.cos(tilt)];
    const sheared = createVolume(new Uint8Array(8), [2, 2, 2], { spacing: [1, 1, 5], direction });
    const written = await encodeNifti(sheared);
    expect(new DataView(written.buffer).getInt16(252, true)).toBe(0);
    expect(sameGrid(sheared, await readImage(written), 1e-5)).toBe(true);
  });

  test('a strided view is written by its strides', async () => {
    const volume = createVolume(
      Float32Array.from({ length: 24 }, (_, i) => i),
      [4, 3, 2],
    );
    const view = { ...volume, data: volume.data.lo(1, 0, 1).hi(2, 3, 1) };
    const back = await readImage(await encodeNifti(view));
    expect([...denseData(back)]).toEqual([13, 14, 17, 18, 21, 22]);
  });

  test('qform and matrix are inverses, near half turns too', () => {
    fc.assert(
      fc.property(direction, (matrix) => {
        const q = qformOfMatrix(matrix)!;
        const back = matrixOfQform(q);
        expect(Math.max(...back.map((v, i) => Math.abs(v - matrix[i])))).toBeLessThan(1e-7);
      }),
    );
    const half = [-1, 0, 0, 0, 1, 0, 0, 0, -1];
    expect(matrixOfQform(qformOfMatrix(half)!)).toEqual(half);
  });

  test('unknown options and impossible values are refused at the door', async () => {
    const volume = createVolume(new Uint8Array(1), [1, 1, 1]);
    const bad = { gzipped: true } as object;
    await expect(encodeNifti(volume, bad)).rejects.toThrow(/gzipped/);
    await expect(encodeNifti(volume, { gzipLevel: 12 })).rejects.toThrow(/gzipLevel/);
    await expect(encodeNifti(volume, { description: 'x'.repeat(80) })).rejects.toThrow(/79/);
    await expect(encodeNrrd(volume, { encoding: 'bzip2' as 'raw' })).rejects.toThrow(/encoding/);
  });
});
