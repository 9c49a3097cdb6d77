import { cropVolume, createVolume, denseData, type Vector3, type Volume } from '@steatosis/core';
import { expect, it } from 'vitest';
import { localBinaryPattern3D, type LocalBinaryPattern3DOptions } from '../../src/index.js';
import { icosphere } from '../../src/filters/lbp3d/icosphere.js';
import { lbp3DType } from '../../src/filters/lbp3d/lbp3d-type.js';
import { DEFAULTS, type ResolvedSettings } from '../../src/settings/settings.js';
import { type PackedArray, readJson, unpack } from '../support/fixtures.js';

const { cases, spheres } = readJson('filters/lbp3d.json.gz') as {
  cases: {
    id: string;
    size: Vector3;
    image: PackedArray;
    settings: Partial<ResolvedSettings>;
    responses: Record<string, PackedArray>;
  }[];
  spheres: { subdivisions: number; radius: number; points: PackedArray }[];
};

it.each(spheres.map((s) => [s.subdivisions, s] as const))(
  'divides the icosahedron %i times as trimesh does',
  (subdivisions, { radius, points }) => {
    expect(icosphere(subdivisions, radius)).toEqual(unpack(points));
  },
);

it.each(cases.map((c) => [c.id, c] as const))(
  'gives the images of PyRadiomics: %s',
  (_, { size, image, settings, responses }) => {
    const volume = createVolume(unpack(image), size);
    const derived = derive(volume, settings).images;
    expect(Object.keys(derived)).toEqual(Object.keys(responses));
    for (const [name, packed] of Object.entries(responses)) {
      const expected = unpack(packed);
      denseData(derived[name]).forEach((value, i) => {
        const error = Math.abs(value - expected[i]) / Math.max(1, Math.abs(expected[i]));
        const alike = Object.is(value, expected[i]) || error < 1e-12;
        if (!alike) expect.fail(`${name}, voxel ${i}: ${value} for ${expected[i]}`);
      });
    }
  },
);

it('works for one order alone, where PyRadiomics fails', () => {
  const [{ size, image }] = cases;
  const volume = createVolume(unpack(image), size);
  const one = derive(volume, { lbp3DLevels: 1 }).images;
  const two = derive(volume, {}).images;
  expect(Object.keys(one)).toEqual(['lbp-3D-m1', 'lbp-3D-k']);
  expect(one['lbp-3D-m1'].data.data).toEqual(two['lbp-3D-m1'].data.data);
  expect(one['lbp-3D-k'].data.data).toEqual(two['lbp-3D-k'].data.data);
});

it('gives the same values for a part of the image', () => {
  const size: Vector3 = [150, 6, 5];
  const data = Float64Array.from({ length: 4500 }, (_, i) => (i * 7919) % 101);
  const volume = createVolume(data, size, { spacing: [1, 2, 3] });
  const whole = localBinaryPattern3D(volume);
  const within = { start: [74, 1, 2] as Vector3, size: [3, 4, 2] as Vector3 };
  const part = localBinaryPattern3D(volume, { within });
  expect(denseData(part.kurtosis)).toEqual(denseData(cropVolume(whole.kurtosis, within)));
  part.orders.forEach((order, n) => {
    expect(denseData(order)).toEqual(denseData(cropVolume(whole.orders[n], within)));
    expect(order.origin).toEqual(cropVolume(volume, within).origin);
  });
});

it('has the norm of a constant function where nothing lies below the centre', () => {
  // √Σ over 42 points of (42·Y₀₀²)² with Y₀₀² = 1/4π.
  const flat = createVolume(new Int16Array(125).fill(7), [5, 5, 5]);
  const { orders, kurtosis } = localBinaryPattern3D(flat);
  expect(orders[0].data.get(2, 2, 2)).toBeCloseTo((42 * Math.sqrt(42)) / (4 * Math.PI), 12);
  expect(kurtosis.data.get(2, 2, 2)).toBe(NaN);
});

it('refuses what cannot be', () => {
  const volume = createVolume(new Float32Array(27), [3, 3, 3]);
  const bad = [{ radius: -1 }, { levels: 0 }, { levels: 21 }, { subdivisions: 6 }];
  for (const options of bad as LocalBinaryPattern3DOptions[]) {
    expect(() => localBinaryPattern3D(volume, options)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  }
});

it('warns when texture is taken within planes', () => {
  const volume = createVolume(new Float32Array(27), [3, 3, 3]);
  expect(derive(volume, {}).warnings).toEqual([]);
  expect(derive(volume, { force2D: true }).warnings).toEqual([expect.stringContaining('force2D')]);
});

function derive(
  image: Volume,
  settings: Partial<ResolvedSettings>,
): { images: Record<string, Volume>; warnings: string[] } {
  const warnings: string[] = [];
  const derived = lbp3DType.derive(image, {
    settings: { ...DEFAULTS, ...settings },
    within: { start: [0, 0, 0], size: image.data.shape as Vector3 },
    onWarning: (message) => warnings.push(message),
  });
  const images = Object.fromEntries([...derived].map(({ name, image }) => [name, image]));
  return { images, warnings };
}
