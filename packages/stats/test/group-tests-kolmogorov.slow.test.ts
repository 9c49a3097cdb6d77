import { expect, test } from 'vitest';
import { kolmogorovUpper } from '../src/group-tests/kolmogorov-distribution.js';

test.each([0.5, 1, 1.6, 2.2])('at √n d = %s the expansion goes on where the paths end', (z) => {
  const at = (n: number) => kolmogorovUpper(n, z / Math.sqrt(n)).p;
  // One step further, P changes as it did in the step before.
  const continued = 2 * at(10_000) - at(9999);
  expect(Math.abs(at(10_001) - continued)).toBeLessThan(1e-9);
});
