import { createVolume, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFeatureMaps, extractFeatures, type Settings } from '../src/index.js';
import { errorOf } from './support/compare.js';
import { type PackedArray, readJson, unpack } from './support/fixtures.js';
import { type FormulaCase, formulaVolumes } from './support/formula-volumes.js';

interface MapCase {
  id: string;
  size: Vector3;
  spacing: Vector3;
  image: PackedArray;
  mask: PackedArray;
  settings: Record<string, unknown>;
  mapSize: Vector3;
  mapOrigin: Vector3;
  maps: Record<string, PackedArray>;
}

const { cases } = readJson('maps/maps.json.gz') as { cases: MapCase[] };

function volumesOf({ size, spacing, image, mask }: MapCase) {
  return {
    image: createVolume(unpack(image), size, { spacing }),
    mask: createVolume(unpack(mask), size, { spacing }),
  };
}

function settingsOf({ settings, maps }: MapCase): Settings {
  const initValue = settings.initValue === 'NaN' ? NaN : ((settings.initValue ?? 0) as number);
  return { ...settings, initValue, featureClasses: Object.keys(maps) };
}

/** Values further from the expected than 1e-9 of max(1, |expected|). */
function wrong(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): string[] {
  expect(found.length).toBe(expected.length);
  return Array.from(expected, (value, i) => ({ i, value, error: errorOf(found[i], value) }))
    .filter(({ error }) => !(error <= tolerance))
    .map(({ i, value }) => `${i}: ${found[i]} for ${value}`);
}

describe('maps of PyRadiomics 3.1.0', () => {
  it.each(cases.map((c) => [c.id, c] as const))('%s', (_, c) => {
    const { image, mask } = volumesOf(c);
    const maps = extractFeatureMaps(image, mask, settingsOf(c));
    expect(Object.keys(maps).sort()).toEqual(Object.keys(c.maps).sort());
    for (const [key, packed] of Object.entries(c.maps)) {
      expect(maps[key].data.shape).toEqual(c.mapSize);
      expect(maps[key].origin).toEqual(c.mapOrigin);
      expect(wrong(maps[key].data.data, unpack(packed)), key).toEqual([]);
    }
  });
});

it('gives the 93 maps of PyRadiomics 3.0.1', () => {
  const data = readJson('maps/formula-maps.json.gz') as FormulaCase & {
    maps: string[];
    every: number;
    values: PackedArray;
  };
  const { image, mask } = formulaVolumes({ ...data, spacing_xyz: [1, 1, 1] });
  const expected = unpack(data.values);
  const maps = extractFeatureMaps(image, mask, {
    binWidth: data.binWidth,
    featureClasses: data.maps.map((name) => `original_${name}`),
  });
  const kept = expected.length / data.maps.length;
  data.maps.forEach((name, m) => {
    const found = maps[`original_${name}`].data.data.filter((_, i) => i % data.every === 0);
    expect(wrong(found, expected.subarray(m * kept, (m + 1) * kept)), name).toEqual([]);
  });
});

describe('a neighbourhood as large as the region', () => {
  const textures = ['firstorder', 'glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'];

  function expectRegionInTheMiddle(values: Float64Array, radius: number, settings: Settings): void {
    const n = 2 * radius + 1;
    const image = createVolume(values, [n, n, n], { spacing: [1, 2, 3] });
    const mask = createVolume(new Uint8Array(n ** 3).fill(1), [n, n, n], { spacing: [1, 2, 3] });
    const chosen = { ...settings, featureClasses: textures };
    const features = extractFeatures(image, mask, chosen);
    const maps = extractFeatureMaps(image, mask, { ...chosen, kernelRadius: radius });
    expect(Object.keys(maps)).toEqual(Object.keys(features));
    for (const [key, map] of Object.entries(maps)) {
      expect(wrong([map.data.get(radius, radius, radius)], [features[key]]), key).toEqual([]);
    }
  }

  it('has the features of the region', () => {
    const settings = fc.record({
      binWidth: fc.constantFrom(1, 7, 40),
      distances: fc.constantFrom([1], [1, 2], [2]),
      symmetricalGLCM: fc.boolean(),
      weightingNorm: fc.constantFrom(null, 'manhattan' as const, 'no_weighting' as const),
      gldm_a: fc.constantFrom(0, 1),
      voxelArrayShift: fc.constantFrom(0, 50),
    });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 27, maxLength: 27 }),
        settings,
        (values, chosen) => {
          values[0] = values[1] + 80;
          expectRegionInTheMiddle(Float64Array.from(values), 1, chosen);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has them with more levels than a table of pairs may have', () => {
    const values = Float64Array.from({ length: 729 }, (_, i) => (i * 7919) % 4099);
    const image = createVolume(values, [9, 9, 9]);
    const everywhere = createVolume(new Uint8Array(729).fill(1), [9, 9, 9]);
    const middle = createVolume(new Uint8Array(729), [9, 9, 9]);
    middle.data.set(4, 4, 4, 1);
    middle.data.set(4, 4, 5, 1);
    for (const weightingNorm of [null, 'euclidean'] as const) {
      const settings: Settings = { binWidth: 1, weightingNorm, featureClasses: textures };
      const features = extractFeatures(image, everywhere, settings);
      const maps = extractFeatureMaps(image, middle, {
        ...settings,
        kernelRadius: 5,
        maskedKernel: false,
        minimumROIDimensions: 1,
      });
      for (const [key, map] of Object.entries(maps)) {
        expect(wrong([map.data.get(4, 4, 4)], [features[key]]), key).toEqual([]);
      }
    }
  });
});

