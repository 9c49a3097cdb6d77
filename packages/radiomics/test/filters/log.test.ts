import { cropVolume, createVolume, denseData, type Box, type Vector3 } from '@steatosis/core';
import { expect, it } from 'vitest';
import { extractFeatures, laplacianOfGaussian, laplacianOfGaussianFir } from '../../src/index.js';
import { logType } from '../../src/filters/log/log-type.js';
import { DEFAULTS } from '../../src/settings/settings.js';
import { type PackedArray, readJson, unpack } from '../support/fixtures.js';

interface LogCase {
  id: string;
  size: Vector3;
  spacing: Vector3;
  image: PackedArray;
  responses: { sigmaMm: number; values: PackedArray }[];
}

const { cases } = readJson('filters/log.json.gz') as { cases: LogCase[] };

it.each(cases.map((c) => [c.id, c] as const))(
  'gives the response of SimpleITK: %s',
  (_, { id, size, spacing, image, responses }) => {
    const volume = createVolume(unpack(image), size, { spacing });
    for (const { sigmaMm, values } of responses) {
      const response = laplacianOfGaussian(volume, { sigmaMm });
      const expected = unpack(values);
      // Where all values are large, the last bit of exp() shows in what cancellation leaves.
      if (id !== 'float64') expect(response.data.data, `sigma ${sigmaMm}`).toEqual(expected);
      response.data.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
      expect(response.spacing).toEqual(spacing);
    }
  },
);

it('gives the same values for a part of the image, whatever the memory order', () => {
  const size: Vector3 = [70, 12, 50];
  const data = Float32Array.from({ length: 70 * 12 * 50 }, (_, i) => (i * 7919) % 1013);
  const volume = createVolume(data, size, { spacing: [1, 2, 0.5], origin: [3, 4, 5] });
  const whole = laplacianOfGaussian(volume, { sigmaMm: 0.6 });
  const boxes: Box[] = [
    { start: [30, 3, 25], size: [5, 4, 3] },
    { start: [0, 0, 0], size: [1, 1, 1] },
    { start: [69, 2, 49], size: [1, 10, 1] },
  ];
  for (const within of boxes) {
    const part = laplacianOfGaussian(volume, { sigmaMm: 0.6, within });
    const expected = cropVolume(whole, within);
    expect(denseData(part)).toEqual(denseData(expected));
    expect(part.origin).toEqual(expected.origin);
  }
  const turned = createVolume(new Float32Array(data.length), [50, 12, 70], {
    spacing: [0.5, 2, 1],
  });
  const view = { ...volume, data: turned.data.transpose(2, 1, 0) };
  for (let x = 0; x < 70; x++) {
    for (let y = 0; y < 12; y++) {
      for (let z = 0; z < 50; z++) view.data.set(x, y, z, volume.data.get(x, y, z));
    }
  }
  expect(denseData(laplacianOfGaussian(view, { sigmaMm: 0.6 }))).toEqual(whole.data.data);
});

it('does not respond to a constant', () => {
  const flat = createVolume(new Int16Array(512).fill(700), [8, 8, 8]);
  const response = laplacianOfGaussian(flat, { sigmaMm: 1.5 });
  expect(Math.max(...response.data.data.map(Math.abs))).toBeLessThan(1e-3);
});

it('refuses what cannot be', () => {
  const volume = createVolume(new Float32Array(64), [4, 4, 4]);
  const code = 'INVALID_ARGUMENT';
  for (const sigmaMm of [0, -1, NaN, Infinity]) {
    expect(() => laplacianOfGaussian(volume, { sigmaMm })).toThrow(
      expect.objectContaining({ code }),
    );
  }
  const slice = createVolume(new Float32Array(48), [4, 4, 3]);
  expect(() => laplacianOfGaussian(slice, { sigmaMm: 1 })).toThrow(
    expect.objectContaining({ code }),
  );
});

function derive(size: Vector3, sigma: number[]): { names: string[]; warnings: string[] } {
  const image = createVolume(new Float32Array(size[0] * size[1] * size[2]), size);
  const warnings: string[] = [];
  const context = {
    settings: { ...DEFAULTS, sigma },
    within: { start: [0, 0, 0] as Vector3, size },
    onWarning: (message: string) => warnings.push(message),
  };
  const names = [...logType.derive(image, context)].map(({ name }) => name);
  return { names, warnings };
}

it('names the images as PyRadiomics does', () => {
  expect(derive([5, 5, 5], [1, 0.5, 2.25])).toEqual({
    names: ['log-sigma-1-0-mm-3D', 'log-sigma-0-5-mm-3D', 'log-sigma-2-25-mm-3D'],
    warnings: [],
  });
});

it('leaves out what the image is too small for, and says so', () => {
  const small = derive([9, 9, 3], [1]);
  expect(small.names).toEqual([]);
  expect(small.warnings).toEqual([expect.stringContaining('9×9×3 voxels')]);
  const narrow = derive([9, 9, 4], [3, 4]);
  expect(narrow.names).toEqual(['log-sigma-3-0-mm-3D']);
  expect(narrow.warnings).toEqual([expect.stringContaining('sigma 4 mm')]);
});

it('is an image type of the extraction', () => {
  const image = createVolume(
    Int16Array.from({ length: 512 }, (_, i) => (i * 37) % 256),
    [8, 8, 8],
  );
  const mask = createVolume(new Uint8Array(512).fill(1), [8, 8, 8]);
  const features = extractFeatures(image, mask, {
    featureClasses: { firstorder: ['Mean'] },
    imageTypes: { LoG: { sigma: [2] } },
  });
  const response = laplacianOfGaussian(image, { sigmaMm: 2 }).data.data;
  const mean = response.reduce((sum, value) => sum + value, 0) / 512;
  expect(features['log-sigma-2-0-mm-3D_firstorder_Mean']).toBeCloseTo(mean, 9);
});

it("takes IBSI's filter where the settings say so", () => {
  const size: Vector3 = [9, 8, 3];
  const image = createVolume(
    Int16Array.from({ length: 216 }, (_, i) => (i * 37) % 256),
    size,
    { spacing: [1, 1, 2] },
  );
  const mask = createVolume(new Uint8Array(216).fill(1), size, { spacing: [1, 1, 2] });
  const featureClasses = { firstorder: ['Maximum'] };
  const imageTypes = { LoG: { sigma: [1.5], logKernel: 'ibsi' as const } };
  for (const planar of [false, true]) {
    const name = `log-sigma-1-5-mm-${planar ? '2D' : '3D'}`;
    const features = extractFeatures(image, mask, { featureClasses, imageTypes, force2D: planar });
    const response = laplacianOfGaussianFir(image, { sigmaMm: 1.5, planar });
    expect(features).toEqual({ [`${name}_firstorder_Maximum`]: Math.max(...response.data.data) });
  }
  expect(() =>
    extractFeatures(image, mask, {
      featureClasses,
      imageTypes,
      force2D: true,
      force2Ddimension: 1,
    }),
  ).toThrow(expect.objectContaining({ code: 'INVALID_SETTING', key: 'force2Ddimension' }));
});
