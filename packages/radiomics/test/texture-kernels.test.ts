import type { Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridOfLevels, type LevelGrid } from '../src/discretise/gray-levels.js';
import { dependenceCounts } from '../src/kernels/dependence-counts.js';
import { halfDirections } from '../src/kernels/directions.js';
import { neighbourhoodDifferences } from '../src/kernels/neighbourhood-differences.js';
import { Workspace } from '../src/kernels/workspace.js';
import { findZones } from '../src/kernels/zones.js';

const workspace = new Workspace();

/** A region of random gray levels in a box that is padded by the largest distance. */
interface Case {
  size: Vector3;
  inside: boolean[];
  levels: number[];
  /** Levels become the multiples of this: it decides in how many bytes levels and ranks are kept. */
  scale: number;
  distances: number[];
  tolerance: number;
}

const cases: fc.Arbitrary<Case> = fc
  .tuple(
    fc.integer({ min: 1, max: 37 }),
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
  )
  .chain(([x, y, z]) => {
    const n = x * y * z;
    return fc.record({
      size: fc.constant<Vector3>([x, y, z]),
      inside: fc.array(
        fc.nat(9).map((k) => k > 0),
        { minLength: n, maxLength: n },
      ),
      levels: fc.oneof(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: n, maxLength: n }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: n, maxLength: n }),
      ),
      scale: fc.constantFrom(1, 40, 3000),
      distances: fc.constantFrom([1], [1, 2], [3]),
      tolerance: fc.constantFrom(0, 1, 50),
    });
  });

/** The voxels of a case with their levels, and the grid that the kernels get. */
function layOut(c: Case): { levels: Map<string, number>; grid: LevelGrid; steps: Vector3[] } {
  const [nx, ny] = c.size;
  const pad = Math.max(...c.distances);
  const rowStep = nx + 2 * pad;
  const sliceStep = rowStep * (ny + 2 * pad);
  const levels = new Map<string, number>();
  const runs: number[] = [];
  c.inside.forEach((inside, i) => {
    if (!inside) return;
    const at: Vector3 = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
    levels.set(at.join(), c.levels[i] * c.scale);
    const p = at[0] + pad + (at[1] + pad) * rowStep + (at[2] + pad) * sliceStep;
    if (runs.at(-1) === p) runs[runs.length - 1] = p + 1;
    else runs.push(p, p + 1);
  });
  const packed = Uint32Array.from(levels.values());
  const placement = {
    size: c.size,
    spacing: [1, 1, 1] as Vector3,
    pad,
    rowStep,
    sliceStep,
    paddedLength: sliceStep * (c.size[2] + 2 * pad),
    count: levels.size,
    runs: Int32Array.from(runs),
  };
  const grid = gridOfLevels(placement, packed, Math.max(...packed), workspace);
  return { levels, grid, steps: halfDirections(c.size, { distances: c.distances }) };
}

function neighbours(at: string, steps: Vector3[], levels: Map<string, number>): number[] {
  const here = at.split(',').map(Number);
  const both = steps.flatMap((step) => [step, step.map((s) => -s)]);
  return both
    .map((step) => levels.get(here.map((n, axis) => n + step[axis]).join()))
    .filter((level) => level !== undefined);
}

const regions = cases.filter((c) => c.inside.includes(true));

describe('texture kernels, for levels and ranks of any width, give by definition', () => {
  it('the dependences', () => {
    fc.assert(
      fc.property(regions, (c) => {
        const { levels, grid, steps } = layOut(c);
        const width = 2 * steps.length + 1;
        const expected = new Uint32Array(grid.grayLevels.length * width);
        for (const [at, level] of levels) {
          const dependent = neighbours(at, steps, levels).filter(
            (other) => Math.abs(other - level) <= c.tolerance,
          );
          expected[grid.grayLevels.indexOf(level) * width + dependent.length]++;
        }
        expect(dependenceCounts(grid, steps, c.tolerance)).toEqual(expected);
      }),
    );
  });

  it('the differences from the neighbourhood', () => {
    fc.assert(
      fc.property(regions, (c) => {
        const { levels, grid, steps } = layOut(c);
        const expected = new Float64Array(grid.grayLevels.length);
        for (const [at, level] of levels) {
          const around = neighbours(at, steps, levels);
          if (around.length === 0) continue;
          const mean = around.reduce((a, b) => a + b, 0) / around.length;
          expected[grid.grayLevels.indexOf(level)] += Math.abs(level - mean);
        }
        neighbourhoodDifferences(grid, steps).forEach((value, rank) =>
          expect(Math.abs(value - expected[rank])).toBeLessThanOrEqual(1e-12 * c.scale * 700 * 100),
        );
      }),
    );
  });

  it('the zones', () => {
    fc.assert(
      fc.property(regions, (c) => {
        const { levels, grid } = layOut({ ...c, distances: [1] });
        const steps = halfDirections(c.size, { distances: [1] });
        const zones = findZones(grid, steps);
        const found: string[] = [];
        zones.cells.forEach((n, cell) => {
          const zone = `${Math.floor(cell / zones.width) + 1}:${(cell % zones.width) + 1}`;
          for (let k = 0; k < n; k++) found.push(zone);
        });
        for (let k = 0; k < zones.large.length; k += 2) {
          found.push(`${zones.large[k]}:${zones.large[k + 1]}`);
        }
        const expected = zonesByFilling(levels, steps).map(
          ({ level, size }) => `${grid.grayLevels.indexOf(level) + 1}:${size}`,
        );
        expect(found.sort()).toEqual(expected.sort());
        expect(zones.count).toBe(expected.length);
      }),
    );
  });
});

function zonesByFilling(
  levels: Map<string, number>,
  steps: Vector3[],
): { level: number; size: number }[] {
  const both = steps.flatMap((step) => [step, step.map((s) => -s)]);
  const left = new Map(levels);
  const zones: { level: number; size: number }[] = [];
  for (const [start, level] of levels) {
    if (!left.delete(start)) continue;
    const queue = [start];
    for (const at of queue) {
      const here = at.split(',').map(Number);
      for (const step of both) {
        const next = here.map((n, axis) => n + step[axis]).join();
        if (left.get(next) === level && left.delete(next)) queue.push(next);
      }
    }
    zones.push({ level, size: queue.length });
  }
  return zones;
}
