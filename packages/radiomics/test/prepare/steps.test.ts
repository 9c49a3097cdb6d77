import { denseData, isSteatosisError, type Vector3 } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { alignMask } from '../../src/prepare/align-mask.js';
import { normaliseImage } from '../../src/prepare/normalise-image.js';
import { resampleCentred } from '../../src/prepare/resample-centred.js';
import { resegmentMask, type ResegmentOptions } from '../../src/prepare/resegment-mask.js';
import { type PackedVolume, readJson, unpackVolume } from '../support/fixtures.js';

const steps = readJson('prepare/steps.json.gz') as {
  normalising: {
    name: string;
    settings: { scale?: number; removeOutliers?: number };
    image: PackedVolume;
    expected: PackedVolume;
  }[];
  resegmenting: {
    name: string;
    settings: ResegmentOptions;
    image: PackedVolume;
    mask: PackedVolume;
    expected: PackedVolume;
  }[];
  correcting: {
    name: string;
    label: number;
    image: PackedVolume;
    mask: PackedVolume;
    expected?: PackedVolume;
    code?: string;
  }[];
  centred: {
    name: string;
    spacing: Vector3;
    order: 1 | 3;
    image: PackedVolume;
    expected: PackedVolume;
  }[];
};

const numbers = (packed: PackedVolume) => Array.from(denseData(unpackVolume(packed)));

describe('PyRadiomics 3.1.0', () => {
  it.each(steps.normalising)('normalizeImage $name', ({ settings, image, expected }) => {
    const found = normaliseImage(unpackVolume(image), settings);
    expect(Array.from(denseData(found))).toEqual(numbers(expected));
  });

  it.each(steps.resegmenting)('resegmentMask $name', ({ settings, image, mask, expected }) => {
    const found = resegmentMask(unpackVolume(image), unpackVolume(mask), settings);
    expect(Array.from(denseData(found))).toEqual(numbers(expected));
  });

  it.each(steps.correcting)('correctMask: $name', ({ label, image, mask, expected, code }) => {
    const volume = unpackVolume(image);
    const align = (correctMask: boolean) =>
      alignMask(volume, unpackVolume(mask), { label, correctMask });
    expect(codeOf(() => align(false))).toBe('GRID_MISMATCH');
    if (expected === undefined) {
      expect(codeOf(() => align(true))).toBe(code);
      return;
    }
    const found = align(true);
    expect(Array.from(denseData(found))).toEqual(numbers(expected));
    expect(found.origin).toEqual(volume.origin);
  });
});

describe('IBSI’s grid, values by SimpleITK 2.5.7', () => {
  it.each(steps.centred)('$name', ({ spacing, order, image, expected }) => {
    const interpolation = order === 1 ? 'trilinear' : 'cubic spline';
    const found = resampleCentred(unpackVolume(image), { spacing, interpolation });
    expect(found.data.shape).toEqual(expected.size);
    expect(found.direction).toEqual(expected.direction);
    found.origin.forEach((at, axis) => expect(at).toBeCloseTo(expected.origin[axis], 10));
    const wanted = numbers(expected);
    // Positions are computed in another order.
    const worst = denseData(found).reduce((w, v, i) => Math.max(w, Math.abs(v - wanted[i])), 0);
    expect(worst).toBeLessThan(1e-10);
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error.code;
    throw error;
  }
  return 'no error';
}
