import { createVolume, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NonFiniteRegionError } from '../../src/index.js';
import { complexArray, fastLength, Fft } from '../../src/ibsi/spatial/fft.js';
import { inverseDistanceSums } from '../../src/ibsi/spatial/inverse-distance-sums.js';
import { measureSpatial } from '../../src/ibsi/spatial/spatial-measures.js';
import { spatialTable } from '../../src/ibsi/spatial/spatial.js';
import { measureLocalIntensity } from '../../src/ibsi/local-intensity/local-intensity-measures.js';
import { mirrored, permuted, type TestRegion, testRegions, volumesOf } from '../support/regions.js';

const runs = { numRuns: 40 };
const spacings = fc.constantFrom<Vector3>([1, 1, 1], [0.7, 1.5, 3], [4, 4, 2.5]);

/** The voxels of a region with their place in mm. */
function voxelsOf({ size, values, mask }: TestRegion, spacing: Vector3) {
  return Array.from(values, (value, i) => ({
    inside: mask[i] === 1,
    value,
    at: [i % size[0], Math.floor(i / size[0]) % size[1], Math.floor(i / (size[0] * size[1]))].map(
      (n, axis) => n * spacing[axis],
    ),
  }));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe('the Fourier transform', () => {
  it.each([1, 2, 3, 4, 6, 8, 9, 12, 16, 27, 36, 54])(
    'of length %d is that of its definition',
    (n) => {
      const batch = 2;
      const x = complexArray(n * batch);
      for (let i = 0; i < n * batch; i++) {
        x.re[i] = Math.sin(1 + i * i);
        x.im[i] = Math.cos(2 + 3 * i);
      }
      const { re, im } = { re: x.re.slice(), im: x.im.slice() };
      const found = new Fft(n).transform(x, complexArray(n * batch), batch);
      for (let b = 0; b < batch; b++) {
        for (let k = 0; k < n; k++) {
          let sumR = 0;
          let sumI = 0;
          for (let i = 0; i < n; i++) {
            const angle = (-2 * Math.PI * k * i) / n;
            const [r, q] = [re[i * batch + b], im[i * batch + b]];
            sumR += r * Math.cos(angle) - q * Math.sin(angle);
            sumI += r * Math.sin(angle) + q * Math.cos(angle);
          }
          expect(found.re[k * batch + b]).toBeCloseTo(sumR, 11);
          expect(found.im[k * batch + b]).toBeCloseTo(sumI, 11);
        }
      }
    },
  );

  it('is given the smallest length that suits it', () => {
    expect([1, 2, 5, 7, 10, 13, 17, 33, 199, 250].map(fastLength)).toEqual([
      1, 2, 6, 8, 12, 16, 18, 36, 216, 256,
    ]);
  });
});

describe('spatial autocorrelation', () => {
  it('equals the sums over all pairs of voxels', () => {
    fc.assert(
      fc.property(testRegions, spacings, (region, spacing) => {
        const inside = voxelsOf(region, spacing).filter((voxel) => voxel.inside);
        const n = inside.length;
        const mean = inside.reduce((sum, { value }) => sum + value, 0) / n;
        let weights = 0;
        let products = 0;
        let differences = 0;
        let squares = 0;
        for (const a of inside) {
          squares += (a.value - mean) ** 2;
          for (const b of inside) {
            if (a === b) continue;
            const w = 1 / distance(a.at, b.at);
            weights += w;
            products += w * (a.value - mean) * (b.value - mean);
            differences += w * (a.value - b.value) ** 2;
          }
        }
        fc.pre(squares > 0);
        const { image, mask } = volumesOf(region, spacing);
        const measured = measureSpatial(image, mask);
        const moran = (n * products) / (weights * squares);
        const geary = ((n - 1) * differences) / (2 * weights * squares);
        expect(spatialTable.morph_moran_i.compute(measured)).toBeCloseTo(moran, 10);
        expect(spatialTable.morph_geary_c.compute(measured)).toBeCloseTo(geary, 10);
      }),
      runs,
    );
  });

  it('is the same however few frequencies fit into memory', () => {
    fc.assert(
      fc.property(testRegions, spacings, ({ size, values, mask }, spacing) => {
        const field = {
          size,
          spacing,
          inside: mask,
          values: Float64Array.from(values, (v, i) => v * mask[i]),
        };
        const whole = inverseDistanceSums(field);
        const bitByBit = inverseDistanceSums(field, 1);
        expect(bitByBit).toEqual(whole);
      }),
      runs,
    );
  });

  it('does not depend on the order and direction of the axes', () => {
    const both = (region: TestRegion, spacing: Vector3) => {
      const { image, mask } = volumesOf(region, spacing);
      const measured = measureSpatial(image, mask);
      return Object.values(spatialTable).map(({ compute }) => compute(measured));
    };
    fc.assert(
      fc.property(testRegions, spacings, fc.nat(2), (region, spacing, axis) => {
        const [moran, geary] = both(region, spacing);
        const turned = both(permuted(region, [2, 0, 1]), [spacing[2], spacing[0], spacing[1]]);
        const seen = both(mirrored(region, axis), spacing);
        for (const found of [turned, seen]) {
          expect(found[0]).toBeCloseTo(moran, 10);
          expect(found[1]).toBeCloseTo(geary, 10);
        }
      }),
      runs,
    );
  });

  it('has constants for a flat region, also where the mean is rounded', () => {
    const image = createVolume(new Float64Array(27).fill(0.1), [3, 3, 3]);
    const mask = createVolume(new Uint8Array(27).fill(1), [3, 3, 3]);
    const measured = measureSpatial(image, mask);
    expect(spatialTable.morph_moran_i.compute(measured)).toBe(1);
    expect(spatialTable.morph_geary_c.compute(measured)).toBe(0);
  });
});

describe('intensity peaks', () => {
  it('equal the means over all voxels within 6.2 mm', () => {
    const radius = Math.cbrt(3000 / (4 * Math.PI));
    fc.assert(
      fc.property(testRegions, spacings, (region, spacing) => {
        const voxels = voxelsOf(region, spacing);
        const mean = (centre: readonly number[]) => {
          const near = voxels.filter(({ at }) => distance(at, centre) <= radius);
          return near.reduce((sum, { value }) => sum + value, 0) / near.length;
        };
        const inside = voxels.filter((voxel) => voxel.inside);
        const highest = Math.max(...inside.map(({ value }) => value));
        const { image, mask } = volumesOf(region, spacing);
        const { localPeak, globalPeak } = measureLocalIntensity(image, mask);
        expect(globalPeak).toBeCloseTo(Math.max(...inside.map(({ at }) => mean(at))), 10);
        expect(localPeak).toBeCloseTo(
          Math.max(...inside.filter((v) => v.value === highest).map(({ at }) => mean(at))),
          10,
        );
      }),
      runs,
    );
  });

  it('stay bounded where voxels are far smaller than the sphere', () => {
    const grid = { spacing: [1e-3, 1e-3, 1e-3] as Vector3 };
    const image = createVolume(
      Float32Array.from({ length: 64 }, (_, i) => i),
      [4, 4, 4],
      grid,
    );
    const mask = createVolume(new Uint8Array(64).fill(1), [4, 4, 4], grid);
    expect(measureLocalIntensity(image, mask)).toEqual({ localPeak: 31.5, globalPeak: 31.5 });
  });

  it('refuse a neighbourhood that is no number', () => {
    const image = createVolume(
      Float32Array.from({ length: 27 }, (_, i) => i),
      [3, 3, 3],
    );
    image.data.set(0, 2, 1, NaN);
    const mask = createVolume(new Uint8Array(27), [3, 3, 3]);
    mask.data.set(2, 2, 2, 1);
    mask.data.set(2, 1, 2, 1);
    expect(() => measureLocalIntensity(image, mask)).toThrow(NonFiniteRegionError);
    expect(() => measureLocalIntensity(image, mask)).toThrow(/first at \(0, 2, 1\)/);
  });
});
