import { createRandom, createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { toPortable } from '../src/batch/portable-volume.js';
import { planOf } from '../src/extract/extraction-plan.js';
import { sharesOf } from '../src/extract/parallel/share-plan.js';
import { shareTasks } from '../src/extract/parallel/share.tasks.js';
import { extractFeatures, type Settings } from '../src/index.js';

const random = createRandom(9);
const shape = [9, 8, 7];
const image = createVolume(
  Float64Array.from({ length: 504 }, (_, i) => 50 + 30 * Math.sin(i / 11) + 5 * random.normal()),
  shape,
);
const mask = createVolume(
  Uint8Array.from({ length: 504 }, (_, i) => (i % 7 === 3 ? 0 : 1)),
  shape,
);

const everyType = {
  Original: {},
  Wavelet: { wavelet: 'haar', level: 2, start_level: 1 },
  LoG: { sigma: [1, 2] },
  Square: {},
  Gradient: {},
  LBP2D: { force2D: true },
  LBP3D: {},
};

const cases: [string, Settings][] = [
  ['families of one image', { binWidth: 5 }],
  ['few features', { binWidth: 5, featureClasses: { glcm: ['Contrast', 'Id'], ngtdm: [] } }],
  ['every kind of image type', { binCount: 8, imageTypes: everyType, featureClasses: ['glcm'] }],
  [
    'no original image',
    {
      binCount: 8,
      imageTypes: { Square: {}, Logarithm: {} },
      featureClasses: ['shape', 'firstorder'],
    },
  ],
];

describe('shares of one extraction', () => {
  it.each(cases)('hold every value once: %s', (_, settings) => {
    const whole = extractFeatures(image, mask, settings);
    const texture = { image: toPortable(image), mask: toPortable(mask) };
    for (const shares of [1, 2, 3]) {
      const found: Record<string, number> = {};
      for (let index = 0; index < shares; index++) {
        const input = { texture, shape: undefined, settings, index, shares };
        for (const { keys, values } of shareTasks().extractShare(input).images) {
          keys.forEach((key, k) => {
            expect(found, key).not.toHaveProperty([key]);
            found[key] = values[k];
          });
        }
      }
      expect(Object.keys(found).sort()).toEqual(Object.keys(whole).sort());
      for (const [key, value] of Object.entries(whole)) expect(found[key], key).toBe(value);
    }
  });

  it('take another region for shape where there is one, and pass warnings on', () => {
    const half = createVolume(
      Uint8Array.from({ length: 504 }, (_, i) => (i < 252 ? 1 : 0)),
      shape,
    );
    const stage = (region: typeof mask) => ({ image: toPortable(image), mask: toPortable(region) });
    const settings = { featureClasses: ['shape'], imageTypes: { Original: {} } };
    const share = shareTasks().extractShare({
      texture: stage(mask),
      shape: stage(half),
      settings,
      index: 0,
      shares: 1,
    });
    const volume = share.images[0].keys.indexOf('original_shape_VoxelVolume');
    expect(share.images[0].values[volume]).toBe(252);
    const slice = createVolume(
      Float64Array.from({ length: 64 }, (_, i) => i),
      [8, 8, 1],
    );
    const everywhere = createVolume(new Uint8Array(64).fill(1), [8, 8, 1]);
    const flat = { image: toPortable(slice), mask: toPortable(everywhere) };
    const withLoG = { imageTypes: { Original: {}, LoG: { sigma: [1] } } };
    const input = { texture: flat, shape: undefined, settings: withLoG, index: 0, shares: 1 };
    expect(shareTasks().extractShare(input).warnings).toHaveLength(1);
  });

  it('give every worker something to do', () => {
    const plans = sharesOf(planOf({ imageTypes: everyType }), 2);
    expect(plans).toHaveLength(2);
    expect(plans.every(({ plan }) => plan.imageTypes.length > 0)).toBe(true);
  });
});
