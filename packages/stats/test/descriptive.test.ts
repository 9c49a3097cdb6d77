import { InvalidArgumentError } from '@steatosis/core';
import { expect, test } from 'vitest';
import {
  describe,
  formatCountPercent,
  formatMeanSd,
  formatP,
  mean,
  variance,
} from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

const { main, nasty } = reference<{
  main: { values: number[]; mean: number; sd: number; variance: number; se_mean: number };
  nasty: {
    name: string;
    values: number[];
    mean?: number;
    variance?: number;
    mean_exact?: number;
    sd_exact?: number;
  }[];
}>('descriptive');

test('moments of fifty values equal NumPy', () => {
  const found = describe(main.values);
  expectClose(found.mean, main.mean, 'mean', 1e-15);
  expectClose(found.standardDeviation, main.sd, 'SD', 1e-14);
  expectClose(found.variance, main.variance, 'variance', 1e-14);
  expectClose(found.standardErrorOfMean, main.se_mean, 'SE', 1e-14);
  expect(found.minimum).toBe(Math.min(...main.values));
  expect(found.maximum).toBe(Math.max(...main.values));
});

test.each(nasty)('hard sums: $name', (known) => {
  expectClose(mean(known.values), known.mean ?? known.mean_exact!, 'mean', 2e-16);
  if (known.variance) expectClose(variance(known.values), known.variance, 'variance', 1e-15);
  // The values themselves are rounded to 2e-9 (one unit in the last place of 1e7), which their SD shows.
  if (known.sd_exact) {
    expect(Math.abs(describe(known.values).standardDeviation - known.sd_exact)).toBeLessThan(2e-9);
  }
});

test('spread of values whose squares over- or underflow', () => {
  expectClose(describe([1e200, 3e200]).standardDeviation, Math.SQRT2 * 1e200, 'huge', 1e-15);
  expect(variance([1e200, 3e200])).toBe(Infinity);
  expectClose(describe([1e-200, 3e-200]).standardDeviation, Math.SQRT2 * 1e-200, 'tiny', 1e-15);
  expect(describe([5e-324, 0, 0]).standardDeviation).toBeGreaterThanOrEqual(0);
});

test('what is undefined is NaN with a reason', () => {
  expect(describe([])).toMatchObject({ n: 0, mean: NaN, reason: 'too-few-observations' });
  expect(describe([7])).toMatchObject({
    mean: 7,
    variance: NaN,
    minimum: 7,
    reason: 'too-few-observations',
  });
  expect(describe([1, NaN])).toMatchObject({ n: 2, mean: NaN, reason: 'nan-input' });
  expect(describe([1, NaN, 3], { nanPolicy: 'omit' })).toMatchObject({ n: 2, mean: 2 });
  expect(() => describe([1, Infinity])).toThrow('x[1]');
  expect(describe([4, 4, 4])).toMatchObject({ mean: 4, standardDeviation: 0, variance: 0 });
  expect(() => mean([NaN], { nanPolicy: 'raise' })).toThrow(InvalidArgumentError);
});

test('what is no number is refused rather than counted as one', () => {
  expect(() => describe([1, null as unknown as number])).toThrow(/^x\[1\] is null/);
  expect(() => describe(7 as unknown as number[])).toThrow(/^x is 7; expected an array/);
  expect(() => formatP('0.5' as unknown as number)).toThrow(InvalidArgumentError);
});

test('tables print what journals print', () => {
  expect(formatMeanSd(describe(main.values))).toBe('25.2 ± 4.5');
  expect(formatMeanSd(describe(main.values), { digits: 2 })).toBe('25.17 ± 4.48');
  expect(formatMeanSd(describe([7]))).toBe('7.0 ± n/a');
  expect(formatCountPercent(12, 50)).toBe('12 (24.0%)');
  expect(formatCountPercent(1, 3, { digits: 0 })).toBe('1 (33%)');
  expect(formatCountPercent(0, 0, { undefinedText: '–' })).toBe('0 (–)');
  expect(formatP(0.0279)).toBe('0.028');
  expect(formatP(0.000999)).toBe('<0.001');
  expect(formatP(0)).toBe('<0.001');
  expect(formatP(0.001)).toBe('0.001');
  expect(formatP(0.9996)).toBe('>0.999');
  expect(formatP(1)).toBe('1.000');
  expect(formatP(0.04, { digits: 2 })).toBe('0.04');
  expect(formatP(NaN)).toBe('n/a');
  expect(() => formatP(1.2)).toThrow(InvalidArgumentError);
  expect(() => formatP(0.2, { digits: 2.5 })).toThrow(/digits/);
  expect(() => formatCountPercent(3, 2)).toThrow(InvalidArgumentError);
});

test('a missing value leaves no mean and no variance', () => {
  expect([mean([1, NaN]), variance([1, NaN])]).toEqual([NaN, NaN]);
  expect([
    mean([1, NaN, 3], { nanPolicy: 'omit' }),
    variance([4, NaN], { nanPolicy: 'omit' }),
  ]).toEqual([2, NaN]);
});