describe('as a long task', () => {
  const size: Vector3 = [17, 16, 9];
  const image = createVolume(
    Int16Array.from({ length: 17 * 16 * 9 }, (_, i) => ((i * 7919) % 101) + (i % 17)),
    size,
  );
  const mask = createVolume(
    Uint8Array.from({ length: 17 * 16 * 9 }, (_, i) => (i % 11 === 0 ? 0 : 1)),
    size,
  );
  const settings: Settings = { binWidth: 10, imageTypes: { Original: {}, Square: {} } };

  it('gives the same bits on any number of workers, and tells how far it is', async () => {
    const here = extractFeatureMaps(image, mask, settings);
    for (const workers of [0, 2]) {
      const done: number[] = [];
      const maps = await extractFeatureMaps(image, mask, settings, {
        workers,
        onProgress: (progress) => {
          done.push(progress.done);
          expect(progress.total).toBe(2225);
        },
      });
      expect(Object.keys(maps)).toEqual(Object.keys(here));
      for (const [key, map] of Object.entries(maps)) {
        expect(map.data.data, key).toEqual(here[key].data.data);
      }
      // Three parts of each image, in whatever order they are done.
      expect(done).toHaveLength(6);
      expect([done[2], done[5]]).toEqual([2225, 2225]);
    }
  });

  it('takes workers among the settings too', async () => {
    const small = { binWidth: 25, featureClasses: { firstorder: ['Mean'] } };
    const maps = await extractFeatureMaps(image, mask, { ...small, workers: 0 });
    expect(maps).toEqual(extractFeatureMaps(image, mask, small));
  });

  it.each([0, 1])('stops when it is told to, %i workers', async (workers) => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const options = { workers, signal: stop.signal, onProgress };
    await expect(extractFeatureMaps(image, mask, settings, options)).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await expect(extractFeatureMaps(image, mask, settings, options)).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  it('tells of images that are left out', async () => {
    const plane = createVolume(
      new Int16Array(64).map((_, i) => i),
      [8, 8, 1],
    );
    const inside = createVolume(new Uint8Array(64).fill(1), [8, 8, 1]);
    const warnings: string[] = [];
    const maps = await extractFeatureMaps(
      plane,
      inside,
      { imageTypes: { LoG: { sigma: [1] }, Original: {} }, featureClasses: ['original_glcm_Id'] },
      { onWarning: (message) => warnings.push(message) },
    );
    expect(Object.keys(maps)).toEqual(['original_glcm_Id']);
    expect(warnings).toEqual([expect.stringContaining('LoG')]);
  });
});

it('has 1 for the MCC of a flat region, and NaN where a lonely voxel has no pairs', () => {
  const image = createVolume(new Int16Array(75).fill(3), [5, 5, 3]);
  const mask = createVolume(new Uint8Array(75), [5, 5, 3]);
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [4, 4],
  ])
    mask.data.set(x, y, 1, 1);
  const maps = extractFeatureMaps(image, mask, { featureClasses: { glcm: ['MCC'], glrlm: [] } });
  expect(maps.original_glcm_MCC.data.get(0, 0, 1)).toBe(1);
  expect(maps.original_glcm_MCC.data.get(4, 4, 1)).toBe(NaN);
  expect(maps.original_glrlm_RunEntropy.data.get(4, 4, 1)).toBe(NaN);
  expect(maps.original_glcm_MCC.data.get(2, 2, 1)).toBe(0);
});

it('refuses what has no maps', () => {
  const image = createVolume(
    new Int16Array(27).map((_, i) => i),
    [3, 3, 3],
  );
  const mask = createVolume(new Uint8Array(27).fill(1), [3, 3, 3]);
  for (const featureClasses of [['shape'], ['wavelet-LLH_glcm_Contrast']]) {
    expect(() => extractFeatureMaps(image, mask, { featureClasses })).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING' }),
    );
  }
  expect(() => extractFeatureMaps(image, mask, { kernelRadius: 0 })).toThrow('kernelRadius');
});
