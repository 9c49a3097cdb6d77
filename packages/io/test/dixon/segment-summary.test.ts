import { createVolume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  steatosisGrade,
  steatosisThresholds,
  summariseRoi,
  summariseSegments,
} from '../../src/index.js';

const volume = (values: ArrayLike<number>, shape: number[]) =>
  createVolume(Float32Array.from(values), shape);
const labels = (values: ArrayLike<number>, shape: number[]) =>
  createVolume(Uint8Array.from(values), shape);

describe('steatosisGrade', () => {
  it('follows the published limits, which are ≥ by Tang and > by Kühn', () => {
    const grades = (values: number[], thresholds?: 'tang2013' | 'kuhn2017') =>
      values.map((value) => steatosisGrade(value, thresholds === undefined ? {} : { thresholds }));
    expect(grades([-3, 0, 6.39, 6.4, 17.39, 17.4, 22.09, 22.1, 60])).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3, 3,
    ]);
    expect(grades([0, 5.1, 5.11, 14.1, 14.11, 28, 28.01], 'kuhn2017')).toEqual([
      0, 0, 1, 1, 2, 2, 3,
    ]);
  });

  it('takes limits of one’s own', () => {
    const thresholds = { percent: [5, 10, 15], above: false, source: 'in house' } as const;
    expect(steatosisGrade(12, { thresholds })).toBe(2);
    expect(steatosisThresholds.tang2013.source).toContain('Radiology 2013;267:422');
  });

  it('never falls when the PDFF rises', () => {
    const value = fc.double({ min: -20, max: 120, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.constantFrom('tang2013', 'kuhn2017'), (a, b, thresholds) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(steatosisGrade(low, { thresholds })).toBeLessThanOrEqual(
          steatosisGrade(high, { thresholds }),
        );
      }),
    );
  });

  it.each([
    [Number.NaN, {}, /pdffPercent is NaN/],
    [5, { thresholds: 'tang' }, /tang2013, kuhn2017/],
    [5, { thresholds: 'constructor' }, /tang2013, kuhn2017/],
    [5, { thresholds: { percent: [6, 5, 9], above: true, source: '' } }, /ascending/],
    [5, { thresholds: { percent: [5, 6], above: true, source: '' } }, /ascending/],
    [5, { thresholds: null }, /ascending/],
    [5, { limits: 'tang2013' }, /limits of steatosisGrade/],
  ])('refuses %s with %j', (pdff, options, message) => {
    expect(() => steatosisGrade(pdff, options as never)).toThrow(message);
  });
});

