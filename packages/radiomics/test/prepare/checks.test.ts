import {
  createVolume,
  cropVolume,
  denseData,
  isSteatosisError,
  type Volume,
} from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { alignMask, maskChannel } from '../../src/prepare/align-mask.js';
import { cropToRegion } from '../../src/prepare/crop-to-region.js';
import { normaliseImage } from '../../src/prepare/normalise-image.js';
import { resampleImageAndMask } from '../../src/prepare/resample-image-and-mask.js';
import { resampleOnto } from '../../src/prepare/resample-onto.js';
import { resegmentMask } from '../../src/prepare/resegment-mask.js';

const image = createVolume(
  Float32Array.from({ length: 60 }, (_, i) => i),
  [3, 4, 5],
);
const mask = createVolume(new Uint8Array(60).fill(1), [3, 4, 5]);
const spacing = { resampledPixelSpacing: [2, 2, 2] };

function failure(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'no error', message: '' };
}

function filled(value: number, at: number, other: number): Volume {
  const data = new Float32Array(60).fill(value);
  data[at] = other;
  return createVolume(data, [3, 4, 5]);
}

describe('volumes that are none', () => {
  const broken = (changes: Partial<Volume>): Volume => ({ ...image, ...changes });
  it.each([
    ['a spacing of 0', broken({ spacing: [1, 0, 1] }), 'image.spacing'],
    ['a negative spacing', broken({ spacing: [1, 1, -1] }), 'image.spacing'],
    ['a spacing that is NaN', broken({ spacing: [NaN, 1, 1] }), 'image.spacing'],
    ['an infinite spacing', broken({ spacing: [1, Infinity, 1] }), 'image.spacing'],
    ['an origin that is NaN', broken({ origin: [0, NaN, 0] }), 'image.origin'],
    ['a singular direction', broken({ direction: [1, 0, 0, 1, 0, 0, 0, 0, 1] }), 'image.direction'],
    ['four axes', createVolume(new Float32Array(60), [3, 4, 5, 1]), 'image'],
    ['two axes', broken({ data: image.data.pick(null, null, 0) }), 'image'],
  ])('%s', (_, given, argument) => {
    for (const step of [
      () => alignMask(given, mask),
      () => resampleImageAndMask(given, mask, spacing),
    ]) {
      const { code, message } = failure(step);
      expect(code).toBe('INVALID_ARGUMENT');
      expect(message).toContain(`${argument} is`);
    }
  });

  it('a mask with fractions', () => {
    const share = filled(1, 7, 0.5);
    const { code, message } = failure(() => alignMask(image, share));
    expect(code).toBe('NON_INTEGER_MASK');
    expect(message).toContain('0.5 at (1, 2, 0)');
    expect(failure(() => resampleImageAndMask(image, share, spacing)).code).toBe(code);
    expect(alignMask(image, filled(1, 7, 2))).toBeDefined();
  });
});

describe('options that cannot be', () => {
  it.each([
    ['two spacings', { resampledPixelSpacing: [1, 1] }],
    ['a negative spacing', { resampledPixelSpacing: [1, -1, 1] }],
    ['an infinite spacing', { resampledPixelSpacing: [1, Infinity, 1] }],
    ['a fractional margin', { ...spacing, padDistance: 0.5 }],
    ['an unknown interpolator', { ...spacing, interpolator: 'sitkCubic' as 'sitkLinear' }],
    ['number 11', { ...spacing, interpolator: 11 as 1 }],
  ])('%s', (_, options) => {
    expect(failure(() => resampleImageAndMask(image, mask, options)).code).toBe('INVALID_ARGUMENT');
  });

  it('a spacing that would fill the memory', () => {
    const options = { resampledPixelSpacing: [0.001, 0.001, 0.001] };
    const { code, message } = failure(() => resampleImageAndMask(image, mask, options));
    expect(code).toBe('RESAMPLED_TOO_LARGE');
    expect(message).toContain('The resampled image would have 2506×3506×');
  });

  it('a channel that is not there', () => {
    const channels = createVolume(
      Uint8Array.from({ length: 120 }, (_, i) => i / 60),
      [3, 4, 5, 2],
    );
    expect(maskChannel(channels, 1).data.get(0, 0, 0)).toBe(1);
    expect(maskChannel(channels).data.get(2, 3, 4)).toBe(0);
    expect(maskChannel(mask, 5)).toBe(mask);
    expect(failure(() => maskChannel(channels, 2)).code).toBe('INVALID_ARGUMENT');
  });
});

describe('geometryTolerance', () => {
  const shifted = { ...mask, origin: [0.03, 0, 0] as [number, number, number] };
  it('is 1 % of a voxel unless it is given', () => {
    expect(failure(() => alignMask(image, shifted)).code).toBe('GRID_MISMATCH');
    expect(alignMask(image, { ...mask, origin: [0.005, 0, 0] }).data).toBe(mask.data);
  });
  it('is compared with origin, spacing and direction', () => {
    expect(alignMask(image, shifted, { geometryTolerance: 0.05 })).toBe(shifted);
    const tight = failure(() => alignMask(image, shifted, { geometryTolerance: 1e-6 }));
    expect(tight.code).toBe('GRID_MISMATCH');
    const size = createVolume(new Uint8Array(48).fill(1), [3, 4, 4]);
    expect(failure(() => alignMask(image, size, { geometryTolerance: 9 })).code).toBe(tight.code);
  });
});

