import fc from 'fast-check';
import { expect, test } from 'vitest';
import { incompleteBeta, type Tails } from '../src/special/beta.js';
import { chiSquareLower, chiSquareUpper } from '../src/special/chi-square.js';
import { fLower, fUpper } from '../src/special/f.js';
import { incompleteGamma } from '../src/special/gamma.js';
import { logExcess } from '../src/special/log-excess.js';
import { studentP, studentUpper } from '../src/special/student-t.js';
import { expectClose, reference } from './support/reference.js';

interface Tail {
  value: number;
  log: number;
}
const special = reference<{
  student_t: { t: number; df: number; sf: Tail; cdf: number }[];
  f: { f: number; d1: number; d2: number; sf: Tail; cdf: number }[];
  chi2: { x: number; df: number; sf: Tail; cdf: number }[];
}>('special');
const known = reference<{
  gamma: (Tails & { a: number; x: number })[];
  beta: (Tails & { a: number; b: number; x: number; y: number })[];
}>('incomplete');

function expectTails(found: Tails, expected: Tails, what: string): void {
  for (const tail of ['lower', 'upper'] as const) {
    if (expected[tail] > 1e-300) expectClose(found[tail], expected[tail], `${tail} ${what}`, 1e-12);
  }
  for (const log of ['logLower', 'logUpper'] as const) {
    // Logarithms of a probability near 1 are as small as what is left of it.
    expectClose(found[log], expected[log], `${log} ${what}`, 1e-12);
  }
}

test('incomplete gamma functions near the mode and in the tails equal 80-digit arithmetic', () => {
  expect(known.gamma.length).toBeGreaterThan(50);
  for (const { a, x, ...tails } of known.gamma) {
    expectTails(incompleteGamma(a, x), tails, `Γ(${a}, ${x})`);
  }
});

test('incomplete beta functions near the mode and in the tails equal 80-digit arithmetic', () => {
  expect(known.beta.length).toBeGreaterThan(25);
  for (const { a, b, x, y, ...tails } of known.beta) {
    expectTails(incompleteBeta(a, b, x, y), tails, `B(${a}, ${b}) at ${x}`);
    const { lower, upper, logLower, logUpper } = incompleteBeta(b, a, y, x);
    const turned = { lower: upper, upper: lower, logLower: logUpper, logUpper: logLower };
    expectTails(turned, tails, `B(${b}, ${a}) at ${y}`);
  }
});

test('F, χ² and one-sided t equal 60-digit arithmetic on both sides', () => {
  for (const { f, d1, d2, sf, cdf } of special.f) {
    const name = `F(${d1}, ${d2}) at ${f}`;
    const { p, logP } = fUpper(f, d1, d2);
    expectClose(logP, sf.log, `ln of ${name}`, 1e-12);
    if (sf.value > 1e-300) expectClose(p, sf.value, name, 1e-11);
    expectClose(fLower(f, d1, d2).p, cdf, `lower ${name}`, 1e-11);
  }
  for (const { x, df, sf, cdf } of special.chi2) {
    const name = `χ²(${df}) at ${x}`;
    const { p, logP } = chiSquareUpper(x, df);
    expectClose(logP, sf.log, `ln of ${name}`, 1e-12);
    if (sf.value > 1e-300) expectClose(p, sf.value, name, 1e-11);
    expectClose(chiSquareLower(x, df).p, cdf, `lower ${name}`, 1e-11);
  }
  for (const { t, df, sf, cdf } of special.student_t) {
    const name = `t(${df}) at ${t}`;
    const { p, logP } = studentUpper(t, df);
    expectClose(logP, sf.log, `ln of ${name}`, 1e-12);
    if (sf.value > 1e-300) expectClose(p, sf.value, name, 1e-12);
    expectClose(studentP(t, df, 'less').p, cdf, `lower ${name}`, 1e-12);
  }
});

const parameter = fc.double({ min: -1, max: 5, noNaN: true }).map((digits) => 10 ** digits);
const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

test('both tails add up to 1, and more of x is more below', () => {
  fc.assert(
    fc.property(parameter, parameter, share, (a, b, x) => {
      const gamma = incompleteGamma(a, 2 * a * x);
      const beta = incompleteBeta(a, b, x, 1 - x);
      for (const { lower, upper } of [gamma, beta]) {
        expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-14);
      }
      expect(incompleteGamma(a, 2.02 * a * x).lower).toBeGreaterThanOrEqual(gamma.lower);
      const next = x + (1 - x) / 100;
      expect(incompleteBeta(a, b, next, 1 - next).lower).toBeGreaterThanOrEqual(beta.lower - 1e-13);
      // Recurrence: P(a + 1, x) = P(a, x) − x^a e^−x/Γ(a + 1) falls.
      expect(incompleteGamma(a + 1, 2 * a * x).lower).toBeLessThanOrEqual(gamma.lower);
    }),
  );
});

test('μ − ln(1 + μ) keeps its digits near 0 and far from it', () => {
  for (const mu of [-0.9, -0.3, -0.29, 1e-9, 0.29, 0.31, 20]) {
    // ½μ² − ⅓μ³ + … where that converges at once.
    const expected = Math.abs(mu) < 1e-3 ? (mu * mu) / 2 - mu ** 3 / 3 : mu - Math.log1p(mu);
    expectClose(logExcess(1 + mu, mu), expected, `φ(${mu})`, 1e-14);
  }
});
