import { createRandom, createVolume, type Progress } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { planOf } from '../src/extract/extraction-plan.js';
import { extractRegionParallel } from '../src/extract/parallel/extract-region-parallel.js';
import { prepareCase } from '../src/extract/prepare-case.js';
import { extractFeatures, type Settings } from '../src/index.js';

const shape = [18, 15, 12];
const voxels = shape.reduce((a, b) => a * b);
const random = createRandom(5);
const image = createVolume(
  Float32Array.from(
    { length: voxels },
    (_, i) => 90 + 40 * Math.sin(i / 31) + 20 * random.normal(),
  ),
  shape,
);
const mask = createVolume(
  Uint8Array.from({ length: voxels }, (_, i) => {
    const [x, y, z] = [i % 18, Math.floor(i / 18) % 15, Math.floor(i / 270)];
    return (x - 9) ** 2 + (y - 7) ** 2 + 2 * (z - 6) ** 2 < 42 ? 1 : 0;
  }),
  shape,
);

async function parallel(settings: Settings, workers: number, signal?: AbortSignal) {
  const plan = planOf(settings);
  const prepared = prepareCase(image, mask, plan.settings);
  const warnings: string[] = [];
  const features = await extractRegionParallel(
    prepared,
    plan,
    settings,
    { workers, signal },
    { onWarning: (message) => warnings.push(message) },
  );
  return { features, warnings };
}

const cases: Record<string, Settings> = {
  'the default features': { binWidth: 10 },
  'some features of a family': {
    binWidth: 10,
    featureClasses: { glcm: ['Contrast', 'MCC'], shape: ['Sphericity'], firstorder: [] },
  },
  'several image types': {
    binWidth: 10,
    imageTypes: { Wavelet: { level: 1 }, Original: {}, LoG: { sigma: [2, 3] }, Square: {} },
    featureClasses: ['firstorder', 'glcm', 'gldm', 'shape'],
  },
  'images named one by one': {
    binWidth: 10,
    imageTypes: { Original: {}, Wavelet: {} },
    featureClasses: ['wavelet-LLH_glcm_Contrast', 'original_gldm_DependenceEntropy'],
  },
  'shape of another region than texture': { binWidth: 10, resegmentRange: [60, 130] },
};

describe('features of one region on several workers', () => {
  it.each(Object.entries(cases))('are the same to the last bit: %s', async (_, settings) => {
    const expected = extractFeatures(image, mask, settings);
    for (const workers of [0, 1, 2, 5]) {
      const { features } = await parallel(settings, workers);
      expect(features).toEqual(expected);
      expect(Object.keys(features)).toEqual(Object.keys(expected));
    }
  });

  it('fail as on one thread', async () => {
    const data = Float32Array.from(image.data.data);
    data[9 + 7 * 18 + 6 * 270] = Number.NaN;
    const broken = createVolume(data, shape);
    const plan = planOf({});
    const stage = { image: broken, mask };
    await expect(
      extractRegionParallel(
        { original: stage, shape: stage, texture: stage },
        plan,
        {},
        { workers: 2 },
      ),
    ).rejects.toMatchObject({ code: 'NON_FINITE_REGION', first: [9, 7, 6] });
    const settings = { label: 4 };
    await expect(parallel(settings, 2)).rejects.toMatchObject({ code: 'LABEL_ABSENT', label: 4 });
  });

  it('stop when told to', async () => {
    const stop = new AbortController();
    const running = parallel({ binWidth: 10 }, 2, stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    const { features } = await parallel({ binWidth: 10 }, 2);
    expect(features).toEqual(extractFeatures(image, mask, { binWidth: 10 }));
  });

  it('warn once of images that cannot be derived', async () => {
    const flat = [18, 15, 3];
    const cut = flat.reduce((a, b) => a * b);
    const stage = {
      image: createVolume(image.data.data.slice(1000, 1000 + cut), flat),
      mask: createVolume(new Uint8Array(cut).fill(1), flat),
    };
    const settings: Settings = { imageTypes: { Original: {}, LoG: { sigma: [1] } }, binWidth: 10 };
    const warnings: string[] = [];
    await extractRegionParallel(
      { original: stage, shape: stage, texture: stage },
      planOf(settings),
      settings,
      { workers: 2 },
      { onWarning: (message) => warnings.push(message) },
    );
    expect(warnings).toHaveLength(1);
  });

  it('come as a promise where the settings name workers', async () => {
    const progress: number[] = [];
    const settings = {
      binWidth: 10,
      workers: 2,
      onProgress: ({ done }: Progress) => void progress.push(done),
    };
    const features = extractFeatures(image, mask, settings);
    expect(features).toBeInstanceOf(Promise);
    expect(await features).toEqual(extractFeatures(image, mask, { binWidth: 10 }));
    expect(progress).toEqual([1, 2]);
    expect(await extractFeatures(image, mask, { binWidth: 10 }, { workers: 0 })).toEqual(
      await features,
    );
    const signal = AbortSignal.abort();
    await expect(extractFeatures(image, mask, { workers: 1, signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await expect(extractFeatures(image, mask, { workers: 1, binWidth: -1 })).rejects.toMatchObject({
      code: 'INVALID_SETTING',
    });
  });
});
