import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfDirections } from '../src/kernels/directions.js';
import { entropyOf, nLog2n } from '../src/kernels/logarithms.js';
import { tridiagonalEigenvalues, tridiagonalise } from '../src/kernels/symmetric-eigenvalues.js';
import { Workspace } from '../src/kernels/workspace.js';
import { withEigenvalues } from './support/matrices.js';

const workspace = new Workspace();

describe('eigenvalues', () => {
  it('of a symmetric matrix are found to rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 1e6 }),
        (values, seed) => {
          const n = values.length;
          const d = new Float64Array(n);
          const e = new Float64Array(n);
          tridiagonalise(withEigenvalues(values, seed), n, d, e, workspace);
          expect(tridiagonalEigenvalues(d, e, n)).toBe(true);
          const expected = values.toSorted((a, b) => a - b);
          d.sort().forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
        },
      ),
    );
  });
});

describe('logarithms', () => {
  it('are the same from the table and without', () => {
    for (const n of [0, 1, 2, 3, 1000, 4095, 4096, 0.5, 17.25]) {
      expect(nLog2n(n)).toBe(n === 0 ? 0 : n * Math.log2(n));
    }
  });

  it('give the entropy of equal cells', () => {
    expect(entropyOf(64, 8 * nLog2n(8), 8)).toBeCloseTo(3, 14);
    expect(Math.abs(entropyOf(64, nLog2n(64), 1))).toBeLessThan(1e-15);
  });
});

describe('directions', () => {
  it('are 13 in a volume, 4 in a slice, and more with distance', () => {
    expect(halfDirections([9, 9, 9], { distances: [1] })).toHaveLength(13);
    expect(halfDirections([9, 9, 1], { distances: [1] })).toHaveLength(4);
    expect(halfDirections([9, 9, 9], { distances: [1], forbiddenAxis: 0 })).toHaveLength(4);
    expect(halfDirections([9, 9, 9], { distances: [1, 2] })).toHaveLength(62);
    expect(halfDirections([9, 1, 1], { distances: [1, 2] })).toHaveLength(2);
    expect(halfDirections([1, 1, 1], { distances: [1] })).toHaveLength(0);
  });
});

/** Random blobs as padded masks. */
