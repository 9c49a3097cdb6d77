import { expect, test } from 'vitest';
import fc from 'fast-check';
import { InvalidArgumentError } from '@steatosis/core';
import { kolmogorovSmirnov } from '../src/index.js';
import { kolmogorovUpper, smirnovUpper } from '../src/group-tests/kolmogorov-distribution.js';
import { expectClose, reference } from './support/reference.js';

interface Found {
  D: number;
  exact: number;
  asymptotic: number;
}
const { distribution, samples } = reference<{
  distribution: { n: number; d: number; two: number; one: number }[];
  samples: { x: number[]; y: number[]; ks: Record<string, Found> }[];
}>('group-tests');
const tests = reference<{
  data: { a: number[]; b: number[] };
  ks_2samp_ab: { D: number; p_exact: number; p_asymptotic: number };
}>('tests');
const directions = ['two-sided', 'less', 'greater'] as const;

test('two samples equal SciPy', () => {
  const { a, b } = tests.data;
  const exact = kolmogorovSmirnov(a, b);
  expectClose(exact.statistic, tests.ks_2samp_ab.D, 'D');
  expectClose(exact.p, tests.ks_2samp_ab.p_exact, 'exact');
  expect(exact.method).toBe('Kolmogorov–Smirnov test of two samples, exact');
  const rough = kolmogorovSmirnov(a, b, { method: 'asymptotic' });
  expectClose(rough.p, tests.ks_2samp_ab.p_asymptotic, 'asymptotic');
  for (const { x, y, ks } of samples) {
    for (const alternative of directions) {
      const what = `${x.length}, ${y.length}, ${alternative}`;
      const found = kolmogorovSmirnov(x, y, { alternative });
      expect(Math.abs(found.statistic - ks[alternative].D), what).toBeLessThan(1e-15);
      expectClose(found.p, ks[alternative].exact, what);
      expectClose(found.logP, Math.log(ks[alternative].exact), what, 1e-9);
      const { p } = kolmogorovSmirnov(x, y, { alternative, method: 'asymptotic' });
      expectClose(p, ks[alternative].asymptotic, `${what}, asymptotic`);
    }
  }
});

test('the distribution of one sample equals SciPy', () => {
  for (const { n, d, two, one } of distribution) {
    expectClose(smirnovUpper(n, d).p, one, `n = ${n}, d = ${d}, one-sided`);
    expectClose(kolmogorovUpper(n, d).p, two, `n = ${n}, d = ${d}`);
  }
  expect(kolmogorovUpper(10, 0.05)).toEqual({ p: 1, logP: 0 });
});

test('the expansion for large samples comes to the limit of Kolmogorov', () => {
  for (const z of [1, 1.6]) {
    const limit = 2 * (Math.exp(-2 * z * z) - Math.exp(-8 * z * z) + Math.exp(-18 * z * z));
    expectClose(kolmogorovUpper(1e12, z / 1e6).p, limit, `z = ${z}`, 1e-5);
  }
});

