import { cropVolume, createVolume, denseData, type Vector3 } from '@steatosis/core';
import { expect, it } from 'vitest';
import { localBinaryPattern2D, type LocalBinaryPattern2DOptions } from '../../src/index.js';
import { lbp2DType } from '../../src/filters/lbp2d/lbp2d-type.js';
import { DEFAULTS } from '../../src/settings/settings.js';
import { type PackedArray, readJson, unpack } from '../support/fixtures.js';

type Method = 'default' | 'ror' | 'uniform' | 'var';

const { cases, planes } = readJson('filters/lbp2d.json.gz') as {
  cases: {
    id: string;
    size: Vector3;
    image: PackedArray;
    runs: { samples: number; radius: number; method: Method; values: PackedArray }[];
  }[];
  planes: {
    size: Vector3;
    image: PackedArray;
    runs: { force2Ddimension: 0 | 1 | 2; method: Method; values: PackedArray }[];
  };
};

it.each(cases.map((c) => [c.id, c] as const))(
  'gives the pattern of scikit-image to the last bit: %s',
  (_, { size, image, runs }) => {
    const volume = createVolume(unpack(image), size);
    for (const { values, ...options } of runs) {
      const pattern = localBinaryPattern2D(volume, { ...options, flatVariance: NaN });
      expect(pattern.data.data, JSON.stringify(options)).toEqual(unpack(values));
    }
  },
);

it('takes the planes that PyRadiomics takes, in the type of the image', () => {
  const volume = createVolume(unpack(planes.image), planes.size);
  for (const { values, ...options } of planes.runs) {
    const pattern = localBinaryPattern2D(volume, options);
    expect(pattern.data.data, JSON.stringify(options)).toEqual(unpack(values));
  }
});

it('gives the same values for a part of the image', () => {
  const volume = createVolume(unpack(planes.image), planes.size, { spacing: [1, 2, 3] });
  const boxes = [
    { start: [2, 1, 1], size: [3, 2, 2] },
    { start: [6, 5, 0], size: [1, 1, 5] },
  ] as { start: Vector3; size: Vector3 }[];
  for (const force2Ddimension of [0, 1, 2] as const) {
    const options: LocalBinaryPattern2DOptions = { radius: 1.5, force2Ddimension };
    const whole = localBinaryPattern2D(volume, options);
    for (const within of boxes) {
      const part = localBinaryPattern2D(volume, { ...options, within });
      expect(denseData(part)).toEqual(denseData(cropVolume(whole, within)));
      expect(part.origin).toEqual(cropVolume(whole, within).origin);
    }
  }
});

it('does not cut off patterns that the type of the image cannot hold', () => {
  const flat = createVolume(new Int16Array(64).fill(3), [8, 8, 1]);
  const pattern = (samples: number): unknown =>
    localBinaryPattern2D(flat, { samples, method: 'default' }).data.get(4, 4, 0);
  expect(pattern(8)).toBe(255);
  expect(pattern(16)).toBe(65535);
  expect(pattern(40)).toBe(2 ** 40 - 1);
  const bytes = createVolume(new Uint8Array(64).fill(3), [8, 8, 1]);
  expect(localBinaryPattern2D(bytes, { samples: 8 }).data.data).toBeInstanceOf(Uint8Array);
});

it('gives no variance to flat neighbourhoods, or NaN as scikit-image does', () => {
  const flat = createVolume(new Float32Array(25).fill(3), [5, 5, 1]);
  const at = (flatVariance?: number): unknown =>
    localBinaryPattern2D(flat, {
      method: 'var',
      ...(flatVariance === undefined ? {} : { flatVariance }),
    }).data.get(2, 2, 0);
  expect(at()).toBe(0);
  expect(at(NaN)).toBe(NaN);
});

it('refuses what cannot be', () => {
  const volume = createVolume(new Float32Array(9), [3, 3, 1]);
  const bad = [{ radius: 0 }, { samples: 0 }, { samples: 54 }, { samples: 1.5 }, { method: 'x' }];
  for (const options of bad) {
    expect(() => localBinaryPattern2D(volume, options as LocalBinaryPattern2DOptions)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  }
});

it('warns when texture is taken across the planes', () => {
  const image = createVolume(new Float32Array(18), [3, 3, 2]);
  const warnings: string[] = [];
  const context = {
    within: { start: [0, 0, 0] as Vector3, size: [3, 3, 2] as Vector3 },
    onWarning: (message: string) => warnings.push(message),
  };
  const names = (force2D: boolean): string[] => {
    const settings = { ...DEFAULTS, force2D };
    return [...lbp2DType.derive(image, { ...context, settings })].map(({ name }) => name);
  };
  expect(names(true)).toEqual(['lbp-2D']);
  expect(warnings).toEqual([]);
  expect(names(false)).toEqual(['lbp-2D']);
  expect(warnings).toEqual([expect.stringContaining('force2D')]);
});
