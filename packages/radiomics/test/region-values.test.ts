import { createRandom, createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { Workspace } from '../src/kernels/workspace.js';
import { cutRegion } from '../src/roi/region.js';

const options = {
  label: 1,
  reach: 1,
  minimumDimensions: 1,
  minimumSize: 0,
  allowNaN: false,
};

describe('the tally of integers', () => {
  it.each([
    ['Int8Array', Int8Array, 40],
    ['Uint8Array', Uint8Array, 40],
    ['Uint8ClampedArray', Uint8ClampedArray, 40],
    ['Int16Array', Int16Array, 40],
    ['Uint16Array', Uint16Array, 40],
    ['Int32Array', Int32Array, 40],
    ['Int16Array of few voxels', Int16Array, 9],
  ] as const)('counts every value: %s', (_, type, side) => {
    const random = createRandom(3);
    const voxels = side ** 3;
    const values = Float64Array.from({ length: voxels }, () => random.normal());
    // From the lowest to the highest value that the type can hold, where that is 8 bits.
    const data = new type(values.map((x) => Math.round(60 * x)));
    const mask = Uint8Array.from(values, (x) => (x < 1.5 ? 1 : 0));
    const shape = [side, side, side];
    const region = cutRegion(
      createVolume(data, shape),
      createVolume(mask, shape),
      options,
      new Workspace(),
    );
    const inside = [...data].filter((__, i) => mask[i] === 1);
    const counts = new Map<number, number>();
    for (const value of inside) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(region.minimum).toBe(Math.min(...counts.keys()));
    expect(region.maximum).toBe(Math.max(...counts.keys()));
    expect([...region.values]).toEqual(inside);
    const { first, counts: tally } = region.tally!;
    const found = [...tally].map((n, k) => [first + k, n] as const).filter(([, n]) => n > 0);
    expect(new Map(found)).toEqual(new Map([...counts].sort(([a], [b]) => a - b)));
  });
});
