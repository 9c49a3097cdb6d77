import { expect, test } from 'vitest';
import fc from 'fast-check';
import { binomialTail, logBinomial } from '../src/special/binomial.js';
import { noncentralT, noncentralTQuantile } from '../src/special/noncentral-t.js';
import { normalUpper } from '../src/special/normal.js';
import { studentUpper } from '../src/special/student-t.js';
import { expectClose } from './support/reference.js';

// mpmath 1.4.1, 40 digits, by quadrature: t, ν, δ, P(T ≤ t), P(T > t)
const VALUES: [number, number, number, number, number][] = [
  [1.5, 10, 0.5, 0.8196538798602221, 0.1803461201397779],
  [3, 4, 2, 0.7105394762899591, 0.28946052371004094],
  [-1, 6, 2, 0.002147180969192879, 0.9978528190308071],
  [-3, 12, 1.5, 5.5334449114983175e-5, 0.999944665550885],
  [9, 19, 8.765, 0.5203221713705641, 0.47967782862943587],
  [20, 19, 8.765, 0.9998313335609027, 0.00016866643909733693],
  [40, 30, 37, 0.6888575149067608, 0.31114248509323916],
  [25, 30, 37, 0.0002899741357426665, 0.9997100258642573],
  [2, 1, 1, 0.6228719644602817, 0.37712803553971835],
  [0.1, 2.5, -1, 0.8620832089874921, 0.13791679101250784],
  [7, 200, 2, 0.9999988077662187, 1.192233781284514e-6],
  [-5, 60, -4, 0.18649152984897704, 0.8135084701510229],
];

test('both tails of the non-central t distribution equal 40-digit quadrature', () => {
  for (const [t, df, delta, lower, upper] of VALUES) {
    const found = noncentralT(t, df, delta);
    expectClose(found.lower, lower, `P(T ≤ ${t}), ν ${df}, δ ${delta}`, 1e-11);
    expectClose(found.upper, upper, `P(T > ${t}), ν ${df}, δ ${delta}`, 1e-11);
  }
});

test('it is the normal tail at 0, mirrors with the sign of δ, and is undone by its quantile', () => {
  const delta = fc.double({ min: -30, max: 30, noNaN: true });
  const df = fc.double({ min: 1, max: 500, noNaN: true });
  const p = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(delta, df, p, (d, nu, share) => {
      expectClose(noncentralT(0, nu, d).lower, normalUpper(d), 'at 0', 1e-11);
      const t = noncentralTQuantile(share, nu, d);
      const tails = noncentralT(t, nu, d);
      expectClose(Math.min(tails.lower, tails.upper), Math.min(share, 1 - share), 'P', 1e-9);
      const mirrored = noncentralT(-t, nu, -d);
      expectClose(mirrored.upper, tails.lower, 'mirrored', 1e-11);
    }),
    { numRuns: 15 },
  );
  for (const t of [-40, -2, 0.5, 3, 1e6]) {
    expectClose(noncentralT(t, 7, 0).upper, studentUpper(t, 7).p, `central at ${t}`, 1e-11);
  }
  expect([noncentralTQuantile(0, 3, 1), noncentralTQuantile(1, 3, 1)]).toEqual([
    -Infinity,
    Infinity,
  ]);
});

test('binomial tails are sums of their terms', () => {
  const n = 13;
  for (const probability of [0.02, 0.5, 0.76]) {
    let sum = 0;
    for (let k = -1; k <= n; k++) {
      if (k >= 0) {
        const log = logBinomial(n, k) + k * Math.log(probability);
        sum += Math.exp(log + (n - k) * Math.log1p(-probability));
      }
      const { lower, upper } = binomialTail(k, n, probability);
      expect(Math.abs(lower - sum)).toBeLessThan(1e-13);
      expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-13);
    }
  }
  expectClose(logBinomial(50, 12), Math.log(121399651100), 'ln of 50 over 12', 1e-13);
});
