import { createVolume, isSteatosisError, type Volume } from '@steatosis/core';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import {
  extractFeatureMaps,
  extractFeatures,
  extractIbsiFeatures,
  type NonFiniteRegionError,
  normaliseImage,
} from '../src/index.js';

const values = Float32Array.from({ length: 512 }, (_, i) => (i * 37) % 101);
const image = createVolume(values, [8, 8, 8]);
const inner = (i: number) => (i >= 2 && i < 6 ? 1 : 0);
const mask = createVolume(
  Uint8Array.from({ length: 512 }, (_, i) => inner(i & 7) * inner((i >> 3) & 7) * inner(i >> 6)),
  [8, 8, 8],
);

function failure(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** A volume that `createVolume` would not make. */
const over = (data: unknown, shape = [8, 8, 8]): Volume => ({
  ...image,
  data: ndarray(data as Float32Array, shape),
});

describe('what is no volume', () => {
  const none: [string, unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['a number', 3],
    ['an array of voxels', values],
    ['a volume without a grid', { data: ndarray(values, [8, 8, 8]) }],
    ['64-bit integers', over(new BigInt64Array(512).fill(1n))],
    ['a list', over(Array.from(values))],
    ['too few voxels', over(new Float32Array(511))],
    ['voxels before the first', { ...image, data: ndarray(values, [8, 8, 8], [-1, 8, 64], 0) }],
    ['a slice', over(new Float32Array(64), [8, 8])],
  ];
  it.each(none)('%s is refused as image and as mask', (_, volume) => {
    const bad = volume as Volume;
    for (const extract of [extractFeatures, extractFeatureMaps, extractIbsiFeatures]) {
      const asImage = failure(() => extract(bad, mask));
      expect(asImage.code).toBe('INVALID_ARGUMENT');
      expect(asImage.message).toMatch(/^image/u);
      const asMask = failure(() => extract(image, bad));
      expect(asMask.code).toBe('INVALID_ARGUMENT');
      expect(asMask.message).toMatch(/^mask/u);
    }
  });
});

describe('errors', () => {
  it('show values of settings that have no JSON', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    const found: [unknown, string][] = [
      [10n, 'binWidth is 10;'],
      [Number.NaN, 'binWidth is NaN;'],
      [[Infinity], 'binWidth is ["Infinity"];'],
      [circle, 'binWidth is a list or object that has no JSON;'],
      [() => 1, 'binWidth is a function;'],
      ['7'.repeat(1e5), '…; expected'],
    ];
    for (const [binWidth, message] of found) {
      const settings = { binWidth: binWidth as number };
      const { code, message: told } = failure(() => extractFeatures(image, mask, settings));
      expect(code).toBe('INVALID_SETTING');
      expect(told).toContain(message);
      expect(told.length).toBeLessThan(300);
    }
  });

  it('name the derived image that is not finite, and the voxel in the image that was given', () => {
    const flat = createVolume(new Float32Array(512).fill(5), [8, 8, 8]);
    const settings = { imageTypes: { Original: {}, LBP3D: {} } };
    const { message, ...facts } = failure(() =>
      extractFeatures(flat, mask, settings),
    ) as NonFiniteRegionError;
    expect(facts).toMatchObject({ code: 'NON_FINITE_REGION', image: 'lbp-3D-k', first: [2, 2, 2] });
    expect(message).toContain('The image lbp-3D-k is not finite at 64 voxels');
    const inMaps = failure(() =>
      extractFeatureMaps(flat, mask, { ...settings, featureClasses: ['firstorder'] }),
    );
    expect(inMaps).toMatchObject({
      code: 'NON_FINITE_REGION',
      image: 'lbp-3D-k',
      first: [2, 2, 2],
    });
  });

  it('say so where values are too large to be normalised', () => {
    const huge = createVolume(Float64Array.of(1e300, -1e300), [2, 1, 1]);
    expect(failure(() => normaliseImage(huge)).message).toContain('overflow');
  });
});
