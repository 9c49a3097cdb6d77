import {
  createVolume,
  cropVolume,
  denseData,
  reorient,
  type Vector3,
  volumeLike,
} from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterBank } from '../../src/filters/wavelet/filter-bank.js';
import { waveletImages, type WaveletOptions } from '../../src/filters/wavelet/wavelet-images.js';
import { waveletNames } from '../../src/filters/wavelet/wavelet-names.js';
import { type PackedArray, readJson, unpack } from '../support/fixtures.js';

interface Banks {
  wavelets: Record<string, { low: number[]; high: number[] }>;
}

interface Volumes {
  cases: {
    size: Vector3;
    image: PackedArray;
    settings: WaveletOptions;
    bands: Record<string, PackedArray>;
  }[];
}

describe('filter banks', () => {
  const { wavelets } = readJson('filters/wavelet-banks.json.gz') as Banks;

  it('are all of PyWavelets’ discrete wavelets of these families', () => {
    expect(waveletNames().sort()).toEqual(Object.keys(wavelets).sort());
  });

  it.each(Object.entries(wavelets))('%s has PyWavelets’ taps to the last bit', (name, expected) => {
    const { low, high } = filterBank(name);
    expect(low.length).toBe(expected.low.length);
    expect(low.every((tap, k) => tap === expected.low[k])).toBe(true);
    expect(high.every((tap, k) => tap === expected.high[k])).toBe(true);
  });
});

describe('waveletImages', () => {
  const { cases } = readJson('filters/wavelet-volumes.json.gz') as Volumes;

  it.each(cases)('equals PyRadiomics to the last bit: $size $settings', (c) => {
    const image = createVolume(unpack(c.image), c.size);
    const bands = [...waveletImages(image, c.settings)];
    expect(bands.map(({ name }) => name)).toEqual(Object.keys(c.bands));
    for (const band of bands) {
      const expected = unpack(c.bands[band.name]);
      expect(band.image.data.data.constructor, band.name).toBe(expected.constructor);
      expect(band.image.data.data, band.name).toEqual(expected);
    }
  });

  const settings = fc.record({
    wavelet: fc.constantFrom('haar', 'db4', 'coif1', 'bior3.3', 'rbio2.4', 'sym9', 'db20', 'db38'),
    level: fc.integer({ min: 1, max: 3 }),
    start_level: fc.integer({ min: 0, max: 1 }),
    force2D: fc.boolean(),
    force2Ddimension: fc.constantFrom(0, 1, 2),
  });
  const box = fc
    .tuple(...[0, 1, 2].map(() => fc.tuple(fc.integer({ min: 1, max: 25 }), fc.nat(), fc.nat())))
    .map((axes) => {
      const start = axes.map(([n, a]) => a % n);
      const size = axes.map(([n, , b], axis) => 1 + (b % (n - start[axis])));
      return {
        shape: axes.map(([n]) => n) as Vector3,
        within: { start: start as Vector3, size: size as Vector3 },
      };
    });

  it('gives within a box what the whole image has there, bit for bit', () => {
    fc.assert(
      fc.property(box, settings, fc.boolean(), ({ shape, within }, options, single) => {
        const voxels = shape[0] * shape[1] * shape[2];
        const values = Float64Array.from(
          { length: voxels },
          (_, i) => ((i * 7919) % 1009) / 7 - 60,
        );
        const image = createVolume(single ? Float32Array.from(values) : values, shape);
        const parts = [...waveletImages(image, { ...options, within })];
        for (const whole of waveletImages(image, options)) {
          const part = parts.shift()!;
          expect(part.name).toBe(whole.name);
          expect(part.image.data.data).toEqual(denseData(cropVolume(whole.image, within)));
        }
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  it('with haar, low ± high give each sample and the next, times √2', () => {
    const image = createVolume(Int16Array.of(3, -8, 5, 12, 7, 100), [6, 1, 1]);
    const along = { wavelet: 'haar', force2D: true } as const;
    const bands = Object.fromEntries(
      [...waveletImages(image, along)].map((band) => [band.name, band.image.data.data]),
    );
    // Along y, of length 1, the low-pass filter multiplies by √2.
    const sums = bands['wavelet-LL'].map((low, i) => (low + bands['wavelet-HL'][i]) / 2);
    const differences = bands['wavelet-LL'].map((low, i) => (low - bands['wavelet-HL'][i]) / 2);
    const next = Array.from(image.data.data, (_, i) => image.data.data[(i + 1) % 6]);
    expect([...differences].map((v) => Math.round(v * 1e9) / 1e9)).toEqual(next);
    expect([...sums].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([...image.data.data]);
  });

  it('reads any layout of memory', () => {
    const dense = createVolume(
      Uint8Array.from({ length: 60 }, (_, i) => (i * 37) % 101),
      [5, 4, 3],
    );
    const turned = reorient(reorient(dense, 'SPR'), 'SPR');
    const again = volumeLike(turned, denseData(turned));
    const expected = [...waveletImages(again)].map(({ image }) => image.data.data);
    expect([...waveletImages(turned)].map(({ image }) => image.data.data)).toEqual(expected);
  });

  it.each([
    [{ wavelet: 'db39' }, 'wavelet'],
    [{ wavelet: 'sym1' }, 'wavelet'],
    [{ wavelet: 'bior1.30' }, 'wavelet'],
    [{ level: 0 }, 'level'],
    [{ level: 1.5 }, 'level'],
    [{ start_level: -1 }, 'start_level'],
    [{ within: { start: [0, 0, 0], size: [3, 1, 1] } }, 'box'],
  ] as [WaveletOptions, string][])('refuses %j at the call', (options, argument) => {
    const image = createVolume(new Int16Array(4), [2, 2, 1]);
    expect(() => waveletImages(image, options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument }),
    );
  });

  it('refuses an image with components', () => {
    const image = createVolume(new Int16Array(8), [2, 2, 1, 2]);
    expect(() => waveletImages(image)).toThrow(/shape \[nx, ny, nz\]/);
  });
});
