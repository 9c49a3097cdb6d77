import { createVolume, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import type { NdArray } from 'ndarray';
import { describe, expect, it } from 'vitest';
import { glcm, gldm, gldzm, glrlm, glszm, ngldm, ngtdm } from '../src/index.js';
import { type TestRegion, testRegions } from './support/regions.js';

const runs = { numRuns: 60 };

/** Regions of few levels, so that there are runs and zones. */
const regions = testRegions.map((region) => ({
  ...region,
  values: region.values.map((value) => 1 + (value % 5)),
}));

function volumes({ size, values, mask }: TestRegion) {
  return [createVolume(values, size), createVolume(mask, size)] as const;
}

/** Places of the voxels of a region. */
function placesOf({ size, mask }: TestRegion): Vector3[] {
  return Array.from(mask.keys())
    .filter((i) => mask[i] === 1)
    .map((i) => [
      i % size[0],
      Math.floor(i / size[0]) % size[1],
      Math.floor(i / (size[0] * size[1])),
    ]);
}

/** Ordered pairs of voxels of the region at a Chebyshev distance. */
function pairsAt(region: TestRegion, distance: number): number {
  const places = placesOf(region);
  let pairs = 0;
  for (const a of places) {
    for (const b of places) {
      if (Math.max(...a.map((n, axis) => Math.abs(n - b[axis]))) === distance) pairs++;
    }
  }
  return pairs;
}

function levelsOf({ values, mask }: TestRegion): number[] {
  return Array.from(values).filter((_, i) => mask[i] === 1);
}

function sum(matrix: NdArray<Float64Array>, weight: (...at: number[]) => number = () => 1): number {
  const [rows = 1, columns = 1, directions = 1] = matrix.shape;
  const spatial = matrix.shape.length === 3;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let d = 0; d < directions; d++) {
        total += weight(i, j, d) * (spatial ? matrix.get(i, j, d) : matrix.get(i, j));
      }
    }
  }
  return total;
}

/** The sums of the rows, each a level. */
function byLevel(matrix: NdArray<Float64Array>, weight?: (...at: number[]) => number): number[] {
  const [rows = 0] = matrix.shape;
  return Array.from({ length: rows }, (_, level) =>
    sum(matrix, (i, j, d) => (i === level ? (weight?.(i, j, d) ?? 1) : 0)),
  );
}

describe('matrices sum to what they count', () => {
  it('co-occurrences: ordered pairs of neighbours, and symmetric ones both ways', () => {
    fc.assert(
      fc.property(regions, fc.constantFrom(1, 2), (region, distance) => {
        const [levels, mask] = volumes(region);
        const pairs = pairsAt(region, distance);
        const both = glcm(levels, mask, { distances: [distance] });
        expect(sum(both)).toBe(pairs);
        expect(2 * sum(glcm(levels, mask, { distances: [distance], symmetric: false }))).toBe(
          pairs,
        );
        const [n = 0, , directions = 0] = both.shape;
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < i; j++) {
            for (let d = 0; d < directions; d++) expect(both.get(i, j, d)).toBe(both.get(j, i, d));
          }
        }
      }),
      runs,
    );
  });

  it('runs: in each direction every voxel once', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const matrix = glrlm(...volumes(region));
        const voxels = levelsOf(region);
        const [, , directions = 0] = matrix.shape;
        for (let d = 0; d < directions; d++) {
          const covered = sum(matrix, (_, j, direction) => (direction === d ? j + 1 : 0));
          // A direction in which no line meets two voxels is empty.
          expect([0, voxels.length]).toContain(covered);
        }
        byLevel(matrix, (_, j) => j + 1).forEach((covered, i) => {
          const there = voxels.filter((level) => level === i + 1).length;
          if (there === 0) expect(covered).toBe(0);
          else expect(covered % there).toBe(0);
        });
      }),
      runs,
    );
  });

  it('zones: every voxel once, by size as by distance', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const voxels = levelsOf(region);
        const bySize = glszm(...volumes(region));
        const byDistance = gldzm(...volumes(region));
        byLevel(bySize, (_, j) => j + 1).forEach((covered, i) =>
          expect(covered).toBe(voxels.filter((level) => level === i + 1).length),
        );
        expect(byLevel(byDistance)).toEqual(byLevel(bySize));
      }),
      runs,
    );
  });

  it('dependences: every voxel once, and every like pair of neighbours twice', () => {
    fc.assert(
      fc.property(regions, fc.nat(4), (region, coarseness) => {
        const [levels, mask] = volumes(region);
        const voxels = levelsOf(region);
        const matrix = gldm(levels, mask, { gldm_a: coarseness });
        byLevel(matrix).forEach((count, i) =>
          expect(count).toBe(voxels.filter((level) => level === i + 1).length),
        );
        const pairs = glcm(levels, mask);
        const alike = sum(pairs, (i, j) => (Math.abs(i - j) <= coarseness ? 1 : 0));
        expect(sum(matrix, (_, j) => j)).toBe(alike);
        expect(ngldm(levels, mask, { coarseness })).toEqual(matrix);
      }),
      runs,
    );
  });

  it('gray-tone differences: every voxel once, and none where all are alike', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const voxels = levelsOf(region);
        const matrix = ngtdm(...volumes(region));
        const [rows = 0] = matrix.shape;
        for (let row = 0; row < rows; row++) {
          const level = matrix.get(row, 2);
          expect(matrix.get(row, 0)).toBe(voxels.filter((other) => other === level).length);
          expect(matrix.get(row, 1)).toBeGreaterThanOrEqual(0);
        }
        const flat = ngtdm(...volumes({ ...region, values: region.values.map(() => 3) }));
        expect([...flat.data]).toEqual([voxels.length, 0, 3]);
      }),
      runs,
    );
  });
});