describe('summariseSegments', () => {
  const segments = [
    { value: 2, name: 'seg2' },
    { value: 4, name: 'seg4' },
    { value: 8, name: 'seg8' },
  ];
  const mask = labels([0, 2, 2, 2, 4, 4, 4, 4], [4, 2, 1]);

  it('gives mean, SD, median, voxels and grade by segment and of all', () => {
    const pdffPercent = volume([90, 4, 6, 11, 20, 22, 24, 30], [4, 2, 1]);
    const r2starPerSecond = volume([0, 30, 40, 50, 60, 60, 60, 60], [4, 2, 1]);
    const summary = summariseSegments({ pdffPercent, r2starPerSecond }, { mask, segments });
    expect(summary.segments).toEqual([
      {
        segment: 'seg2',
        value: 2,
        n: 3,
        excluded: 0,
        pdffMeanPercent: 7,
        pdffSdPercent: Math.sqrt(13),
        pdffMedianPercent: 6,
        r2starMeanPerSecond: 40,
        r2starSdPerSecond: 10,
        steatosisGrade: 1,
      },
      {
        segment: 'seg4',
        value: 4,
        n: 4,
        excluded: 0,
        pdffMeanPercent: 24,
        pdffSdPercent: Math.sqrt(56 / 3),
        pdffMedianPercent: 23,
        r2starMeanPerSecond: 60,
        r2starSdPerSecond: 0,
        steatosisGrade: 3,
      },
      {
        segment: 'seg8',
        value: 8,
        n: 0,
        excluded: 0,
        pdffMeanPercent: Number.NaN,
        pdffSdPercent: Number.NaN,
        pdffMedianPercent: Number.NaN,
        r2starMeanPerSecond: Number.NaN,
        r2starSdPerSecond: Number.NaN,
        steatosisGrade: undefined,
      },
    ]);
    expect(summary.all).toMatchObject({ segment: 'all', value: undefined, n: 7 });
    expect(summary.all.pdffMeanPercent).toBeCloseTo(117 / 7, 12);
    expect(summary.thresholds).toBe(steatosisThresholds.tang2013);
  });

  it('leaves out what was not separated and what is no number, and counts it', () => {
    const pdffPercent = volume([0, 0, 6, 8, Number.NaN, 20, 0, 22], [4, 2, 1]);
    const water = volume([0, 0, 94, 92, 1, 80, 50, 78], [4, 2, 1]);
    const fat = volume([0, 0, 6, 8, 1, 20, 0, 22], [4, 2, 1]);
    const maps = { pdffPercent, water, fat };
    const [two, four] = summariseSegments(maps, { mask, segments }).segments;
    expect(two).toMatchObject({ n: 2, excluded: 1, pdffMeanPercent: 7 });
    expect(four).toMatchObject({ n: 3, excluded: 1, pdffMeanPercent: 14, pdffMedianPercent: 20 });
    expect(two.r2starMeanPerSecond).toBeNaN();
  });

  it('counts a voxel of two overlapping layers once in all', () => {
    const pdffPercent = volume([10, 20], [2, 1, 1]);
    const overlapping = labels([1, 1, 0, 1], [2, 1, 1, 2]);
    const layered = [
      { value: 1, name: 'left', layer: 0 },
      { value: 1, name: 'part', layer: 1 },
    ];
    const summary = summariseSegments({ pdffPercent }, { mask: overlapping, segments: layered });
    expect(summary.segments.map(({ n }) => n)).toEqual([2, 1]);
    expect(summary.all).toMatchObject({ n: 2, pdffMeanPercent: 15 });
    const beyond = [{ value: 1, name: 'lost', layer: 2 }];
    expect(() =>
      summariseSegments({ pdffPercent }, { mask: overlapping, segments: beyond }),
    ).toThrow(/"lost" lies in layer 2; the mask has 2/);
  });

  it('agrees with summariseRoi on any region', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -10, max: 100, noNaN: true }), fc.boolean()), {
          minLength: 3,
          maxLength: 40,
        }),
        (voxels) => {
          fc.pre(voxels.filter(([, inside]) => inside).length > 1);
          const shape = [voxels.length, 1, 1];
          const pdffPercent = createVolume(
            Float64Array.from(voxels, ([value]) => value),
            shape,
          );
          const roi = labels(
            voxels.map(([, inside]) => (inside ? 1 : 0)),
            shape,
          );
          const expected = summariseRoi(pdffPercent, roi);
          const { all } = summariseSegments(
            { pdffPercent },
            { mask: roi, segments: [{ value: 1, name: 'x' }] },
          );
          expect(all.n).toBe(expected.n);
          expect(all.pdffMeanPercent).toBeCloseTo(expected.mean, 9);
          expect(all.pdffSdPercent).toBeCloseTo(expected.sd, 9);
        },
      ),
    );
  });

  it('refuses other grids, shapes and options', () => {
    const pdffPercent = volume(new Float32Array(8), [4, 2, 1]);
    const other = createVolume(new Uint8Array(8), [4, 2, 1], { origin: [5, 0, 0] });
    expect(() => summariseSegments({ pdffPercent }, { mask: other, segments })).toThrow(/grid/);
    expect(() => summariseSegments({ pdffPercent, water: other }, { mask, segments })).toThrow(
      /water lies on another grid/,
    );
    expect(() => summariseSegments({} as never, { mask, segments })).toThrow(/pdffPercent/);
    expect(() =>
      summariseSegments({ pdffPercent }, { mask, segments }, { grades: 1 } as never),
    ).toThrow(/options.grades of summariseSegments/);
  });
});
