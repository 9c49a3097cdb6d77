import { createRandom, createVolume, type Vector3 } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { discretise, extractFeatures, glcm, type Settings } from '../src/index.js';
import {
  dependencesByDefinition,
  glcmByDefinition,
  type LevelImage,
  runsByDefinition,
  tonesByDefinition,
  zonesByDefinition,
} from './support/texture-by-definition.js';

const size: Vector3 = [9, 7, 5];

/** A blotchy image of the levels 1, …, spread out by a function of their number. */
function blotches(seed: number, distinct: number, levelOf: (k: number) => number): LevelImage {
  const random = createRandom(seed);
  const count = size[0] * size[1] * size[2];
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) {
    const copy = i > 0 && random.uniform() < 0.4;
    numbers.push(copy ? numbers[i - 1] : Math.floor(random.uniform() * distinct));
  }
  const levels = numbers.map((k) => (random.uniform() < 0.1 ? 0 : levelOf(k)));
  // Level 1 is the lowest of every discretisation; a whole block leaves no direction without pairs.
  levels[0] = 1;
  for (const i of [1, 9, 10, 63, 64, 72, 73]) levels[i] = levelOf(numbers[i]);
  return { levels, size };
}

const images: [string, LevelImage][] = [
  ['a few levels', blotches(1, 5, (k) => k + 1)],
  ['a level for most voxels', blotches(2, 1e6, (k) => k + 1)],
  ['levels of 16 bits with gaps', blotches(3, 60, (k) => 1 + 1000 * k)],
  ['levels of 32 bits', blotches(4, 200, (k) => 1 + 10_000_000 * k)],
  ['neighbours far up', blotches(5, 150, (k) => (k === 0 ? 1 : 2_147_483_000 + k))],
];

function extract({ levels }: LevelImage, settings: Settings): Record<string, number> {
  const image = createVolume(Float64Array.from(levels), size);
  const mask = createVolume(
    Uint8Array.from(levels, (level) => (level > 0 ? 1 : 0)),
    size,
  );
  const shifted = createVolume(
    Float64Array.from(levels, (level) => level - 1),
    size,
  );
  const features = extractFeatures(shifted, mask, { binWidth: 1, ...settings });
  expect(discretise(shifted, mask, { binWidth: 1 }).data.data).toEqual(
    Math.max(...levels) > 65535 ? Uint32Array.from(image.data.data) : Uint16Array.from(levels),
  );
  return features;
}

function expectClose(found: Record<string, number>, expected: Record<string, number>): void {
  for (const [name, value] of Object.entries(expected)) {
    const scale = Math.max(1e-3, Math.abs(value));
    const error = Math.abs(found[name] - value) / scale;
    expect(error, `${name}: ${found[name]}, by definition ${value}`).toBeLessThan(1e-9);
  }
}

/** PyRadiomics' names for the short ones. */
function named(family: 'glrlm' | 'glszm' | 'gldm', short: Record<string, number>) {
  const [size, small, large, what, level] = {
    glrlm: ['RunLength', 'ShortRun', 'LongRun', 'Run', 'Run'],
    glszm: ['SizeZone', 'SmallArea', 'LargeArea', 'Zone', 'Zone'],
    gldm: ['Dependence', 'SmallDependence', 'LargeDependence', 'Dependence', ''],
  }[family];
  const key = (name: string) => `original_${family}_${name}`;
  return {
    [key(`${what}Entropy`)]: short['entropy'],
    [key(`${size}NonUniformity`)]: short['sizeNonUniformity'],
    [key('GrayLevelNonUniformity')]: short['levelNonUniformity'],
    [key(`${what}Variance`)]: short['sizeVariance'],
    [key('GrayLevelVariance')]: short['levelVariance'],
    [key(`${small}Emphasis`)]: short['small'],
    [key(`${large}Emphasis`)]: short['large'],
    [key(`LowGrayLevel${level}Emphasis`)]: short['low'],
    [key(`HighGrayLevel${level}Emphasis`)]: short['high'],
    [key(`${small}LowGrayLevelEmphasis`)]: short['smallLow'],
    [key(`${small}HighGrayLevelEmphasis`)]: short['smallHigh'],
    [key(`${large}LowGrayLevelEmphasis`)]: short['largeLow'],
    [key(`${large}HighGrayLevelEmphasis`)]: short['largeHigh'],
  } as Record<string, number>;
}

const withPrefix = (prefix: string, values: Record<string, number>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));

describe.each(images)('features of %s are those of the definition', (_, image) => {
  it.each([
    [true, false],
    [false, false],
    [true, true],
    [false, true],
  ])('glcm, symmetric %s, all directions in one %s', (symmetricalGLCM, merged) => {
    const found = extract(image, {
      featureClasses: ['glcm'],
      symmetricalGLCM,
      weightingNorm: merged ? 'no_weighting' : null,
    });
    const expected = glcmByDefinition(image, symmetricalGLCM, merged);
    expectClose(found, withPrefix('original_glcm_', expected));
  });

  it.each([false, true])('glrlm, all directions in one %s', (merged) => {
    const weightingNorm = merged ? 'no_weighting' : null;
    const found = extract(image, { featureClasses: ['glrlm'], weightingNorm });
    expectClose(found, named('glrlm', runsByDefinition(image, merged)));
  });

  it('glszm', () => {
    expectClose(
      extract(image, { featureClasses: ['glszm'] }),
      named('glszm', zonesByDefinition(image)),
    );
  });

  it.each([0, 2])('gldm, differences up to %i', (tolerance) => {
    const found = extract(image, { featureClasses: ['gldm'], gldm_a: tolerance });
    expectClose(found, named('gldm', dependencesByDefinition(image, tolerance)));
  });

  it('ngtdm', () => {
    const found = extract(image, { featureClasses: ['ngtdm'] });
    expectClose(found, withPrefix('original_ngtdm_', tonesByDefinition(image)));
  });
});

describe('many gray levels', () => {
  it('of a large region take memory by the pairs that occur', () => {
    const wide: Vector3 = [60, 50, 20];
    const random = createRandom(8);
    const values = Float64Array.from({ length: 60_000 }, () => 60_000 * random.uniform());
    const image = createVolume(values, wide);
    const mask = createVolume(new Uint8Array(60_000).fill(1), wide);
    const featureClasses = ['glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm'];
    const features = extractFeatures(image, mask, { binWidth: 1, featureClasses });
    expect(Object.values(features).every(Number.isFinite)).toBe(true);
    // Levels drawn independently: the mean is half of 60,000, hardly a pair occurs twice.
    expect(Math.abs(features['original_glcm_JointAverage'] - 30_000)).toBeLessThan(300);
    expect(features['original_glcm_JointEntropy']).toBeGreaterThan(16);
  });

  it('are too many for one matrix of all pairs', () => {
    const levels = createVolume(Uint32Array.of(1, 100_000, 7, 9), [2, 2, 1]);
    const mask = createVolume(new Uint8Array(4).fill(1), [2, 2, 1]);
    expect(() => glcm(levels, mask)).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_GRAY_LEVELS', levels: 100_000, limit: 4096 }),
    );
  });
});
