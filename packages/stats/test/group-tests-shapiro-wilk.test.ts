import { expect, test } from 'vitest';
import fc from 'fast-check';
import { InvalidArgumentError } from '@steatosis/core';
import { shapiroWilk } from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

interface Case {
  W: number;
  p: number;
}
const { shapiro } = reference<{ shapiro: Record<string, Case & { data: number[] }> }>('tests');
const { shapiro: ofR } = reference<{ tests: { shapiro: Record<string, Case> } }>('r').tests;
const { shapiro: edges } = reference<{ shapiro: { name: string; x: number[] }[] }>('edge');

test.each(Object.keys(shapiro))('%s equals R and, within its rounded quantiles, SciPy', (name) => {
  const found = shapiroWilk(shapiro[name].data);
  expectClose(found.statistic, ofR[name].W, 'W of R', 1e-12);
  expectClose(found.p, ofR[name].p, 'P of R', 1e-10);
  expectClose(found.statistic, shapiro[name].W, 'W', 1e-8);
  expectClose(found.p, shapiro[name].p, 'P', 1e-6);
  expectClose(found.logP, Math.log(found.p), 'ln P', 1e-13);
  expect(found.n).toBe(shapiro[name].data.length);
  expect(found).not.toHaveProperty('reason');
});

test('samples without a W say why', () => {
  const why = Object.fromEntries(
    edges.map(({ name, x }) => {
      const found = shapiroWilk(x);
      expect(found, name).toMatchObject({ statistic: NaN, p: NaN, logP: NaN, n: x.length });
      return [name, found.reason];
    }),
  );
  expect(why).toEqual({
    n2: 'too-few-observations',
    n3_equal: 'constant-input',
    constant5: 'constant-input',
    nan: 'nan-input',
  });
  expect(shapiroWilk([]).reason).toBe('too-few-observations');
  expect(shapiroWilk([4, NaN, 1, 2], { nanPolicy: 'omit' })).toEqual(shapiroWilk([1, 2, 4]));
  expect(() => shapiroWilk([1, 2, Infinity])).toThrow('x[2]');
  expect(() => shapiroWilk([1, NaN], { nanPolicy: 'raise' })).toThrow(InvalidArgumentError);
});

test('three values: P is exact to its ends', () => {
  // Equally spaced values are as normal as three can be.
  expect(shapiroWilk([1, 2, 3]).statistic).toBe(1);
  expectClose(shapiroWilk([1, 2, 3]).p, 1, 'P', 1e-15);
  // P = (6/π)(arcsin √W − π/3), whose slope at W = ¾ gives 9/π times the ratio of a small gap to the other, over √3.
  const small = shapiroWilk([0, 2 ** -60, 1]).p;
  expectClose(small, ((6 / Math.PI) * (2 * Math.sqrt(3))) / 4 / 2 ** 60, 'P', 1e-14);
  expect(shapiroWilk([1, 1, 2])).toMatchObject({
    statistic: 0.75,
    p: 0,
    logP: -Infinity,
    reason: 'boundary-estimate',
  });
});

test('more values than P was fitted for: computed and said', () => {
  const ramp = Float64Array.from({ length: 5001 }, (_, i) => i);
  const { statistic, p, logP, reason, method } = shapiroWilk(ramp);
  expect(reason).toBe('outside-approximation');
  expect(method).toContain('5000');
  expect(shapiroWilk(ramp.subarray(1)).reason).toBeUndefined();
  // The uniform distribution has W → 3/π (its correlation with normal scores, squared).
  expect(Math.abs(statistic - 3 / Math.PI)).toBeLessThan(1e-3);
  expect(p).toBeLessThan(1e-30);
  expectClose(logP, Math.log(p), 'ln P', 1e-12);
});

test('ln P goes on where P underflows', () => {
  const spike = new Float64Array(4000);
  spike[17] = 1;
  const { p, logP } = shapiroWilk(spike);
  expect(p).toBeLessThan(1e-50);
  expect(logP).toBeGreaterThan(-1000);
  expect(logP).toBeLessThan(-100);
});

test('order, offset, scale and sign of the values do not matter', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.constantFrom(1e-160, 3, 1e160), (x, scale) => {
      const { statistic, p, reason } = shapiroWilk(x);
      for (const other of [
        x.toReversed(),
        x.map((value) => -value),
        x.map((value) => value * scale),
        x.map((value) => value + 2 ** 40),
      ]) {
        const found = shapiroWilk(other);
        expect(found.reason).toBe(reason);
        if (reason === 'constant-input') continue;
        expectClose(found.statistic, statistic, 'W', 1e-11);
        if (reason === undefined) expect(Math.abs(found.p - p)).toBeLessThan(1e-9);
      }
      if (reason === undefined) {
        expect(statistic > 0 && statistic <= 1 && p >= 0 && p <= 1).toBe(true);
      }
    }),
  );
});
