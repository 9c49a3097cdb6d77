import { createVolume, cropVolume, denseData, type Vector3, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exponentialImage,
  logarithmImage,
  squareImage,
  squareRootImage,
  type WithinOptions,
} from '../../src/index.js';

type Filter = (image: Volume, options?: WithinOptions) => Volume<Float64Array>;

/** The formulas of PyRadiomics, of a value and the largest magnitude. */
const filters: [string, Filter, (x: number, m: number) => number][] = [
  ['squareImage', squareImage, (x, m) => x ** 2 / m],
  ['squareRootImage', squareRootImage, (x, m) => Math.sign(x) * Math.sqrt(m * Math.abs(x))],
  [
    'logarithmImage',
    logarithmImage,
    (x, m) => (Math.sign(x) * m * Math.log1p(Math.abs(x))) / Math.log1p(m),
  ],
  ['exponentialImage', exponentialImage, (x, m) => m ** (x / m)],
];

describe.each(filters)('%s', (_, filter, formula) => {
  const values = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 12, maxLength: 12 });

  it('follows its formula, with the largest magnitude of the whole image', () => {
    fc.assert(
      fc.property(values, (data) => {
        fc.pre(data.some((x) => x !== 0));
        const largest = Math.max(...data.map(Math.abs));
        const image = createVolume(Int16Array.from(data), [3, 2, 2]);
        filter(image).data.data.forEach((value, i) => {
          const expected = formula(data[i], largest);
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, expected));
        });
        const within = { start: [1, 0, 1] as Vector3, size: [2, 1, 1] as Vector3 };
        expect(filter(image, { within }).data.data).toEqual(
          denseData(cropVolume(filter(image), within)),
        );
      }),
    );
  });

  it('keeps the largest value', () => {
    const image = createVolume(Float32Array.of(5, 0, 80.5, 2), [4, 1, 1]);
    expect(filter(image).data.data[2]).toBeCloseTo(80.5, 10);
  });

  it('does not let NaN and infinity into the scale', () => {
    const clean = filter(createVolume(Float64Array.of(1, 2, 7), [3, 1, 1])).data.data;
    const values = Float64Array.of(1, Infinity, NaN, 2, 7);
    const spoilt = filter(createVolume(values, [5, 1, 1])).data.data;
    expect([spoilt[0], spoilt[3], spoilt[4]]).toEqual([...clean]);
    expect(spoilt[2]).toBeNaN();
  });

  it('is 0 for an image of zeros, or 1 where it is an exponential', () => {
    const image = createVolume(new Uint8Array(2), [2, 1, 1]);
    const expected = filter === exponentialImage ? 1 : 0;
    expect([...filter(image).data.data]).toEqual([expected, expected]);
  });

  it('refuses an image with components', () => {
    expect(() => filter(createVolume(new Uint8Array(4), [2, 1, 1, 2]))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: 'image' }),
    );
  });
});
