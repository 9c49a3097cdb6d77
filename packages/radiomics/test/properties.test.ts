import { createVolume, type Vector3, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFeatures, planarFeatures, type Settings } from '../src/index.js';
import { errorOf } from './support/compare.js';

const textures = ['glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'];
const runs = { numRuns: 40 };

/** A small image with a random region of at least two dimensions. */
const regions = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
    ),
    values: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 180, maxLength: 180 }),
    holes: fc.array(fc.nat(179), { maxLength: 40 }),
  })
  .map(({ size, values, holes }) => {
    const n = size[0] * size[1] * size[2];
    const mask = new Uint8Array(n).fill(1);
    for (const h of holes) if (h < n) mask[h] = 0;
    mask[0] = mask[n - 1] = 1;
    return { size, values: Int16Array.from(values.slice(0, n)), mask };
  });

type Region = { size: Vector3; values: Int16Array; mask: Uint8Array };

const volumesOf = ({ size, values, mask }: Region, spacing: Vector3 = [1, 1, 1]) => ({
  image: createVolume(values, size, { spacing }),
  mask: createVolume(mask, size, { spacing }),
});

function expectEqual(
  found: Record<string, number>,
  expected: Record<string, number>,
  tolerance = 1e-10,
): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [key, value] of Object.entries(expected)) {
    expect(errorOf(found[key], value), `${key}: ${found[key]}, not ${value}`).toBeLessThanOrEqual(
      key.endsWith('MCC') || key.endsWith('Imc2') ? 1e-7 : tolerance,
    );
  }
}

/** The region with its axes in another order. */
function permuted({ size, values, mask }: Region, order: Vector3): Region {
  const newSize = order.map((axis) => size[axis]) as Vector3;
  const step = [1, size[0], size[0] * size[1]];
  const from: number[] = [];
  for (let z = 0; z < newSize[2]; z++) {
    for (let y = 0; y < newSize[1]; y++) {
      for (let x = 0; x < newSize[0]; x++) {
        from.push(x * step[order[0]] + y * step[order[1]] + z * step[order[2]]);
      }
    }
  }
  return {
    size: newSize,
    values: Int16Array.from(from, (i) => values[i]),
    mask: Uint8Array.from(from, (i) => mask[i]),
  };
}

describe('features stay the same', () => {
  const settings: Settings = { binWidth: 2 };

  it('when the region moves within a larger image', () => {
    fc.assert(
      fc.property(regions, fc.nat(3), fc.nat(3), fc.nat(3), (region, dx, dy, dz) => {
        const [nx, ny, nz] = region.size;
        const size: Vector3 = [nx + 3, ny + 3, nz + 3];
        const values = new Int16Array(size[0] * size[1] * size[2]).fill(99);
        const mask = new Uint8Array(values.length);
        for (let i = 0; i < region.values.length; i++) {
          const x = i % nx;
          const y = Math.floor(i / nx) % ny;
          const z = Math.floor(i / (nx * ny));
          const to = x + dx + (y + dy) * size[0] + (z + dz) * size[0] * size[1];
          values[to] = region.values[i];
          mask[to] = region.mask[i];
        }
        const here = volumesOf(region);
        const there = volumesOf({ size, values, mask });
        expectEqual(
          extractFeatures(there.image, there.mask, settings),
          extractFeatures(here.image, here.mask, settings),
          // The mesh volume of ambiguous corners depends a little on the place: the mesh has holes.
          0,
        );
      }),
      runs,
    );
  });

  it('when the axes change places, spacing along with them, but for what names an axis', () => {
    const orders = fc.constantFrom<Vector3>([1, 0, 2], [2, 1, 0], [1, 2, 0]);
    fc.assert(
      fc.property(regions, orders, (region, order) => {
        const spacing: Vector3 = [1, 1.5, 2];
        const here = volumesOf(region, spacing);
        const there = volumesOf(
          permuted(region, order),
          order.map((axis) => spacing[axis]) as Vector3,
        );
        const featureClasses = [
          ...planarFeatures,
          'original_shape_Elongation',
          'original_shape_Flatness',
          'original_shape_Maximum3DDiameter',
          'original_shape_VoxelVolume',
        ];
        expectEqual(
          extractFeatures(there.image, there.mask, { ...settings, featureClasses }),
          extractFeatures(here.image, here.mask, { ...settings, featureClasses }),
        );
      }),
      runs,
    );
  });

  it('for texture, when the image is scaled along with the bin width', () => {
    fc.assert(
      fc.property(regions, fc.integer({ min: 2, max: 50 }), (region, k) => {
        const here = volumesOf(region);
        const there = volumesOf({ ...region, values: region.values.map((v) => v * k) });
        expectEqual(
          extractFeatures(there.image, there.mask, { binWidth: 2 * k, featureClasses: textures }),
          extractFeatures(here.image, here.mask, { binWidth: 2, featureClasses: textures }),
          0,
        );
      }),
      runs,
    );
  });

  it('for texture of a fixed bin count, when the image is shifted and scaled', () => {
    fc.assert(
      fc.property(
        regions,
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 1, max: 4 }),
        (region, shift, power) => {
          const settings: Settings = { binCount: 8, featureClasses: textures };
          const here = volumesOf(region);
          const k = 2 ** power;
          const there = volumesOf({ ...region, values: region.values.map((v) => v * k + shift) });
          expectEqual(
            extractFeatures(there.image, there.mask, settings),
            extractFeatures(here.image, here.mask, settings),
            0,
          );
        },
      ),
      runs,
    );
  });

  it('where a gray-level shift does not matter, when the image is shifted by whole bins', () => {
    const independent = planarFeatures.filter(
      (key) =>
        /firstorder_(Entropy|Uniformity|Variance|Range|Skewness|Kurtosis|InterquartileRange|MeanAbs)/.test(
          key,
        ) ||
        /glcm_(Cluster|Contrast|Correlation|Difference|Idm$|Id$|Imc|InverseVariance|Joint(Energy|Entropy)|MCC|Max|SumEntropy|SumSquares)/.test(
          key,
        ) ||
        /(NonUniformity|Variance|Entropy|Percentage)/.test(key) ||
        /glrlm_(Short|Long)RunEmphasis|glszm_(Small|Large)AreaEmphasis|gldm_(Small|Large)DependenceEmphasis/.test(
          key,
        ) ||
        /ngtdm_(Coarseness|Contrast|Complexity|Strength)/.test(key),
    );
    expect(independent.length).toBeGreaterThan(55);
    fc.assert(
      fc.property(regions, fc.integer({ min: 1, max: 30 }), (region, bins) => {
        // A level of its own keeps the lowest bin the same.
        const shifted = { ...region, values: region.values.map((v) => v + 2 * bins) };
        const options = { binWidth: 2, featureClasses: independent };
        const here = volumesOf(region);
        const there = volumesOf(shifted);
        expectEqual(
          extractFeatures(there.image, there.mask, options),
          extractFeatures(here.image, here.mask, options),
        );
      }),
      runs,
    );
  });
});