describe('normaliseImage', () => {
  it('refuses what has no standard deviation', () => {
    const constant = createVolume(new Int16Array(60).fill(7), [3, 4, 5]);
    expect(failure(() => normaliseImage(constant)).message).toContain(
      'constant over its 60 voxels',
    );
    // Whose sums do not come out even.
    for (const value of [1 / 3, -7.7, 359.2102448427662]) {
      const fraction = createVolume(new Float64Array(98).fill(value), [7, 7, 2]);
      expect(failure(() => normaliseImage(fraction)).code).toBe('CANNOT_NORMALISE');
    }
    for (const value of [NaN, Infinity]) {
      const { code, message } = failure(() => normaliseImage(filled(1, 3, value)));
      expect(code).toBe('CANNOT_NORMALISE');
      expect(message).toContain('at 1 voxel');
    }
    expect(failure(() => normaliseImage(image, { scale: 0 })).code).toBe('INVALID_ARGUMENT');
    expect(failure(() => normaliseImage(image, { removeOutliers: -1 })).code).toBe(
      'INVALID_ARGUMENT',
    );
  });
});

describe('resegmentMask', () => {
  it('leaves out NaN and refuses to take a mean of it', () => {
    const holed = filled(5, 3, NaN);
    const kept = denseData(resegmentMask(holed, mask, { range: [0] }));
    expect(kept.indexOf(0)).toBe(3);
    expect(kept.lastIndexOf(0)).toBe(3);
    const relative = { range: [0, 1], mode: 'relative' } as const;
    expect(failure(() => resegmentMask(holed, mask, relative)).code).toBe('INVALID_ARGUMENT');
  });
  it('refuses to leave fewer than two voxels', () => {
    const { code, message } = failure(() => resegmentMask(image, mask, { range: [59, 70] }));
    expect(code).toBe('REGION_TOO_SMALL');
    expect(message).toContain('1 voxel');
  });
  it('drops other labels', () => {
    const labels = createVolume(
      Uint8Array.from({ length: 60 }, (_, i) => 1 + (i % 2)),
      [3, 4, 5],
    );
    const kept = denseData(resegmentMask(image, labels, { label: 2, range: [30, 99] }));
    expect(new Set(kept)).toEqual(new Set([0, 2]));
    expect(kept.filter((value) => value === 2)).toHaveLength(15);
  });
  it.each([[[]], [[1, 2, 3]], [[NaN]]])('refuses the range %j', (range) => {
    expect(failure(() => resegmentMask(image, mask, { range })).code).toBe('INVALID_ARGUMENT');
  });
});

describe('what lies far away', () => {
  it('changes no value of the spline, to the last bit', () => {
    const size = 130;
    const values = Float64Array.from({ length: 4 * 4 * size }, (_, i) => (i * 7919) % 1013);
    const long = createVolume(values, [4, 4, size]);
    const grid = { ...long, size: [4, 4, 260] as [number, number, number] };
    const fine = { ...grid, spacing: [1, 1, 0.5] as [number, number, number] };
    const whole = resampleOnto(long, fine, 'sitkBSpline');
    const part = { ...fine, size: [4, 4, 6] as [number, number, number] };
    const some = resampleOnto(long, { ...part, origin: [0, 0, 64.5] }, 'sitkBSpline');
    const expected = cropVolume(whole, { start: [0, 0, 129], size: [4, 4, 6] });
    expect(Array.from(denseData(some))).toEqual(Array.from(denseData(expected)));
  });

  it('is not resampled', () => {
    const large = createVolume(new Int16Array(512 * 512 * 8), [512, 512, 8]);
    const small = new Uint8Array(512 * 512 * 8);
    small.fill(1, 512 * 512 * 3 + 512 * 100 + 200, 512 * 512 * 3 + 512 * 100 + 220);
    const labels = createVolume(small, [512, 512, 8]);
    const found = resampleImageAndMask(large, labels, { resampledPixelSpacing: [0.7, 0.7, 0] });
    // x: ⌊199.5 / 0.7 − 5⌋ to ⌈219.5 / 0.7 + 5⌉; y: one row, so that its spacing stays.
    expect(found.image.data.shape).toEqual([40, 13, 8]);
  });
});

describe('cropToRegion', () => {
  it('keeps a margin where the image has one', () => {
    const labels = new Uint8Array(60);
    labels[1 + 3 * (2 + 4 * 2)] = 4;
    const region = createVolume(labels, [3, 4, 5]);
    const cropped = cropToRegion(image, region, { label: 4, padDistance: 2 });
    expect(cropped.image.data.shape).toEqual([3, 4, 5]);
    const tight = cropToRegion(image, region, { label: 4 });
    expect(tight.image.origin).toEqual([1, 2, 2]);
    expect(tight.image.data.get(0, 0, 0)).toBe(1 + 3 * (2 + 4 * 2));
    expect(failure(() => cropToRegion(image, region)).code).toBe('LABEL_ABSENT');
  });
});
