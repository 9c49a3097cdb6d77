import { createVolume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  glcm,
  glcmFeatures,
  gldm,
  glrlm,
  glrlmFeatures,
  glszm,
  glszmFeatures,
  ngtdm,
  ngtdmFeatures,
} from '../src/index.js';

/** The digital image of Haralick, Shanmugam and Dinstein 1973, Fig. 3, with levels 1–4 for 0–3. */
const haralick = plane([
  [1, 1, 2, 2],
  [1, 1, 2, 2],
  [1, 3, 3, 3],
  [3, 3, 4, 4],
]);

/** A 4×4 image for the neighbourhood matrices, worked out by hand below. */
const small = plane([
  [1, 2, 5, 2],
  [3, 5, 1, 3],
  [1, 3, 5, 5],
  [3, 1, 1, 1],
]);

function plane(rows: number[][]) {
  const size = [rows[0].length, rows.length, 1];
  return {
    levels: createVolume(Uint8Array.from(rows.flat()), size),
    mask: createVolume(new Uint8Array(rows.flat().length).fill(1), size),
  };
}

/** Rows of one direction of a matrix. */
function rowsOf(matrix: ReturnType<typeof glcm>, direction?: number): number[][] {
  const [n, m] = matrix.shape;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: m }, (_, j) =>
      direction === undefined ? matrix.get(i, j) : matrix.get(i, j, direction),
    ),
  );
}

describe('worked examples', () => {
  it('GLCM of Haralick’s image: all four directions as printed', () => {
    const matrix = glcm(haralick.levels, haralick.mask);
    // Directions in order: down-right (135°), down (90°), down-left (45°), right (0°).
    expect(rowsOf(matrix, 3)).toEqual([
      [4, 2, 1, 0],
      [2, 4, 0, 0],
      [1, 0, 6, 1],
      [0, 0, 1, 2],
    ]);
    expect(rowsOf(matrix, 1)).toEqual([
      [6, 0, 2, 0],
      [0, 4, 2, 0],
      [2, 2, 2, 2],
      [0, 0, 2, 0],
    ]);
    expect(rowsOf(matrix, 0)).toEqual([
      [2, 1, 3, 0],
      [1, 2, 1, 0],
      [3, 1, 0, 2],
      [0, 0, 2, 0],
    ]);
    expect(rowsOf(matrix, 2)).toEqual([
      [4, 1, 0, 0],
      [1, 2, 2, 0],
      [0, 2, 4, 1],
      [0, 0, 1, 0],
    ]);
  });

  it('GLCM features of two equal rows of a checkerboard', () => {
    const { levels, mask } = plane([
      [1, 2],
      [2, 1],
    ]);
    // Sideways and down every pair is (1, 2); along each diagonal both voxels are alike.
    const features = glcmFeatures(glcm(levels, mask));
    expect(features.Contrast).toBe(0.5);
    expect(features.JointEnergy).toBe((0.5 + 1 + 0.5 + 1) / 4);
    expect(features.MaximumProbability).toBe((0.5 + 1 + 0.5 + 1) / 4);
  });

  it('GLRLM of Galloway’s kind: runs along x of a 4×4 image', () => {
    const { levels, mask } = plane([
      [1, 2, 3, 4],
      [1, 3, 4, 4],
      [3, 2, 2, 2],
      [4, 1, 4, 1],
    ]);
    expect(rowsOf(glrlm(levels, mask), 3)).toEqual([
      [4, 0, 0, 0],
      [1, 0, 1, 0],
      [3, 0, 0, 0],
      [3, 1, 0, 0],
    ]);
  });

  it('GLRLM features of one line of one level', () => {
    const { levels, mask } = plane([[1, 1, 1, 1]]);
    const features = glrlmFeatures(glrlm(levels, mask));
    expect(features.LongRunEmphasis).toBe(16);
    expect(features.ShortRunEmphasis).toBe(1 / 16);
    expect(features.RunPercentage).toBe(1 / 4);
  });

  it('GLSZM of a 4×4 image: zones join across corners', () => {
    const { levels, mask } = plane([
      [1, 2, 3, 4],
      [1, 3, 4, 4],
      [3, 2, 2, 2],
      [4, 1, 4, 1],
    ]);
    const matrix = glszm(levels, mask);
    expect(rowsOf(matrix)).toEqual([
      [2, 1, 0],
      [1, 0, 1],
      [0, 0, 1],
      [2, 0, 1],
    ]);
    expect(glszmFeatures(matrix).ZonePercentage).toBe(9 / 16);
  });

  it('NGTDM of a 4×4 image by hand', () => {
    const matrix = ngtdm(small.levels, small.mask);
    const counts = rowsOf(matrix).map(([n]) => n);
    expect(counts).toEqual([6, 2, 4, 4]);
    expect(rowsOf(matrix).map((row) => row[2])).toEqual([1, 2, 3, 5]);
    // Level 2: (1+5+3+5+1)/5 = 3 and (5+1+3)/3 = 3, so s = 1 + 1.
    expect(matrix.get(1, 1)).toBeCloseTo(2, 14);
    // Level 3: (1+2+5+3+1)/5 = 2.4, (2+5+1+5+5)/5 = 3.6, (3+5+1+1+5+3+1+1)/8 = 2.5, (1+3+1)/3 = 5/3.
    expect(matrix.get(2, 1)).toBeCloseTo(0.6 + 0.6 + 0.5 + 4 / 3, 14);
    expect(ngtdmFeatures(matrix).Coarseness).toBeCloseTo(
      16 / rowsOf(matrix).reduce((sum, [n, s]) => sum + n * s, 0),
      14,
    );
  });

  it('GLDM: the tolerance gathers more dependent voxels', () => {
    const strict = rowsOf(gldm(small.levels, small.mask));
    // The bottom row: three 1s beside each other, the middle one with two neighbours alike.
    expect(strict.flat().reduce((a, b) => a + b, 0)).toBe(16);
    const loose = rowsOf(gldm(small.levels, small.mask, { gldm_a: 4 }));
    // Every neighbour depends: 4 corners have 4, 8 sides 6 and 4 inner voxels 9, themselves included.
    const byDependence = loose[0].map((_, d) => loose.reduce((sum, row) => sum + row[d], 0));
    expect(byDependence).toEqual([0, 0, 0, 4, 0, 8, 0, 0, 4]);
  });

  it('refuses what is no matrix', () => {
    const matrix = glcm(haralick.levels, haralick.mask);
    matrix.set(0, 0, 0, Number.NaN);
    expect(() => glcmFeatures(matrix)).toThrow(/expected finite counts/);
    expect(() => glrlmFeatures(matrix.pick(null, null, 0))).toThrow(/a matrix of 3 axes/);
    expect(() => glszmFeatures(matrix)).toThrow(/a matrix of 2 axes/);
    expect(() => ngtdmFeatures(matrix.pick(null, null, 0))).toThrow(/three columns/);
    expect(() =>
      glcm(
        createVolume(Float32Array.of(0.5, 1), [2, 1, 1]),
        createVolume(Uint8Array.of(1, 1), [2, 1, 1]),
      ),
    ).toThrow(/expected gray levels from 1/);
  });
});
