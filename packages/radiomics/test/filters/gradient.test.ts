import { createVolume, cropVolume, denseData, reorient, type Vector3 } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { gradientMagnitude } from '../../src/index.js';
import { type PackedArray, readJson, unpack } from '../support/fixtures.js';

describe('gradientMagnitude', () => {
  const { cases } = readJson('filters/gradients.json.gz') as {
    cases: {
      size: Vector3;
      spacing: Vector3;
      image: PackedArray;
      responses: Record<'true' | 'false', PackedArray>;
    }[];
  };

  it.each(cases)('equals SimpleITK to the last bit: $image.type $size', (c) => {
    const image = createVolume(unpack(c.image), c.size, { spacing: c.spacing });
    expect(gradientMagnitude(image).data.data).toEqual(unpack(c.responses.true));
    const perVoxel = gradientMagnitude(image, { useSpacing: false });
    expect(perVoxel.data.data).toEqual(unpack(c.responses.false));
  });

  it('gives within a box what the whole image has there, on the grid of the box', () => {
    const values = Int16Array.from({ length: 210 }, (_, i) => (i * 7919) % 997);
    const image = createVolume(values, [7, 6, 5], { spacing: [1, 2, 3], origin: [5, 6, 7] });
    const within = { start: [2, 0, 3] as Vector3, size: [5, 4, 1] as Vector3 };
    const part = gradientMagnitude(image, { within });
    const expected = cropVolume(gradientMagnitude(image), within);
    expect(part.data.data).toEqual(denseData(expected));
    expect(part.origin).toEqual(expected.origin);
  });

  it('does not change when the image is turned', () => {
    const values = Int16Array.from({ length: 60 }, (_, i) => (i * 7919) % 997);
    const image = createVolume(values, [5, 4, 3], { spacing: [1, 2, 3] });
    const turned = gradientMagnitude(reorient(image, 'SRP'));
    const there = Array.from(denseData(reorient(turned, 'LPS')));
    const here = gradientMagnitude(image).data.data;
    there.forEach((value, i) => expect(value).toBeCloseTo(here[i], 4));
  });
});
