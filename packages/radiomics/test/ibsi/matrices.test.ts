import { createVolume, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractIbsiFeatures } from '../../src/ibsi/extract-ibsi.js';
import { gldzm, gldzmFeatures } from '../../src/ibsi/matrices/gldzm.js';
import { intensityHistogramFeatures } from '../../src/ibsi/matrices/intensity-histogram.js';
import { ngldm, ngldmFeatures } from '../../src/ibsi/matrices/ngldm.js';
import { gldm } from '../../src/matrices/gldm.js';
import { glszm } from '../../src/matrices/glszm.js';
import { readCases } from '../support/fixtures.js';

const plane = (rows: number[][], mask?: number[][]): [Volume, Volume] => {
  const size = [rows[0].length, rows.length, 1];
  const levels = createVolume(Uint8Array.from(rows.flat()), size);
  const inside = mask?.flat() ?? rows.flat().map(() => 1);
  return [levels, createVolume(Uint8Array.from(inside), size)];
};

const rowsOf = (matrix: { shape: number[]; get(i: number, j: number): number }): number[][] =>
  Array.from({ length: matrix.shape[0] }, (_, i) =>
    Array.from({ length: matrix.shape[1] }, (_, j) => matrix.get(i, j)),
  );

// The image with which the reference manual explains its matrices.
const manual = [
  [1, 2, 2, 3],
  [1, 2, 3, 3],
  [4, 2, 4, 1],
  [4, 1, 2, 3],
];

describe('gldzm', () => {
  it('counts zones by level and by steps to the outside', () => {
    // Every zone of the example touches the border but the 4 inside.
    expect(rowsOf(gldzm(...plane(manual)))).toEqual([
      [3, 0],
      [1, 0],
      [2, 0],
      [1, 1],
    ]);
  });

  it('takes holes and missing voxels of the region for outside', () => {
    const levels = Array.from({ length: 5 }, () => [1, 1, 1, 1, 1]);
    const whole = plane(levels);
    expect(rowsOf(gldzm(...whole))).toEqual([[1]]);
    levels[2][2] = 2;
    expect(rowsOf(gldzm(...plane(levels)))).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    const hole = levels.map((row, y) => row.map((_, x) => (x === 1 && y === 2 ? 0 : 1)));
    expect(rowsOf(gldzm(...plane(levels, hole)))).toEqual([[1], [1]]);
  });

  it('has as many zones as glszm, and no zone further inside than the region allows', () => {
    fc.assert(
      fc.property(randomRegion(), ([levels, mask]) => {
        const distances = rowsOf(gldzm(levels, mask));
        const sizes = rowsOf(glszm(levels, mask));
        const sum = (row: number[]) => row.reduce((a, b) => a + b, 0);
        expect(distances.map(sum)).toEqual(sizes.map(sum));
        const shortest = Math.min(...levels.data.shape.filter((n) => n > 1));
        expect(distances[0].length).toBeLessThanOrEqual(Math.ceil(shortest / 2));
      }),
      { numRuns: 50 },
    );
  });

  it('gives the features of the digital phantom', () => {
    const [{ image, mask }] = phantoms();
    const features = extractIbsiFeatures(image, mask, { definitions: 'ibsi', families: ['dzm'] });
    for (const [tag, value] of Object.entries(gldzmFeatures(gldzm(image, mask), { voxels: 74 }))) {
      expect(value).toBeCloseTo(features[`${tag}_3D`], 12);
    }
    const planar = gldzm(image, mask, { force2D: true });
    for (const [tag, value] of Object.entries(gldzmFeatures(planar, { voxels: 74 }))) {
      expect(value).toBeCloseTo(features[`${tag}_2_5D`], 12);
    }
  });
});

describe('ngldm', () => {
  it('counts voxels by level and dependences', () => {
    expect(rowsOf(ngldm(...plane(manual))).map((row) => row.slice(0, 4))).toEqual([
      [2, 2, 0, 0],
      [0, 1, 3, 1],
      [1, 0, 3, 0],
      [1, 2, 0, 0],
    ]);
  });

  it('is gldm with IBSI’s names of options', () => {
    const [levels, mask] = plane(manual);
    expect(ngldm(levels, mask, { distance: 2, coarseness: 1 })).toEqual(
      gldm(levels, mask, { distances: [1, 2], gldm_a: 1 }),
    );
    expect(() => ngldm(levels, mask, { distance: 0.5 })).toThrow(/distances/);
    expect(() => ngldm(levels, mask, { distance: 99 })).toThrow(/distances/);
  });

  it('gives the features of the digital phantom', () => {
    const [{ image, mask }] = phantoms();
    const features = extractIbsiFeatures(image, mask, { definitions: 'ibsi', families: ['ngl'] });
    for (const [tag, value] of Object.entries(ngldmFeatures(ngldm(image, mask)))) {
      expect(value).toBeCloseTo(features[`${tag}_3D`], 12);
    }
  });
});

describe('intensityHistogramFeatures', () => {
  it('gives those of the digital phantom', () => {
    const [{ image, mask }] = phantoms();
    const features = extractIbsiFeatures(image, mask, { definitions: 'ibsi', families: ['ih'] });
    expect(intensityHistogramFeatures(image, mask)).toEqual(features);
  });

  it('takes the mode nearest to the mean, and of the steepest gradients the first', () => {
    const features = intensityHistogramFeatures(...plane([[1, 1, 3, 3, 4, 6, 6]]));
    expect(features.ih_mean).toBeCloseTo(24 / 7, 12);
    expect(features.ih_mode).toBe(3);
    // Counts 2 0 2 1 0 2: gradients −2, 0, 0.5, −1, 0.5, 2.
    expect([features.ih_max_grad, features.ih_max_grad_g]).toEqual([2, 6]);
    expect([features.ih_min_grad, features.ih_min_grad_g]).toEqual([-2, 1]);
  });

  it('is defined for a flat region', () => {
    const features = intensityHistogramFeatures(...plane([[1, 1]]));
    expect(features).toMatchObject({
      ih_skew: 0,
      ih_kurt: 0,
      ih_entropy: 0,
      ih_uniformity: 1,
      ih_max_grad: 0,
      ih_min_grad: 0,
    });
    expect(Object.values(features).every(Number.isFinite)).toBe(true);
  });
});

function phantoms(): [{ image: Volume; mask: Volume }] {
  const [phantom] = readCases('ibsi/digital-phantom.json.gz');
  return [phantom];
}

function randomRegion(): fc.Arbitrary<[Volume, Volume]> {
  return fc
    .tuple(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
    )
    .chain((size) => {
      const n = size[0] * size[1] * size[2];
      const voxels = (max: number) =>
        fc.array(fc.integer({ min: 0, max }), { minLength: n, maxLength: n });
      return fc.tuple(voxels(3), voxels(4)).map(([gray, inside]): [Volume, Volume] => {
        // Two corners, so that there are two voxels and the box is the whole volume.
        const mask = Uint8Array.from(inside, (v) => (v > 0 ? 1 : 0));
        mask[0] = mask[n - 1] = 1;
        return [
          createVolume(
            Uint8Array.from(gray, (v) => v + 1),
            size,
          ),
          createVolume(mask, size),
        ];
      });
    });
}
