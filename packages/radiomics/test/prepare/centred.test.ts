import { createVolume, denseData, gridOf, indexToWorld, isSteatosisError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  centredGrid,
  resampleCentred,
  resampleMaskCentred,
} from '../../src/prepare/resample-centred.js';

const ramp = createVolume(
  Int16Array.from({ length: 8 * 6 * 4 }, (_, i) => 10 * (i % 8) + 1000 * Math.floor(i / 8)),
  [8, 6, 4],
  { spacing: [1, 1, 3], origin: [10, 20, 30] },
);

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error.code;
    throw error;
  }
  return 'no error';
}

describe('centredGrid', () => {
  it('covers the image around its centre', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })),
        fc.tuple(
          fc.double({ min: 0.3, max: 4, noNaN: true }),
          fc.double({ min: 0.3, max: 4, noNaN: true }),
        ),
        ([nx, ny], [sx, sy]) => {
          const old = gridOf(
            createVolume(new Uint8Array(nx * ny), [nx, ny, 1], {
              spacing: [sx, 0.9, 2],
              direction: [0, 1, 0, -1, 0, 0, 0, 0, 1],
            }),
          );
          const grid = centredGrid(old, [sy, 1.1, 0]);
          const middle = (g: typeof old) =>
            indexToWorld(
              g,
              g.size.map((n) => (n - 1) / 2),
            );
          middle(grid).forEach((at, axis) => expect(at).toBeCloseTo(middle(old)[axis], 9));
          expect(grid.spacing).toEqual([sy, 1.1, 2]);
          grid.size.forEach((n, axis) => {
            const length = old.size[axis] * old.spacing[axis];
            expect(n * grid.spacing[axis]).toBeGreaterThan(length * (1 - 1e-5));
            expect((n - 1) * grid.spacing[axis]).toBeLessThan(length);
          });
        },
      ),
    );
  });

  it('takes a length that is whole up to rounding as whole', () => {
    const grid = gridOf(createVolume(new Uint8Array(30), [30, 1, 1], { spacing: [0.1, 1, 1] }));
    expect(centredGrid(grid, [0.3, 0, 0]).size).toEqual([10, 1, 1]);
  });
});

describe('resampleCentred', () => {
  it('leaves an image as it is where the spacing stays', () => {
    for (const interpolation of ['nearest', 'trilinear'] as const) {
      const same = resampleCentred(ramp, { spacing: [1, 0, 3], interpolation });
      expect(Array.from(same.data.data)).toEqual(Array.from(ramp.data.data));
      expect(gridOf(same)).toEqual(gridOf(ramp));
    }
  });

  it('interpolates within slices alone when z stays', () => {
    // Halves of 8 columns and 6 rows: each new voxel is the mean of four.
    const planes = resampleCentred(ramp, { spacing: [2, 2, 0] });
    expect(planes.data.shape).toEqual([4, 3, 4]);
    expect(planes.data.get(1, 2, 3)).toBe(25 + 1000 * (4.5 + 6 * 3));
    expect(planes.origin).toEqual([10.5, 20.5, 30]);
  });

  it('rounds halves up', () => {
    const image = createVolume(Int16Array.of(0, 1, -2, -1), [4, 1, 1]);
    const means = resampleCentred(image, { spacing: [2, 0, 0], round: true });
    expect(Array.from(means.data.data)).toEqual([1, -1]);
  });

  it('computes a part alone as it is in the whole', () => {
    for (const interpolation of ['nearest', 'trilinear', 'cubic spline'] as const) {
      const options = { spacing: [0.7, 1.3, 2], interpolation };
      const whole = resampleCentred(ramp, options);
      const within = { start: [2, 1, 3] as const, size: [5, 2, 2] as const };
      const part = resampleCentred(ramp, {
        ...options,
        within: { start: [...within.start], size: [...within.size] },
      });
      expect(part.origin).toEqual(indexToWorld(whole, within.start));
      for (let z = 0; z < 2; z++) {
        for (let x = 0; x < 5; x++) {
          expect(part.data.get(x, 1, z)).toBeCloseTo(whole.data.get(x + 2, 2, z + 3), 9);
        }
      }
    }
  });

  it('repeats the outermost values beyond their centres', () => {
    const image = createVolume(Float64Array.of(3, 5), [2, 1, 1]);
    const fine = resampleCentred(image, { spacing: [0.5, 0, 0] });
    expect(Array.from(fine.data.data)).toEqual([3, 3.5, 4.5, 5]);
  });

  it.each([
    ['two spacings', { spacing: [1, 1] }],
    ['a negative spacing', { spacing: [1, 1, -1] }],
    ['another interpolation', { spacing: [1, 1, 1], interpolation: 'cubic' as 'nearest' }],
    [
      'a part beyond the grid',
      { spacing: [1, 1, 3], within: { start: [0, 0, 3], size: [1, 1, 2] } as never },
    ],
  ])('refuses %s', (_, options) => {
    expect(codeOf(() => resampleCentred(ramp, options))).toBe('INVALID_ARGUMENT');
  });

  it('refuses what would fill the memory', () => {
    const spacing = [1e-4, 1e-4, 1e-4];
    expect(codeOf(() => resampleCentred(ramp, { spacing }))).toBe('RESAMPLED_TOO_LARGE');
  });
});

describe('resampleMaskCentred', () => {
  const mask = createVolume(Uint8Array.of(0, 7, 7, 7, 2, 0, 0, 7), [8, 1, 1]);

  it('takes voxels of which half belongs to the region', () => {
    const half = resampleMaskCentred(mask, { spacing: [2, 0, 0], label: 7 });
    expect(Array.from(denseData(half))).toEqual([1, 1, 0, 1]);
    const most = resampleMaskCentred(mask, { spacing: [2, 0, 0], label: 7, threshold: 0.6 });
    expect(Array.from(denseData(most))).toEqual([0, 1, 0, 0]);
  });

  it('refuses absent labels, lost regions and impossible thresholds', () => {
    const spacing = [2, 0, 0];
    expect(codeOf(() => resampleMaskCentred(mask, { spacing, label: 1 }))).toBe('LABEL_ABSENT');
    expect(codeOf(() => resampleMaskCentred(mask, { spacing, label: 2, threshold: 1 }))).toBe(
      'EMPTY_MASK',
    );
    expect(codeOf(() => resampleMaskCentred(mask, { spacing, threshold: 0 }))).toBe(
      'INVALID_ARGUMENT',
    );
  });
});
