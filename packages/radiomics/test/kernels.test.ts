import { createRandom, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureDiameters } from '../src/kernels/diameters.js';
import { halfDirections } from '../src/kernels/directions.js';
import { entropyOf, nLog2n } from '../src/kernels/logarithms.js';
import { hullOfRows, largestSquaredDistance } from '../src/kernels/planar-hull.js';
import { measureMesh, type PaddedMask } from '../src/kernels/surface-mesh.js';
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
const masks = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
    ),
    seed: fc.integer({ min: 0, max: 1e6 }),
    share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  })
  .map(({ size, seed, share }): PaddedMask => {
    const [nx, ny, nz] = size;
    const rowStep = nx + 2;
    const sliceStep = rowStep * (ny + 2);
    const inside = new Uint8Array(sliceStep * (nz + 2));
    const random = createRandom(seed);
    for (let z = 1; z <= nz; z++) {
      for (let y = 1; y <= ny; y++) {
        for (let x = 1; x <= nx; x++) {
          inside[x + y * rowStep + z * sliceStep] = random.uniform() < share ? 1 : 0;
        }
      }
    }
    inside[1 + rowStep + sliceStep] = 1;
    return { inside, size, pad: 1, rowStep, sliceStep };
  });

/** Every corner of the mesh: the middles of the edges between inside and outside voxels, mm. */
function meshCorners(mask: PaddedMask, spacing: Vector3): Vector3[] {
  const { inside, rowStep, sliceStep } = mask;
  const corners: Vector3[] = [];
  const slices = inside.length / sliceStep;
  for (let z = 0; z < slices; z++) {
    for (let y = 0; y < sliceStep / rowStep; y++) {
      for (let x = 0; x < rowStep; x++) {
        const p = x + y * rowStep + z * sliceStep;
        const add = (step: number, dx: number, dy: number, dz: number) => {
          if (p + step < inside.length && inside[p] !== inside[p + step]) {
            corners.push([(x + dx) * spacing[0], (y + dy) * spacing[1], (z + dz) * spacing[2]]);
          }
        };
        add(1, 0.5, 0, 0);
        add(rowStep, 0, 0.5, 0);
        add(sliceStep, 0, 0, 0.5);
      }
    }
  }
  return corners;
}

describe('diameters', () => {
  it('are those of looking at every pair of mesh corners', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const spacing: Vector3 = [0.75, 1.5, 2.25];
        const corners = meshCorners(mask, spacing);
        const largest = (same?: 0 | 1 | 2) => {
          let squared = 0;
          for (const a of corners) {
            for (const b of corners) {
              if (same !== undefined && a[same] !== b[same]) continue;
              squared = Math.max(
                squared,
                (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2,
              );
            }
          }
          return Math.sqrt(squared);
        };
        const found = measureDiameters(mask, spacing, workspace);
        expect(found.whole).toBeCloseTo(largest(), 12);
        expect(found.inX).toBeCloseTo(largest(0), 12);
        expect(found.inY).toBeCloseTo(largest(1), 12);
        expect(found.inZ).toBeCloseTo(largest(2), 12);
      }),
      { numRuns: 60 },
    );
  });

  it('the hull of rows holds the farthest pair', () => {
    const rows = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const list = pairs.flatMap(([a, b], y) => [y, Math.min(a, b), Math.max(a, b)]);
        const all = pairs.flatMap(([a, b], y) => [a, y, b, y]);
        expect(largestSquaredDistance(hullOfRows(list))).toBe(largestSquaredDistance(all));
      }),
    );
  });
});

describe('surface mesh', () => {
  it('of one voxel is an octahedron', () => {
    const inside = new Uint8Array(27);
    inside[13] = 1;
    const mask = { inside, size: [1, 1, 1], pad: 1, rowStep: 3, sliceStep: 9 } as const;
    const { area, volume } = measureMesh(mask, [2, 2, 2], workspace);
    expect(volume).toBeCloseTo(8 / 6, 14);
    expect(area).toBeCloseTo(4 * Math.sqrt(3), 14);
  });

  it('scales with the spacing', () => {
    fc.assert(
      fc.property(masks, fc.double({ min: 0.1, max: 10, noNaN: true }), (mask, k) => {
        const one = measureMesh(mask, [1, 1.5, 3], workspace);
        const scaled = measureMesh(mask, [k, 1.5 * k, 3 * k], workspace);
        expect(scaled.area / one.area).toBeCloseTo(k * k, 9);
        expect(scaled.volume / one.volume).toBeCloseTo(k ** 3, 9);
      }),
      { numRuns: 40 },
    );
  });
});
