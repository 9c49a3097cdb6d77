import { expect, test } from 'vitest';
import fc from 'fast-check';
import { incompleteBeta, logBeta } from '../src/special/beta.js';
import { logGamma } from '../src/special/log-gamma.js';
import { logNormalUpper, normalQuantile, normalUpper } from '../src/special/normal.js';
import { studentTwoSided } from '../src/special/student-t.js';
import { expectClose, reference } from './support/reference.js';

interface Tail {
  value: number;
  log: number;
}
const table = reference<{
  student_t: { t: number; df: number; two_sided: Tail }[];
  normal: { z: number; sf: Tail; cdf: number }[];
  normal_quantile: { p: number; z: number }[];
}>('special');

test("Student's two-sided tail equals 60-digit arithmetic, and its logarithm goes on below 1e-308", () => {
  expect(table.student_t).toHaveLength(147);
  for (const { t, df, two_sided } of table.student_t) {
    const { p, logP } = studentTwoSided(t, df);
    expectClose(logP, two_sided.log, `ln P at t=${t}, df=${df}`, 1e-13);
    if (two_sided.value > 1e-300) expectClose(p, two_sided.value, `P at t=${t}, df=${df}`, 1e-12);
  }
  expect(studentTwoSided(1e15, 1000).p).toBe(0);
});

test('the normal tail equals 60-digit arithmetic on both sides', () => {
  for (const { z, sf, cdf } of table.normal) {
    expectClose(normalUpper(z), sf.value, `Q(${z})`, 1e-12);
    expectClose(logNormalUpper(z), sf.log, `ln Q(${z})`, 1e-13);
    expectClose(normalUpper(-z), cdf, `Q(${-z})`, 1e-15);
  }
});

test('normal quantiles equal 60-digit arithmetic', () => {
  for (const { p, z } of table.normal_quantile) {
    expectClose(normalQuantile(p), z, `z(${p})`, 1e-14);
  }
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
});

test('ln Γ and ln B at whole and half arguments are what factorials say', () => {
  expectClose(logGamma(0.5), 0.5 * Math.log(Math.PI), 'ln Γ(½)', 1e-14);
  expectClose(logGamma(11), Math.log(3628800), 'ln Γ(11)', 1e-15);
  expect(Math.abs(logGamma(1))).toBeLessThan(1e-14);
  expectClose(logBeta(3, 4), -Math.log(60), 'ln B(3, 4)', 1e-14);
  expectClose(logBeta(12, 15), -Math.log(115892400), 'ln B(12, 15)', 1e-14);
  expectClose(logBeta(2, 1e6), -Math.log(1e6) - Math.log1p(1e6), 'ln B(2, 1e6)', 1e-14);
});

test('the incomplete beta function keeps its closed forms and symmetry', () => {
  const parameter = fc.double({ min: 0.05, max: 500, noNaN: true });
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(parameter, share, (a, x) => {
      // I_x(a, 1) = x^a
      expectClose(incompleteBeta(a, 1, x, 1 - x).logLower, a * Math.log(x), 'ln I_x(a, 1)', 1e-9);
    }),
  );
  fc.assert(
    fc.property(parameter, parameter, share, (a, b, x) => {
      const { lower, upper } = incompleteBeta(a, b, x, 1 - x);
      const turned = incompleteBeta(b, a, 1 - x, x);
      expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-12);
      expect(Math.abs(lower - turned.upper)).toBeLessThan(1e-9);
    }),
  );
  expect(incompleteBeta(2, 3, 0, 1)).toEqual({
    lower: 0,
    upper: 1,
    logLower: -Infinity,
    logUpper: 0,
  });
  expect(incompleteBeta(2, 3, 1, 0).upper).toBe(0);
});
