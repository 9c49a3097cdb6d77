import { expect, test } from 'vitest';
import fc from 'fast-check';
import { incompleteBeta } from '../src/special/beta.js';
import { betaQuantile, betaUpperQuantile } from '../src/special/beta-quantile.js';
import { chiSquareLower, chiSquareUpper } from '../src/special/chi-square.js';
import { chiSquareQuantile, chiSquareUpperQuantile } from '../src/special/chi-square-quantile.js';
import { fLower, fUpper } from '../src/special/f.js';
import { fQuantile, fUpperQuantile } from '../src/special/f-quantile.js';
import { studentTwoSided } from '../src/special/student-t.js';
import { studentQuantile, studentUpperQuantile } from '../src/special/student-t-quantile.js';
import { expectClose, reference } from './support/reference.js';

const table = reference<{
  t_quantile: { p: number; df: number; t: number }[];
  chi2_quantile: { p: number; df: number; x: number }[];
  clopper_pearson_95: { k: number; n: number; lower: number; upper: number }[];
}>('special');

test("Student's quantiles equal 60-digit arithmetic, 1e-20 included", () => {
  expect(table.t_quantile).toHaveLength(72);
  for (const { p, df, t } of table.t_quantile) {
    if (t === 0) expect(studentQuantile(p, df)).toBe(0);
    else expectClose(studentQuantile(p, df), t, `t(${p}, ${df})`, 1e-12);
  }
});

test('quantiles of χ² equal 60-digit arithmetic', () => {
  expect(table.chi2_quantile).toHaveLength(55);
  for (const { p, df, x } of table.chi2_quantile) {
    expectClose(chiSquareQuantile(p, df), x, `x(${p}, ${df})`, 1e-12);
  }
});

test('beta quantiles give the exact limits of Clopper and Pearson', () => {
  for (const { k, n, lower, upper } of table.clopper_pearson_95) {
    if (k > 0) expectClose(betaQuantile(0.025, k, n - k + 1), lower, `lower ${k}/${n}`, 1e-12);
    if (k < n) expectClose(betaUpperQuantile(0.025, k + 1, n - k), upper, `upper ${k}/${n}`, 1e-12);
  }
});

test('quantiles are the inverses of the tails, where those are small too', () => {
  const parameter = fc.double({ min: 0.2, max: 2000, noNaN: true });
  const share = fc.double({ min: -250, max: -0.4, noNaN: true }).map((power) => 10 ** power);
  fc.assert(
    fc.property(share, parameter, parameter, (p, a, b) => {
      const t = studentUpperQuantile(p, a);
      if (t < 1e150) expectClose(studentTwoSided(t, a).p, 2 * p, 't', 1e-9);
      expect(studentQuantile(p, a)).toBe(-t);
      const above = chiSquareUpperQuantile(p, a);
      expectClose(chiSquareUpper(above, a).p, p, 'chi-square above', 1e-9);
      const below = chiSquareQuantile(p, a);
      if (below > 1e-300) expectClose(chiSquareLower(below, a).p, p, 'chi-square below', 1e-9);
      const f = fUpperQuantile(p, a, b);
      if (f < 1e150) expectClose(fUpper(f, a, b).p, p, 'F above', 1e-9);
      const small = fQuantile(p, a, b);
      if (small > 1e-150) expectClose(fLower(small, a, b).p, p, 'F below', 1e-9);
      const x = betaQuantile(p, a, b);
      if (x > 1e-300) expectClose(incompleteBeta(a, b, x, 1 - x).lower, p, 'beta', 1e-8);
    }),
  );
});

test('the ends of a distribution are its quantiles of 0 and 1', () => {
  expect([studentQuantile(0, 3), studentQuantile(0.5, 3), studentQuantile(1, 3)]).toEqual([
    -Infinity,
    0,
    Infinity,
  ]);
  expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).toEqual([0, Infinity]);
  expect([fQuantile(0, 3, 4), fUpperQuantile(0, 3, 4)]).toEqual([0, Infinity]);
  expect([betaQuantile(0, 3, 4), betaQuantile(1, 3, 4)]).toEqual([0, 1]);
  expect(studentQuantile(Number.NaN, 3)).toBeNaN();
});

test('a quantile is right where rounding puts the bracket beside it', () => {
  // mpmath 1.4.1, 30 digits.
  expectClose(studentQuantile(0.9785666149009795, 1.7438447926178056), 5.449833105703, 't', 4e-15);
});
