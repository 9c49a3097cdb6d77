import { expect, it } from 'vitest';
import { logGamma } from '../src/xgb/metrics/log-gamma.js';

it('logGamma is the logarithm of factorials and of Γ(½) = √π', () => {
  let factorial = 1;
  for (let n = 1; n < 170; n++) {
    expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThan(
      2e-14 * Math.max(1, Math.log(factorial)),
    );
    factorial *= n;
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14);
  // lgamma of C's mathematics library (glibc 2.36).
  expect(logGamma(0.1)).toBeCloseTo(2.2527126517342055, 13);
  expect(logGamma(1000000.25)).toBeCloseTo(12815508.023025157, 7);
});
