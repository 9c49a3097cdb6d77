import { createRandom, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitRows } from '../src/kernels/bit-rows.js';
import { measureDiameters } from '../src/kernels/diameters.js';
import { largestSquaredDistance3 } from '../src/kernels/farthest-pair.js';
import { hullOfRows, largestSquaredDistance } from '../src/kernels/planar-hull.js';
import { measureMesh } from '../src/kernels/surface-mesh.js';
import { Workspace } from '../src/kernels/workspace.js';

const workspace = new Workspace();

/** A mask of random voxels: whether each is inside, x fastest. */
interface Mask {
  size: Vector3;
  inside: boolean[];
}

const masks = fc
  .record({
    // Rows of one, two and three words of 32 bits.
    nx: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 28, max: 68 })),
    ny: fc.integer({ min: 1, max: 6 }),
    nz: fc.integer({ min: 1, max: 6 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    share: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  })
  .map(({ nx, ny, nz, seed, share }): Mask => {
    const random = createRandom(seed);
    const cells = nx > 6 ? share / 12 : share;
    const inside = Array.from({ length: nx * ny * nz }, () => random.uniform() < cells);
    inside[0] = true;
    return { size: [nx, ny, nz], inside };
  });

/** The mask as runs in a box with a padding of two. */
function bitsOf({ size, inside }: Mask) {
  const [nx, ny] = size;
  const pad = 2;
  const rowStep = nx + 2 * pad;
  const sliceStep = rowStep * (ny + 2 * pad);
  const runs: number[] = [];
  inside.forEach((isInside, i) => {
    if (!isInside) return;
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    const p = x + pad + (y + pad) * rowStep + (z + pad) * sliceStep;
    if (runs.at(-1) === p) runs[runs.length - 1] = p + 1;
    else runs.push(p, p + 1);
  });
  return bitRows({ runs: Int32Array.from(runs), size, pad, rowStep, sliceStep }, workspace);
}

/** Every corner of the mesh: the middles of the edges between inside and outside voxels, mm. */
function meshCorners({ size, inside }: Mask, spacing: Vector3): Vector3[] {
  const [nx, ny, nz] = size;
  const at = (x: number, y: number, z: number): boolean =>
    x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz && inside[x + nx * (y + ny * z)];
  const corners: Vector3[] = [];
  for (let z = -1; z < nz; z++) {
    for (let y = -1; y < ny; y++) {
      for (let x = -1; x < nx; x++) {
        for (const [dx, dy, dz] of [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]) {
          if (at(x, y, z) === at(x + dx, y + dy, z + dz)) continue;
          const middle = [x + dx / 2, y + dy / 2, z + dz / 2];
          corners.push(middle.map((c, axis) => c * spacing[axis]) as Vector3);
        }
      }
    }
  }
  return corners;
}

function squared(a: Vector3, b: Vector3): number {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

describe('diameters', () => {
  it('are those of looking at every pair of mesh corners', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const spacing: Vector3 = [0.75, 1.5, 2.25];
        const corners = meshCorners(mask, spacing);
        const largest = [0, 0, 0, 0];
        for (const a of corners) {
          for (const b of corners) {
            const distance = Math.sqrt(squared(a, b));
            a.forEach((at, axis) => {
              if (at === b[axis]) largest[axis] = Math.max(largest[axis], distance);
            });
            largest[3] = Math.max(largest[3], distance);
          }
        }
        const { inX, inY, inZ, whole } = measureDiameters(bitsOf(mask), spacing, workspace);
        [inX, inY, inZ, whole].forEach((value, k) => expect(value).toBeCloseTo(largest[k], 12));
      }),
      { numRuns: 80 },
    );
  });

  it('the farthest pair of points is found in any cloud', () => {
    const clouds = fc.record({
      kind: fc.constantFrom('ball', 'sphere', 'line', 'lattice', 'point'),
      count: fc.integer({ min: 1, max: 400 }),
      seed: fc.nat(1e6),
    });
    fc.assert(
      fc.property(clouds, ({ kind, count, seed }) => {
        const random = createRandom(seed);
        const points = Array.from({ length: count }, (): Vector3 => {
          const p: Vector3 = [random.normal(), random.normal(), random.normal()];
          const length = Math.hypot(...p);
          if (kind === 'sphere') return p.map((c) => c / length) as Vector3;
          if (kind === 'line') return [p[0], 2 * p[0], -p[0]];
          if (kind === 'lattice') return p.map((c) => Math.round(c)) as Vector3;
          return kind === 'point' ? [1, 2, 3] : p;
        });
        let largest = 0;
        for (const a of points) for (const b of points) largest = Math.max(largest, squared(a, b));
        expect(largestSquaredDistance3(Float64Array.from(points.flat()))).toBe(largest);
      }),
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
    const { area, volume } = measureMesh(
      bitsOf({ size: [1, 1, 1], inside: [true] }),
      [2, 2, 2],
      workspace,
    );
    expect(volume).toBeCloseTo(8 / 6, 14);
    expect(area).toBeCloseTo(4 * Math.sqrt(3), 14);
  });

  it('has the same area wherever in a word a row begins', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 40 }), (mask, shift) => {
        const [nx, ny, nz] = mask.size;
        const moved = Array.from({ length: (nx + shift) * ny * nz }, (_, i) => {
          const x = (i % (nx + shift)) - shift;
          return x >= 0 && mask.inside[x + nx * Math.floor(i / (nx + shift))];
        });
        const wider: Mask = { size: [nx + shift, ny, nz], inside: moved };
        const spacing: Vector3 = [1, 1.5, 3];
        const { area } = measureMesh(bitsOf(mask), spacing, workspace);
        expect(measureMesh(bitsOf(wider), spacing, workspace).area).toBe(area);
      }),
      { numRuns: 40 },
    );
  });

  it('scales with the spacing', () => {
    fc.assert(
      fc.property(masks, fc.double({ min: 0.1, max: 10, noNaN: true }), (mask, k) => {
        const one = measureMesh(bitsOf(mask), [1, 1.5, 3], workspace);
        const scaled = measureMesh(bitsOf(mask), [k, 1.5 * k, 3 * k], workspace);
        expect(scaled.area / one.area).toBeCloseTo(k * k, 9);
        expect(scaled.volume / one.volume).toBeCloseTo(k ** 3, 9);
      }),
      { numRuns: 40 },
    );
  });
});
