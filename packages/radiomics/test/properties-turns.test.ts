import { createVolume, type Vector3, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFeatures, planarFeatures, type Settings } from '../src/index.js';
import { errorOf } from './support/compare.js';
import { mirrored, permuted, type TestRegion, testRegions, volumesOf } from './support/regions.js';

const runs = { numRuns: 30 };
/** Regions of two dimensions or three. */
const regions = testRegions.filter(({ size }) => size.filter((n) => n > 1).length > 1);
const spacing: Vector3 = [1, 1.5, 2];
const textures = ['glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'];

/** Shape features that do not depend on how ambiguous corners of the mesh are joined. */
const turnableShape = [
  'Elongation',
  'Flatness',
  'LeastAxisLength',
  'MajorAxisLength',
  'MinorAxisLength',
  'Maximum3DDiameter',
  'VoxelVolume',
].map((name) => `original_shape_${name}`);

const settingsOf = fc.constantFrom<Settings>(
  { binWidth: 3 },
  { binCount: 6 },
  { binWidth: 3, distances: [1, 2] },
  { binWidth: 3, weightingNorm: 'euclidean', gldm_a: 1 },
  { binWidth: 3, weightingNorm: 'manhattan' },
);

function expectSame(
  found: Record<string, number>,
  expected: Record<string, number>,
  tolerance = 1e-10,
): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  const different = Object.entries(expected).filter(
    // Roots near 0 turn rounding of 1e-16 into 1e-8.
    ([key, value]) => !(errorOf(found[key], value) <= (/MCC$|Imc2$/.test(key) ? 1e-7 : tolerance)),
  );
  expect(different.map(([key, value]) => [key, found[key], value])).toEqual([]);
}

/** A quarter turn in the plane of two axes: x → y, y → −x. */
function quarterTurn(region: TestRegion, axes: readonly [number, number]): TestRegion {
  const order: Vector3 = [0, 1, 2];
  [order[axes[0]], order[axes[1]]] = [order[axes[1]], order[axes[0]]];
  return mirrored(permuted(region, order), axes[0]);
}

function turnedSpacing(axes: readonly [number, number]): Vector3 {
  const turned: Vector3 = [...spacing];
  [turned[axes[0]], turned[axes[1]]] = [turned[axes[1]], turned[axes[0]]];
  return turned;
}

describe('a quarter turn or a mirror leaves', () => {
  const planes = fc.constantFrom<[number, number]>([0, 1], [0, 2], [1, 2]);
  const featureClasses = [...planarFeatures, ...turnableShape];

  it('first-order, texture and size features as they are', () => {
    fc.assert(
      fc.property(regions, planes, fc.nat(2), settingsOf, (region, plane, axis, settings) => {
        const here = volumesOf(region, spacing);
        const expected = extractFeatures(here.image, here.mask, { ...settings, featureClasses });
        const turned = volumesOf(quarterTurn(region, plane), turnedSpacing(plane));
        const seen = volumesOf(mirrored(region, axis), spacing);
        for (const { image, mask } of [turned, seen]) {
          expectSame(extractFeatures(image, mask, { ...settings, featureClasses }), expected);
        }
      }),
      runs,
    );
  });

  it('the mesh of a region without ambiguous corners as it is, and swaps the diameters in planes', () => {
    const radii = fc.tuple(
      fc.double({ min: 1.2, max: 4, noNaN: true }),
      fc.double({ min: 1.2, max: 4, noNaN: true }),
      fc.double({ min: 1.2, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(radii, planes, (radius, plane) => {
        const region = ellipsoid(radius);
        const shape = (part: TestRegion, at: Vector3) => {
          const { image, mask } = volumesOf(part, at);
          return extractFeatures(image, mask, { featureClasses: ['shape'] });
        };
        const expected = shape(region, spacing);
        expectSame(shape(mirrored(region, plane[0]), spacing), expected);
        const turned = shape(quarterTurn(region, plane), turnedSpacing(plane));
        const diameters = ['Row', 'Column', 'Slice'].map(
          (name) => `original_shape_Maximum2DDiameter${name}`,
        );
        const swapped = { ...expected };
        swapped[diameters[plane[0]]] = expected[diameters[plane[1]]];
        swapped[diameters[plane[1]]] = expected[diameters[plane[0]]];
        expectSame(turned, swapped);
      }),
      runs,
    );
  });

  it('features of point by point filters and of the gradient as they are', () => {
    const imageTypes = { Square: {}, SquareRoot: {}, Logarithm: {}, Exponential: {}, Gradient: {} };
    const settings: Settings = { imageTypes, binCount: 5, featureClasses: ['firstorder', 'glcm'] };
    fc.assert(
      fc.property(regions, planes, (region, plane) => {
        const here = volumesOf(region, spacing);
        const there = volumesOf(quarterTurn(region, plane), turnedSpacing(plane));
        expectSame(
          extractFeatures(there.image, there.mask, settings),
          extractFeatures(here.image, here.mask, settings),
          1e-9,
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('a constant added along with the origin of the bins', () => {
  it('leaves every texture feature, Entropy and Uniformity as they are', () => {
    const keys = [...textures, 'original_firstorder_Entropy', 'original_firstorder_Uniformity'];
    const widths = fc.constantFrom(0.25, 0.5, 2, 3, 8);
    fc.assert(
      fc.property(regions, widths, fc.integer({ min: -40, max: 40 }), (region, width, bins) => {
        // Bins of PyRadiomics begin at a multiple of their width, so whole widths move all of them.
        const grades = Float64Array.from(region.values, (value) => value / 4);
        const settings: Settings = { binWidth: width, featureClasses: keys };
        const of = (shift: number): [Volume, Volume] => [
          createVolume(
            grades.map((value) => value + shift),
            region.size,
          ),
          createVolume(region.mask, region.size),
        ];
        expectSame(
          extractFeatures(...of(bins * width), settings),
          extractFeatures(...of(0), settings),
          0,
        );
      }),
      runs,
    );
  });
});

/** A solid ellipsoid, whose surface has no corner that could be joined in two ways. */
function ellipsoid(radius: Vector3): TestRegion {
  const size = radius.map((r) => 2 * Math.ceil(r) + 1) as Vector3;
  const mask = new Uint8Array(size[0] * size[1] * size[2]);
  for (let i = 0; i < mask.length; i++) {
    const at = [
      i % size[0],
      Math.floor(i / size[0]) % size[1],
      Math.floor(i / (size[0] * size[1])),
    ];
    const square = at.reduce((sum, n, a) => sum + ((n - (size[a] - 1) / 2) / radius[a]) ** 2, 0);
    mask[i] = square <= 1 ? 1 : 0;
  }
  return { size, mask, values: new Int16Array(mask.length).fill(1) };
}