describe('a flat region has the documented constants', () => {
  const constants = {
    original_firstorder_Entropy: 0,
    original_firstorder_Uniformity: 1,
    original_firstorder_Skewness: 0,
    original_firstorder_Kurtosis: 0,
    original_firstorder_Variance: 0,
    original_glcm_Contrast: 0,
    original_glcm_Correlation: 1,
    original_glcm_Imc1: 0,
    original_glcm_Imc2: 0,
    original_glcm_MCC: 1,
    original_glcm_Id: 1,
    original_glcm_Idm: 1,
    original_glcm_InverseVariance: 0,
    original_glcm_JointEnergy: 1,
    original_glcm_JointEntropy: 0,
    original_glcm_MaximumProbability: 1,
    original_glrlm_GrayLevelNonUniformityNormalized: 1,
    original_glrlm_GrayLevelVariance: 0,
    original_glszm_GrayLevelVariance: 0,
    original_ngtdm_Busyness: 0,
    original_ngtdm_Coarseness: 1e6,
    original_ngtdm_Complexity: 0,
    original_ngtdm_Contrast: 0,
    original_ngtdm_Strength: 0,
    original_gldm_GrayLevelVariance: 0,
  };

  it.each([0, 7.5, -3, 1e6])('at the value %d', (value) => {
    const image = createVolume(new Float64Array(48).fill(value), [4, 4, 3]);
    const mask = createVolume(new Uint8Array(48).fill(1), [4, 4, 3]);
    const features = extractFeatures(image, mask);
    for (const [key, constant] of Object.entries(constants)) {
      expect(features[key], key).toBeCloseTo(constant, 12);
    }
    for (const value of Object.values(features)) expect(value).not.toBeNaN();
  });
});

describe('by definition', () => {
  it('bounded features stay in their bounds, and a slice equals its force2D', () => {
    const unit =
      /(Percentage|Uniformity|NonUniformityNormalized|Emphasis$)|glcm_(Id|Idm|Idn|Idmn|Imc2|JointEnergy|MCC|MaximumProbability)$/;
    fc.assert(
      fc.property(regions, (region) => {
        const { image, mask } = volumesOf(region);
        const features = extractFeatures(image, mask, {
          binWidth: 2,
          featureClasses: planarFeatures,
        });
        for (const [key, value] of Object.entries(features)) {
          if (!unit.test(key) || /Large|Long|High|NonUniformity$/.test(key)) continue;
          expect(value, key).toBeGreaterThanOrEqual(-1e-12);
          expect(value, key).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (region.size[2] === 1) {
          expect(
            extractFeatures(image, mask, {
              binWidth: 2,
              force2D: true,
              featureClasses: planarFeatures,
            }),
          ).toEqual(features);
        }
      }),
      runs,
    );
  });

  it('each of the 93 features is a number for any region without holes', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const { image, mask } = volumesOf({ ...region, mask: region.mask.fill(1) }) as {
          image: Volume;
          mask: Volume;
        };
        const features = extractFeatures(image, mask, {
          binWidth: 2,
          featureClasses: planarFeatures,
        });
        for (const [key, value] of Object.entries(features)) expect(value, key).not.toBeNaN();
      }),
      runs,
    );
  });
});
