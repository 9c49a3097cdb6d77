import { expect, test } from 'vitest';
import fc from 'fast-check';
import { binomialTest } from '../src/proportions/binomial-test.js';
import {
  proportionInterval,
  type ProportionMethod,
} from '../src/proportions/proportion-interval.js';
import { expectClose, reference } from './support/reference.js';

const METHODS = ['wilson', 'clopper-pearson', 'agresti-coull', 'jeffreys', 'wald'] as const;
type Limits = Record<string, [number, number]> & { k: number; n: number };

test('five intervals of the proportions of 12 confusion matrices equal statsmodels', () => {
  const { cases } = reference<{ cases: { name: string; ci95: Record<string, Limits> }[] }>(
    'binary',
  );
  let compared = 0;
  for (const { name, ci95 } of cases) {
    for (const [metric, target] of Object.entries(ci95)) {
      for (const method of METHODS) {
        const limits = target[method.replace('-', '_')];
        const { interval, reason } = proportionInterval(target.k, target.n, { method });
        const what = `${name} ${metric} ${method}`;
        if (target.n === 0) {
          expect(interval, what).toEqual([NaN, NaN]);
          continue;
        }
        limits.forEach((limit, i) => {
          // Clipping leaves rounding at the ends: 2e-17 for 0.
          if (Math.abs(limit) < 1e-15) expect(Math.abs(interval[i]), what).toBeLessThan(1e-15);
          else expectClose(interval[i], limit, what);
        });
        expect(reason, what).toBe(interval[0] === interval[1] ? 'zero-variance' : undefined);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(200);
});

test('exact limits equal 60-digit arithmetic, R, and the rules for degenerate counts', () => {
  const { clopper_pearson_95 } = reference<{
    clopper_pearson_95: { k: number; n: number; lower: number; upper: number }[];
  }>('special');
  const method = 'clopper-pearson';
  for (const { k, n, lower, upper } of clopper_pearson_95) {
    const { interval } = proportionInterval(k, n, { method });
    expectClose(interval[0], lower, `lower ${k}/${n}`, 1e-12);
    expectClose(interval[1], upper, `upper ${k}/${n}`, 1e-12);
  }
  const { proportion } = reference<{
    proportion: { k: number; n: number; wilson: { value: number[] }; beta: { value: number[] } }[];
  }>('edge');
  for (const { k, n, wilson, beta } of proportion) {
    const close = (found: readonly number[], target: number[]) =>
      found.forEach((limit, i) => expectClose(limit, target[i], `${k}/${n}`, 1e-14));
    close(proportionInterval(k, n).interval, wilson.value);
    close(proportionInterval(k, n, { method }).interval, beta.value);
  }
  expect(proportionInterval(0, 0, { method: 'agresti-coull' })).toMatchObject({
    estimate: NaN,
    interval: [NaN, NaN],
    reason: 'zero-denominator',
  });
  expect(() => proportionInterval(1, 2, { method: 'score' as ProportionMethod })).toThrow(
    "'wilson', 'clopper-pearson', 'agresti-coull', 'jeffreys' or 'wald'",
  );
});

test('exact tests equal SciPy and R', () => {
  const tests = reference<{
    'binom_38_50_p0.5': { p: number };
    'binom_36_50_p0.76_less': { p: number };
    'binom_two_sided_9_50_p0.76': number;
  }>('tests');
  expectClose(binomialTest(38, 50).p, tests['binom_38_50_p0.5'].p, '38 of 50');
  const less = binomialTest(36, 50, { probability: 0.76, alternative: 'less' });
  expectClose(less.p, tests['binom_36_50_p0.76_less'].p, 'less');
  const far = binomialTest(9, 50, { probability: 0.76 });
  expectClose(far.p, tests['binom_two_sided_9_50_p0.76'], '9 of 50');
  expectClose(far.logP, Math.log(tests['binom_two_sided_9_50_p0.76']), 'ln P', 1e-12);
  const { binom } = reference<{
    tests: {
      proportions: { binom: { k: number; n: number; p_half: number; cp95: [number, number] }[] };
    };
  }>('r').tests.proportions;
  for (const { k, n, p_half, cp95 } of binom) {
    const found = binomialTest(k, n);
    expectClose(found.p, p_half, `${k} of ${n}`);
    found.interval.forEach((limit, i) => expectClose(limit, cp95[i], `${k} of ${n}`));
  }
});

test('a billion observations and certain outcomes', () => {
  const huge = binomialTest(4e8, 1e9);
  expect(huge.p).toBe(0);
  expect(huge.logP).toBeLessThan(-1e7);
  expect(binomialTest(5e8, 1e9).p).toBe(1);
  expect(binomialTest(0, 10, { probability: 0 })).toMatchObject({ p: 1, logP: 0 });
  expect(binomialTest(1, 10, { probability: 0 })).toMatchObject({ p: 0, logP: -Infinity });
  expect(binomialTest(0, 0)).toMatchObject({ p: NaN, logP: NaN, reason: 'zero-denominator' });
  expect(() => binomialTest(1, 2, { probability: 1.5 })).toThrow('probability is 1.5');
  expect(() => binomialTest(3, 2)).toThrow('successes is 3');
});

test('P is the sum of the outcomes that are not likelier; intervals contain the estimate and mirror', () => {
  const counts = fc
    .integer({ min: 1, max: 25 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ([k, n], q) => {
      const density: number[] = [];
      for (let i = 0, choose = 1; i <= n; i++) {
        density.push(choose * q ** i * (1 - q) ** (n - i));
        choose = (choose * (n - i)) / (i + 1);
      }
      const target = density
        .filter((d) => d <= density[k] * (1 + 1e-7))
        .reduce((sum, d) => sum + d, 0);
      expectClose(binomialTest(k, n, { probability: q }).p, Math.min(1, target), 'P', 1e-9);
      for (const method of METHODS) {
        const { estimate, interval } = proportionInterval(k, n, { method });
        if (method !== 'jeffreys' || (k > 0 && k < n)) {
          expect(interval[0]).toBeLessThanOrEqual(estimate + 1e-15);
          expect(interval[1]).toBeGreaterThanOrEqual(estimate - 1e-15);
        }
        const mirrored = proportionInterval(n - k, n, { method }).interval;
        expect(1 - mirrored[1]).toBeCloseTo(interval[0], 12);
      }
    }),
  );
});
