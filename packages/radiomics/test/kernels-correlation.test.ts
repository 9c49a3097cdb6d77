import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GlcmMeasures } from '../src/features/glcm-measures.js';
import { textureArena } from '../src/kernels/arena.js';
import { tridiagonalEigenvalues, tridiagonalise } from '../src/kernels/symmetric-eigenvalues.js';
import { Workspace } from '../src/kernels/workspace.js';
import { withEigenvalues } from './support/matrices.js';

const workspace = new Workspace();

interface EigenKernels {
  tridiagonalise(
    matrix: number,
    n: number,
    diagonal: number,
    squares: number,
    scratch: number,
  ): void;
  dominantOfTridiagonal(diagonal: number, squares: number, n: number): number;
}

function dominantEigenvalue(matrix: Float64Array, n: number): number {
  const arena = textureArena();
  const kernels = arena.exports as unknown as EigenKernels;
  const mark = arena.mark();
  const [diagonal, squares, scratch] = [0, 0, 0].map(() => arena.reserve(8 * n)) as [
    number,
    number,
    number,
  ];
  const address = arena.reserve(8 * n * n);
  arena.doubles.set(matrix, address >> 3);
  kernels.tridiagonalise(address, n, diagonal, squares, scratch);
  const value = kernels.dominantOfTridiagonal(diagonal, squares, n);
  arena.release(mark);
  return value;
}

/** The second largest singular value of D_x^−½ P D_y^−½ from all eigenvalues of S Sᵀ. */
function secondSingularValue(cells: Float64Array, n: number): number {
  const total = cells.reduce((a, b) => a + b, 0);
  const rows = new Float64Array(n);
  const columns = new Float64Array(n);
  cells.forEach((p, k) => {
    rows[Math.floor(k / n)] += p / total;
    columns[k % n] += p / total;
  });
  const s = cells.map((p, k) =>
    p === 0 ? 0 : p / total / Math.sqrt(rows[Math.floor(k / n)] * columns[k % n]),
  );
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) product[i * n + j] += s[i * n + k] * s[j * n + k];
    }
  }
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonalise(product, n, d, e, workspace);
  expect(tridiagonalEigenvalues(d, e, n)).toBe(true);
  return Math.sqrt(Math.max(0, d.sort()[n - 2]));
}

function maximalCorrelation(cells: Float64Array, n: number, symmetric: boolean): number {
  const levels = Float64Array.from({ length: n }, (_, k) => k + 1);
  const measures = new GlcmMeasures(levels, n, symmetric);
  expect(measures.load(cells)).toBe(true);
  return measures.maximalCorrelation();
}

/** Counts near the diagonal, as neighbours in an image have them. */
function bandedCounts(n: number, width: number, seed: number, symmetric: boolean): Float64Array {
  const random = createRandom(seed);
  const cells = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (Math.abs(i - j) > width || (symmetric && j < i)) continue;
      cells[i * n + j] = Math.floor(random.uniform() * 20);
      if (symmetric) cells[j * n + i] = cells[i * n + j];
    }
  }
  return cells;
}

describe('dominant eigenvalue', () => {
  it('is found to rounding, whatever the spectrum', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ min: -1, max: 1, noNaN: true }),
            // Clusters: eigenvalues that are equal or nearly so.
            fc.constantFrom(0.5, -0.5, 0.5 + 1e-9, -0.5 - 1e-13, 0, 1e-12),
          ),
          { minLength: 1, maxLength: 30 },
        ),
        fc.integer({ min: 0, max: 1e6 }),
        (values, seed) => {
          const expected = Math.max(...values.map(Math.abs));
          const found = dominantEigenvalue(withEigenvalues(values, seed), values.length);
          expect(Math.abs(found - expected)).toBeLessThan(2e-14);
        },
      ),
    );
  });

  it('is found where all eigenvalues are the same', () => {
    for (const n of [1, 2, 7, 30]) {
      const identity = new Float64Array(n * n);
      for (let i = 0; i < n; i++) identity[i * n + i] = -0.75;
      expect(dominantEigenvalue(identity, n)).toBe(0.75);
      expect(dominantEigenvalue(new Float64Array(n * n), n)).toBe(0);
    }
  });

  it('is found in matrices of many rows', () => {
    for (const n of [90, 200]) {
      const random = createRandom(n);
      const values = Array.from({ length: n }, () => 2 * random.uniform() - 1);
      const found = dominantEigenvalue(withEigenvalues(values, n), n);
      expect(Math.abs(found - Math.max(...values.map(Math.abs)))).toBeLessThan(1e-13);
    }
  });
});

describe('maximal correlation coefficient', () => {
  it.each([
    [5, true],
    [5, false],
    [40, true],
    [40, false],
    [41, true],
    [41, false],
    [120, true],
    [120, false],
  ])('of %i levels, symmetric %s, is the second singular value', (n, symmetric) => {
    for (let seed = 1; seed < 6; seed++) {
      // Of the narrow bands the singular values lie close together below 1.
      const cells = bandedCounts(n, seed === 1 ? n : seed, seed, symmetric);
      const expected = secondSingularValue(cells, n);
      const found = maximalCorrelation(cells, n, symmetric);
      expect(Math.abs(found - expected)).toBeLessThan(1e-11);
    }
  });

  it('settles on the larger of two eigenvalues that are almost the same', () => {
    // Two copies of a band, joined by pairs of little weight: 1, almost 1, and all others nearly twice.
    for (const joint of [1e-3, 1e-6, 1e-9]) {
      const n = 120;
      const band = bandedCounts(60, 2, 3, true);
      const cells = new Float64Array(n * n);
      for (let i = 0; i < 60; i++) {
        for (let j = 0; j < 60; j++) {
          cells[i * n + j] = cells[(i + 60) * n + j + 60] = band[i * 60 + j];
        }
      }
      cells[59 * n + 60] = cells[60 * n + 59] = joint;
      const expected = secondSingularValue(cells, n);
      expect(Math.abs(maximalCorrelation(cells, n, true) - expected)).toBeLessThan(1e-10);
    }
  });

  it('is 1 where levels fall into groups that do not meet, or only each other', () => {
    const n = 60;
    const apart = new Float64Array(n * n);
    const across = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (i < 20 === j < 20) apart[i * n + j] = 1;
        if (i % 2 !== j % 2) across[i * n + j] = 1;
      }
    }
    expect(maximalCorrelation(apart, n, true)).toBe(1);
    expect(maximalCorrelation(apart, n, false)).toBe(1);
    expect(maximalCorrelation(across, n, true)).toBe(1);
  });

  it('is 0 for independent neighbours', () => {
    for (const n of [6, 60]) {
      const marginal = Float64Array.from({ length: n }, (_, k) => 1 + (k % 5));
      const cells = new Float64Array(n * n).map(
        (_, k) => marginal[k % n] * marginal[Math.floor(k / n)],
      );
      expect(maximalCorrelation(cells, n, true)).toBeLessThan(1e-12);
    }
  });
});