test('exact P is the share of all arrangements that are as far apart, ties included', () => {
  const sample = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 5 });
  const far = (x: number[], y: number[], alternative: string) => {
    const share = (values: number[], at: number) =>
      values.filter((value) => value <= at).length * (values === x ? y.length : x.length);
    const gaps = [...x, ...y].map((at) => share(x, at) - share(y, at));
    if (alternative === 'two-sided') return Math.max(...gaps.map(Math.abs));
    return Math.max(0, ...gaps.map((gap) => (alternative === 'less' ? -gap : gap)));
  };
  fc.assert(
    fc.property(sample, sample, fc.constantFrom(...directions), (x, y, alternative) => {
      const found = kolmogorovSmirnov(x, y, { alternative, method: 'exact' });
      const observed = far(x, y, alternative);
      expectClose(found.statistic, observed / (x.length * y.length), 'D', 1e-15);
      const all = [...x, ...y];
      if (new Set(all).size === 1) {
        expect(found).toMatchObject({ p: NaN, logP: NaN, reason: 'constant-input' });
        return;
      }
      let [count, extreme] = [0, 0];
      for (let mask = 0; mask < 1 << all.length; mask++) {
        const first = all.filter((_, i) => ((mask >> i) & 1) === 1);
        if (first.length !== x.length) continue;
        count++;
        const second = all.filter((_, i) => ((mask >> i) & 1) === 0);
        if (far(first, second, alternative) >= observed) extreme++;
      }
      expectClose(found.p, extreme / count, 'P', 1e-13);
      const turned = { less: 'greater', greater: 'less', 'two-sided': 'two-sided' } as const;
      const back = kolmogorovSmirnov(y, x, { alternative: turned[alternative] });
      expectClose(back.p, found.p, 'samples exchanged', 1e-13);
      expect(back.sign + found.sign).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('logarithms go on where P underflows, and no P is 0 without one', () => {
  const low = Float64Array.from({ length: 2000 }, (_, i) => i);
  const high = low.map((value) => value + 5000);
  const found = kolmogorovSmirnov(low, high);
  expect(found).toMatchObject({ statistic: 1, location: 1999, sign: 1, p: 0 });
  // ln(2/C(4000, 2000)) by Stirling's series
  const log = Math.LN2 - 4000 * Math.LN2 + 0.5 * Math.log(Math.PI * 2000) + 1 / 16000;
  expectClose(found.logP, log, 'ln P', 1e-11);
  expectClose(kolmogorovSmirnov(low, high, { method: 'asymptotic' }).logP, log, 'ln P', 1e-11);
});

test('large samples are compared in linear time by approximation', () => {
  const many = Float64Array.from({ length: 40_000 }, (_, i) => (i * 7919) % 40_000);
  const found = kolmogorovSmirnov(
    many,
    many.map((value) => value + 600.5),
  );
  expect(found.statistic).toBe(601 / 40_000);
  expect(found.method).toContain('one sample of mn/(m + n) values');
  expectClose(found.p, kolmogorovUpper(20_000, 601 / 40_000).p, 'P', 1e-12);
  const one = kolmogorovSmirnov(many, [3], { alternative: 'less' });
  expect(one.method).toContain('Hodges');
  const wide = new Float64Array(30_000);
  expect(() => kolmogorovSmirnov([...wide, 1], wide, { method: 'exact' })).toThrow("'asymptotic'");
});

test('samples without an answer say why; sizes are rounded to even', () => {
  expect(kolmogorovSmirnov([], [1])).toMatchObject({ p: NaN, reason: 'too-few-observations' });
  expect(kolmogorovSmirnov([NaN], [1])).toMatchObject({ statistic: NaN, reason: 'nan-input' });
  expect(kolmogorovSmirnov([1, 2], [NaN, 1], { nanPolicy: 'omit' }).nY).toBe(1);
  expect(kolmogorovSmirnov([1, Infinity], [-Infinity, 0]).statistic).toBe(1);
  expect(kolmogorovSmirnov([1, 2], [1, 2])).toMatchObject({ statistic: 0, sign: 0, p: 1 });
  expect(kolmogorovSmirnov([3], [1], { alternative: 'greater' })).toMatchObject({ p: 1, sign: 0 });
  expect(() => kolmogorovSmirnov([1], [2], { method: 'mid' as 'exact' })).toThrow(
    InvalidArgumentError,
  );
  const seven = [1, 2, 3, 4, 5, 6, 7.5];
  const other = [2.5, 3.5, 4.5, 5.5, 6.5, 7, 9];
  // 7 · 7/14 = 3.5 goes up to 4, 5 · 5/10 = 2.5 down to 2.
  for (const [take, size] of [
    [7, 4],
    [5, 2],
  ] as const) {
    const found = kolmogorovSmirnov(seven.slice(0, take), other.slice(0, take), {
      method: 'asymptotic',
    });
    expect(found.p).toBe(kolmogorovUpper(size, found.statistic).p);
  }
});
