import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryMetrics, confusionMatrix, proportionInterval } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Case {
  name: string;
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  accuracy: number;
  sensitivity: number;
  specificity: number;
  ppv: number;
  npv: number;
  f1: number;
  balanced_accuracy: number;
  ci95: Record<string, { k: number; n: number; wilson: number[] }>;
}
const { cases } = reference<{ cases: Case[] }>('binary');

test.each(cases)('metrics of $name', ({ name, tp, fp, fn, tn, ci95, ...known }) => {
  const found = binaryMetrics({ tp, fp, fn, tn });
  for (const metric of ['accuracy', 'sensitivity', 'specificity', 'ppv', 'npv'] as const) {
    expectClose(found[metric], known[metric], `${metric} of ${name}`);
    expect(found.reasons[metric]).toBe(
      Number.isNaN(known[metric]) ? 'zero-denominator' : undefined,
    );
    const interval = ci95[metric];
    if (interval === undefined) {
      expect(found.intervals[metric]).toEqual([NaN, NaN]);
      continue;
    }
    // At 0 successes the limit is 0; statsmodels leaves 7e-18 of rounding in one case.
    const wilson = interval.k === 0 ? [0, interval.wilson[1]] : interval.wilson;
    expectAllClose(found.intervals[metric], wilson, `interval of ${metric}`);
    expect(proportionInterval(interval.k, interval.n).interval).toEqual(found.intervals[metric]);
  }
  expectClose(found.f1, known.f1, 'F1');
  expectClose(found.balancedAccuracy, known.balanced_accuracy, 'balanced accuracy');
});

test.each(
  reference<{ proportion: { k: number; n: number; wilson: { value: number[] } }[] }>('edge')
    .proportion,
)('Wilson at $k of $n', ({ k, n, wilson }) => {
  const found = proportionInterval(k, n);
  expectAllClose(found.interval, wilson.value, 'limits');
  expect(found.reason).toBe(n === 0 ? 'zero-denominator' : undefined);
});

test('the limits are the proportions that the score test just does not reject', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, share) => {
        const k = Math.round(share * n);
        const [low, high] = proportionInterval(k, n).interval;
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        const z = 1.959963984540054;
        for (const p of k === 0 ? [high] : k === n ? [low] : [low, high]) {
          if (p > 0.999999) continue;
          expectClose(((k / n - p) ** 2 * n) / (p * (1 - p)), z * z, 'score', 1e-6);
        }
        const [mirrorLow, mirrorHigh] = proportionInterval(n - k, n).interval;
        expect(Math.abs(mirrorLow - (1 - high))).toBeLessThan(1e-15);
        expect(Math.abs(mirrorHigh - (1 - low))).toBeLessThan(1e-15);
      },
    ),
  );
});

test('confusion counts of a decision, straight into the metrics', () => {
  const counts = confusionMatrix([1, 1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 1, 0, 0]);
  expect(counts).toEqual({ tp: 2, fp: 1, fn: 1, tn: 3 });
  expect(binaryMetrics(counts).accuracy).toBe(5 / 7);
  expect(binaryMetrics(confusionMatrix([], []))).toMatchObject({
    accuracy: NaN,
    f1: NaN,
    n: 0,
    reasons: { accuracy: 'zero-denominator', f1: 'zero-denominator' },
  });
});

test('callers who err are told', () => {
  expect(() => proportionInterval(5, 4)).toThrow(/at most n = 4/);
  expect(() => proportionInterval(0.5, 4)).toThrow(InvalidArgumentError);
  expect(() => proportionInterval(1, -4)).toThrow(/whole number/);
  expect(() => proportionInterval(1, 4, { level: 1 })).toThrow(/level/);
  expect(() => proportionInterval(1, 4, { method: 'exact' as 'wilson' })).toThrow(/method/);
  expect(() => binaryMetrics({ tp: -1, fp: 0, fn: 0, tn: 0 })).toThrow(/tp is -1/);
  expect(() => confusionMatrix([0, 1], [0, 0.7])).toThrow(/predicted\[1\]/);
});
