import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionCurve } from '../src/index.js';
import { expectAllClose, expectClose } from './support/reference.js';

test('net benefit as Vickers and Elkin (2006) define it, worked by hand', () => {
  // Threshold 0.2, odds 1/4: 3 true and 2 false positives of 10, so 3/10 − 2/10 · 1/4 = 0.25;
  // treating all 4/10 − 6/10 · 1/4 = 0.25; threshold 0.5: 2/10 − 1/10 = 0.1 against 4/10 − 6/10 = −0.2.
  const labels = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0];
  const probabilities = [0.9, 0.7, 0.3, 0.1, 0.6, 0.2, 0.15, 0.1, 0.05, 0.01];
  const curve = decisionCurve(labels, probabilities, { thresholds: [0.2, 0.5] });
  expectAllClose(curve.netBenefit, [0.25, 0.1], 'net benefit');
  expectAllClose(curve.treatAll, [0.25, -0.2], 'treat all');
  expect([...curve.treatNone]).toEqual([0, 0]);
  expectAllClose(curve.standardizedNetBenefit, [0.625, 0.25], 'standardized');
  // (0.1 + 0.2)/1 = 0.3 treatments fewer per patient at threshold 0.5
  expectClose(curve.interventionsAvoided[1], 0.3, 'interventions avoided');
  expect([...curve.truePositives]).toEqual([3, 2]);
  expect([...curve.falsePositives]).toEqual([2, 1]);
  // Threshold 0.5: benefits of 1, 1, −1 and seven of 0: mean 0.1, variance (3 − 10 · 0.01)/9
  expectClose(curve.standardError[1], Math.sqrt((3 - 0.1) / 9 / 10), 'standard error');
  expectClose(
    curve.upper[1] - curve.lower[1],
    2 * 1.959963984540054 * curve.standardError[1],
    'width',
  );
});

test('the default thresholds are whole percentages', () => {
  const { thresholds } = decisionCurve([0, 1], [0.2, 0.8]);
  expect(thresholds).toHaveLength(99);
  expect([thresholds[0], thresholds[49], thresholds[98]]).toEqual([0.01, 0.5, 0.99]);
});

const observations = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1),
    fc.integer({ min: 0, max: 20 }).map((i) => i / 20),
  ),
  { minLength: 2, maxLength: 80 },
);

test('counts, mean and error are those of a plain loop', () => {
  fc.assert(
    fc.property(observations, fc.integer({ min: 0, max: 19 }), (rows, twentieth) => {
      const t = twentieth / 20;
      const w = t / (1 - t);
      const benefits = rows.map(([label, p]) => (p < t ? 0 : label === 1 ? 1 : -w));
      const n = rows.length;
      const mean = benefits.reduce((sum, value) => sum + value, 0) / n;
      const variance = benefits.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
      const labels = rows.map(([label]) => label);
      const found = decisionCurve(
        labels,
        rows.map(([, p]) => p),
        { thresholds: [t] },
      );
      expect(found.netBenefit[0]).toBeCloseTo(mean, 12);
      expect(found.standardError[0]).toBeCloseTo(Math.sqrt(variance / n), 10);
      expect(found.netBenefit[0]).toBeLessThanOrEqual(found.prevalence + 1e-15);
      if (t === 0) expect(found.netBenefit[0]).toBe(found.treatAll[0]);
    }),
  );
});

test('degenerate input says what is wrong', () => {
  expect(decisionCurve([], [])).toMatchObject({ prevalence: NaN, reason: 'too-few-observations' });
  expect(decisionCurve([0, 1], [NaN, 0.5])).toMatchObject({ n: 2, reason: 'nan-input' });
  expect(decisionCurve([0, 1, 1], [NaN, 0.5, 0.6], { nanPolicy: 'omit' }).n).toBe(2);
  expect(decisionCurve([1], [0.5]).standardError[0]).toBeNaN();
  const none = decisionCurve([0, 0], [0.4, 0.6], { thresholds: [0, 0.5] });
  expect(none.reason).toBe('single-class');
  expect([...none.standardizedNetBenefit]).toEqual([NaN, NaN]);
  expect(none.interventionsAvoided[0]).toBeNaN();
  expect(() => decisionCurve([0, 1], [0.1, 0.2], { thresholds: [1] })).toThrow(/thresholds\[0\]/);
  expect(() => decisionCurve([0, 1], [0.1, 1.2])).toThrow(InvalidArgumentError);
});
