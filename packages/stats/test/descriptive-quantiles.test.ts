import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describe, iqr, mean, median, quantiles, type QuantileType } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

const { main } = reference<{
  main: {
    values: number[];
    mean: number;
    median: number;
    skew_g1: number;
    skew_G1_spss: number;
    kurtosis_g2: number;
    kurtosis_G2_spss: number;
    ci95_mean: number[];
    quantiles: Record<`type${QuantileType}`, number[]>;
    quantile_probs: number[];
  };
}>('descriptive');

const TYPES: readonly QuantileType[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test.each(TYPES)('quantiles of type %i equal the reference', (type) => {
  const found = quantiles(main.values, main.quantile_probs, { type });
  expectAllClose(found, main.quantiles[`type${type}`], `type ${type}`);
});

test('shape, median and the interval of the mean equal the reference', () => {
  const found = describe(main.values);
  expectClose(found.skewness, main.skew_g1, 'g1', 1e-12);
  expectClose(found.skewnessAdjusted, main.skew_G1_spss, 'G1', 1e-12);
  expectClose(found.excessKurtosis, main.kurtosis_g2, 'g2', 1e-12);
  expectClose(found.excessKurtosisAdjusted, main.kurtosis_G2_spss, 'G2', 1e-12);
  expectClose(found.median, main.median, 'median', 1e-15);
  expect(median(main.values)).toBe(found.median);
  expectAllClose(found.interval, main.ci95_mean, 'interval');
  expect([found.level, found.missing, found.reason]).toEqual([0.95, 0, undefined]);
  const spss = describe(main.values, { quantileType: 6, level: 0.9 });
  expectClose(spss.firstQuartile, main.quantiles.type6[3], 'Q1 of SPSS', 1e-15);
  expectClose(spss.thirdQuartile, main.quantiles.type6[5], 'Q3 of SPSS', 1e-15);
  expect(spss.interval[0]).toBeGreaterThan(found.interval[0]);
  expectClose(iqr(main.values, { type: 6 }), spss.thirdQuartile - spss.firstQuartile, 'IQR');
});

test('positions that are whole numbers but for rounding are whole', () => {
  // 0.7 · 10 is 7.000000000000001 in some orders of evaluation; R has the fuzz for this.
  const x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(quantiles(x, [0.1, 0.3, 0.7], { type: 1 })).toEqual([1, 3, 7]);
  expect(quantiles(x, [0.1, 0.3, 0.7], { type: 2 })).toEqual([1.5, 3.5, 7.5]);
  expect(quantiles(x, [0.05, 0.15, 0.25], { type: 3 })).toEqual([1, 2, 2]);
});

test('few, equal, huge and infinite values', () => {
  for (const type of TYPES) {
    expect(quantiles([7], [0, 0.3, 1], { type })).toEqual([7, 7, 7]);
    expect(quantiles([], [0.5], { type })).toEqual([NaN]);
    expect(quantiles([4, 4, 4], [0.1, 0.9], { type })).toEqual([4, 4]);
    expect(quantiles([-1.7e308, 1.7e308], [0.5], { type })[0]).not.toBeNaN();
  }
  expect(quantiles([1, Infinity, -Infinity], [0, 0.5, 1])).toEqual([-Infinity, 1, Infinity]);
  expect(median([1, Infinity])).toBe(Infinity);
  expect(median([-Infinity, Infinity])).toBeNaN();
  expect(median([3, NaN, 1])).toBeNaN();
  expect(median([3, NaN, 1], { nanPolicy: 'omit' })).toBe(2);
});

test('what cannot be computed says why', () => {
  expect(describe([1, NaN, NaN])).toMatchObject({ n: 3, missing: 2, reason: 'nan-input' });
  expect(describe([1, NaN, 2, 5, 9], { nanPolicy: 'omit' })).toMatchObject({ n: 4, missing: 1 });
  expect(describe([4, 4, 4])).toMatchObject({
    standardDeviation: 0,
    interval: [4, 4],
    skewness: NaN,
    reason: 'constant-input',
  });
  expect(describe([1, 2])).toMatchObject({
    skewness: 0,
    skewnessAdjusted: NaN,
    reason: 'too-few-observations',
  });
  expect(describe([1, 2, 4])).toMatchObject({ excessKurtosisAdjusted: NaN });
  expect(describe([1, 2, 4, 8]).reason).toBeUndefined();
});

test('impossible requests are refused', () => {
  expect(() => quantiles([1], [1.5])).toThrow('probabilities[0] is 1.5');
  expect(() => quantiles([1], [NaN])).toThrow('probabilities[0]');
  expect(() => quantiles([1], [0.5], { type: 10 as QuantileType })).toThrow('type is 10');
  expect(() => describe([1], { quantileType: 0 as QuantileType })).toThrow('quantileType is 0');
  expect(() => mean([1], { level: 0.9 } as object)).toThrow('only nanPolicy');
});

test('quantiles rise with the probability, lie within the sample and follow its shifts', () => {
  const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sample, fc.constantFrom(...TYPES), (x, type) => {
      const probabilities = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];
      const found = quantiles(x, probabilities, { type });
      found.forEach((value, i) => {
        if (i > 0) expect(value).toBeGreaterThanOrEqual(found[i - 1]);
        expect(value).toBeGreaterThanOrEqual(Math.min(...x));
        expect(value).toBeLessThanOrEqual(Math.max(...x));
      });
      const shifted = quantiles(
        x.map((value) => value + 64),
        probabilities,
        { type },
      );
      shifted.forEach((value, i) => expect(value).toBeCloseTo(found[i] + 64, 9));
      expect(quantiles(x, [0.5], { type: 7 })).toEqual([median(x)]);
    }),
  );
});

test('a million values', () => {
  const x = Float64Array.from({ length: 1_000_001 }, (_, i) => (i * 7919) % 1_000_001);
  expect(quantiles(x, [0.25, 0.5, 1])).toEqual([250_000, 500_000, 1_000_000]);
});
