import { expect, test } from 'vitest';
import { binomialTest, tTestOneSample, tTestPaired, wilcoxon } from '../src/index.js';
import { noncentralT } from '../src/special/noncentral-t.js';
import { studentQuantile, studentUpperQuantile } from '../src/special/student-t-quantile.js';

test('the non-central t has its limits at infinity and no value for NaN', () => {
  expect(noncentralT(-Infinity, 5, 1)).toEqual({
    lower: 0,
    upper: 1,
    logLower: -Infinity,
    logUpper: 0,
  });
  expect(noncentralT(Infinity, 5, 1)).toEqual({
    lower: 1,
    upper: 0,
    logLower: 0,
    logUpper: -Infinity,
  });
  expect(noncentralT(Number.NaN, 5, 1).lower).toBeNaN();
});

test('the median of Student’s t is 0, and its quantiles are symmetric', () => {
  expect(studentUpperQuantile(0.5, 7)).toBe(0);
  expect(studentUpperQuantile(0.75, 7)).toBe(-studentUpperQuantile(0.25, 7));
  expect(studentQuantile(0.25, 7)).toBe(-studentQuantile(0.75, 7));
});

test('one-sided binomial tests are tails of the distribution', () => {
  const options = { probability: 0.5, alternative: 'greater' } as const;
  // P(X >= 9) of 10 fair throws: 11/1024.
  expect(binomialTest(9, 10, options).p).toBeCloseTo(11 / 1024, 15);
  expect(binomialTest(9, 10, { ...options, level: 0.9 }).level).toBe(0.9);
  expect(binomialTest(0, 10, { probability: 0, alternative: 'two-sided' }).p).toBe(1);
});

test('missing values and impossible means of the one-sample tests', () => {
  expect(tTestOneSample([1, 2, Number.NaN]).reason).toBe('nan-input');
  expect(tTestPaired([1, 2, Number.NaN], [1, 3, 4]).reason).toBe('nan-input');
  expect(wilcoxon([1, 2, Number.NaN], [1, 3, 4]).reason).toBe('nan-input');
  expect(() => tTestOneSample([1, 2], { mean: Number.NaN })).toThrow(/mean/);
});
