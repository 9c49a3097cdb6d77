import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blandAltman, type BlandAltmanOptions } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Case {
  name: string;
  x: number[];
  y: number[];
  n: number;
  bias: number;
  sd: number;
  bias_ci95: number[];
  'loa_z1.95996': number[];
  'loa_1.96': number[];
  loa_ci95_t_1999: { lower: number[]; upper: number[] };
  loa_ci95_t_1986_sqrt3n: { lower: number[]; upper: number[] };
  loa_ci95_exact_noncentral_t: { lower: number[]; upper: number[] };
  proportional_bias_slope: number;
  proportional_bias_p: number;
}
const { bland_altman: cases } = reference<{ bland_altman: Case[] }>('agreement');

test.each(cases)('bias and limits of $name', (known) => {
  const { x, y } = known;
  const found = blandAltman(x, y);
  expect(found.n).toBe(known.n);
  expectClose(found.bias, known.bias, 'bias');
  expectClose(found.standardDeviation, known.sd, 'SD');
  expectAllClose(found.interval, known.bias_ci95, 'interval of the bias');
  expectAllClose(found.limits, known['loa_z1.95996'], 'limits');
  expectAllClose(blandAltman(x, y, { multiplier: 1.96 }).limits, known['loa_1.96'], 'limits, 1.96');
  expectClose(found.proportionalBias.slope, known.proportional_bias_slope, 'slope');
  expectClose(found.proportionalBias.p, known.proportional_bias_p, 'P of the slope');
  const methods: [
    NonNullable<BlandAltmanOptions['limitsInterval']>,
    { lower: number[]; upper: number[] },
  ][] = [
    ['exact', known.loa_ci95_exact_noncentral_t],
    ['1999', known.loa_ci95_t_1999],
    ['1986', known.loa_ci95_t_1986_sqrt3n],
  ];
  for (const [limitsInterval, { lower, upper }] of methods) {
    const { lowerLimitInterval, upperLimitInterval } = blandAltman(x, y, { limitsInterval });
    // The non-central t reference is good to 1e-8.
    const tolerance = limitsInterval === 'exact' ? 1e-8 : 1e-10;
    lower.forEach((limit, i) => expectClose(lowerLimitInterval[i], limit, 'lower', tolerance));
    upper.forEach((limit, i) => expectClose(upperLimitInterval[i], limit, 'upper', tolerance));
  }
});

test('percentages of the mean', () => {
  const { differences, bias } = blandAltman([11, 22], [9, 18], { differences: 'percent' });
  expectAllClose(differences, [20, 20], 'percentages');
  expectClose(bias, 20, 'bias');
  expect(blandAltman([1, 2], [-1, 3], { differences: 'percent' })).toMatchObject({
    bias: NaN,
    reason: 'zero-denominator',
  });
});

test('turning the methods round turns everything round', () => {
  const value = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 30 }), (pairs) => {
      const x = pairs.map(([a]) => a);
      const y = pairs.map(([, b]) => b);
      const here = blandAltman(x, y, { limitsInterval: '1999' });
      const there = blandAltman(y, x, { limitsInterval: '1999' });
      expect(there.bias).toBeCloseTo(-here.bias, 9);
      expect(there.limits[0]).toBeCloseTo(-here.limits[1], 9);
      expect(there.lowerLimitInterval[1]).toBeCloseTo(-here.upperLimitInterval[0], 9);
      expect(there.p).toBe(here.p);
      expect(here.limits[0]).toBeLessThanOrEqual(here.bias);
      expect(here.upperLimitInterval[0]).toBeLessThanOrEqual(here.limits[1]);
      expect(here.upperLimitInterval[1]).toBeGreaterThanOrEqual(here.limits[1]);
    }),
  );
});

test('degenerate values say what is wrong', () => {
  expect(blandAltman([], [])).toMatchObject({ bias: NaN, reason: 'too-few-observations', n: 0 });
  expect(blandAltman([2], [1])).toMatchObject({ bias: 1, p: NaN, reason: 'too-few-observations' });
  expect(blandAltman([1, NaN], [1, 2])).toMatchObject({ bias: NaN, reason: 'nan-input' });
  expect(blandAltman([2, 3, 4], [1, 2, 3])).toMatchObject({
    bias: 1,
    limits: [1, 1],
    standardDeviation: 0,
    reason: 'zero-variance',
    proportionalBias: { slope: 0, p: NaN, reason: 'zero-variance' },
  });
  expect(blandAltman([1, 2, 3], [1, 2, 3])).toMatchObject({ bias: 0, p: NaN });
  expect(blandAltman([1, 2], [2, 1]).proportionalBias.reason).toBe('too-few-observations');
  expect(blandAltman([1, 2, 3], [3, 2, 1]).proportionalBias.reason).toBe('constant-input');
  // Doubles of the other: the differences lie on a line through the means.
  expect(blandAltman([2, 4, 8], [1, 2, 4]).proportionalBias).toMatchObject({
    statistic: Infinity,
    reason: 'zero-variance',
  });
  expect(blandAltman([1, NaN, 4], [1, 2, 3], { nanPolicy: 'omit' }).n).toBe(2);
  expect(() => blandAltman([Infinity, 1], [1, 2])).toThrow(InvalidArgumentError);
  expect(() => blandAltman([1], [1, 2])).toThrow(InvalidArgumentError);
  expect(() => blandAltman([1, 2], [1, 2], { coverage: 1 })).toThrow(/coverage/);
  expect(() => blandAltman([1, 2], [1, 2], { multiplier: 0 })).toThrow(/multiplier/);
});
