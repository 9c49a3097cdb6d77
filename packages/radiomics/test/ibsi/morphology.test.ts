import { createVolume, GridMismatchError, type Vector3 } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmptyMaskError, LabelAbsentError, RegionTooSmallError } from '../../src/index.js';
import { convexHull, measureHull } from '../../src/ibsi/morphology/convex-hull.js';
import { measureEllipsoid } from '../../src/ibsi/morphology/ellipsoids.js';
import { enclosingEllipsoid } from '../../src/ibsi/morphology/enclosing-ellipsoid.js';
import { measureMorphology } from '../../src/ibsi/morphology/morphology-measures.js';
import { morphologyTable, type MorphologyTag } from '../../src/ibsi/morphology/morphology.js';
import { smallOrientedBox } from '../../src/ibsi/morphology/oriented-box.js';
import { Workspace } from '../../src/kernels/workspace.js';
import { mirrored, permuted, type TestRegion, testRegions, volumesOf } from '../support/regions.js';

const runs = { numRuns: 60 };

const points = fc
  .array(fc.tuple(fc.nat(12), fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 60 })
  // Four corners that are not in one plane, so that there is a hull.
  .map((list) => Int32Array.from([0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, ...list.flat()]));

function features({ image, mask }: ReturnType<typeof volumesOf>): Record<MorphologyTag, number> {
  const measures = measureMorphology(image, mask, mask);
  return Object.fromEntries(
    Object.values(morphologyTable).map(({ tag, compute }) => [tag, compute(measures)]),
  ) as Record<MorphologyTag, number>;
}

describe('the convex hull', () => {
  it('of points on a lattice has the corners of the cube alone', () => {
    const lattice: number[] = [];
    for (let z = 0; z < 5; z++) {
      for (let y = 0; y < 5; y++) for (let x = 0; x < 5; x++) lattice.push(x, y, z);
    }
    const hull = convexHull(Int32Array.from(lattice));
    expect(hull.points).toHaveLength(3 * 8);
    expect(hull.triangles).toHaveLength(3 * 12);
    expect(measureHull(hull, [0.5, 1, 2])).toEqual({
      volume: 64,
      area: 2 * (2 * 4 + 4 * 8 + 8 * 2),
    });
  });

  it('is closed and has no point outside', () => {
    fc.assert(
      fc.property(points, (list) => {
        const hull = convexHull(list);
        const edges = new Set<string>();
        const corner = (i: number) => hull.points.subarray(3 * i, 3 * i + 3);
        for (let t = 0; t < hull.triangles.length; t += 3) {
          const [a, b, c] = hull.triangles.subarray(t, t + 3);
          for (const [from, to] of [
            [a, b],
            [b, c],
            [c, a],
          ]) {
            expect(edges.has(`${from}-${to}`)).toBe(false);
            edges.add(`${from}-${to}`);
          }
          for (let i = 0; i < list.length; i += 3) {
            const above = determinant(corner(a), corner(b), corner(c), list.subarray(i, i + 3));
            expect(above).toBeLessThanOrEqual(0);
          }
        }
        for (const edge of edges) expect(edges.has(edge.split('-').reverse().join('-'))).toBe(true);
        // Euler: corners − edges + faces = 2.
        expect(hull.points.length / 3 - edges.size / 2 + hull.triangles.length / 3).toBe(2);
      }),
      runs,
    );
  });
});

describe('the oriented box', () => {
  it('of a prism on its edge is the prism', () => {
    const prism = Int32Array.from([-6, 6].flatMap((z) => [5, 0, z, 0, 5, z, -5, 0, z, 0, -5, z]));
    const box = smallOrientedBox(convexHull(prism), [1, 1, 1]);
    expect(box.volume).toBeCloseTo(50 * 12, 9);
    expect(box.area).toBeCloseTo(2 * 50 + 4 * Math.sqrt(50) * 12, 9);
  });

  it('holds every point and is no larger than the box along the axes', () => {
    const steps = fc.constantFrom<Vector3>([1, 1, 1], [0.5, 1.25, 3]);
    fc.assert(
      fc.property(points, steps, (list, step) => {
        const hull = convexHull(list);
        const box = smallOrientedBox(hull, step);
        const extents = [0, 1, 2].map((axis) => {
          const along = list.filter((_, i) => i % 3 === axis);
          return (Math.max(...along) - Math.min(...along)) * step[axis];
        });
        const inMm = Float64Array.from(list, (n, i) => n * step[i % 3]);
        box.directions.forEach((direction, d) => {
          const along: number[] = [];
          for (let i = 0; i < inMm.length; i += 3) {
            along.push(direction.reduce((sum, c, axis) => sum + c * inMm[i + axis], 0));
          }
          expect(Math.max(...along) - Math.min(...along)).toBeCloseTo(box.extents[d], 9);
        });
        expect(box.volume).toBeLessThanOrEqual(extents[0] * extents[1] * extents[2] * (1 + 1e-9));
        expect(box.volume).toBeGreaterThanOrEqual(measureHull(hull, step).volume * (1 - 1e-9));
      }),
      runs,
    );
  });
});

describe('ellipsoids', () => {
  it('have the area of the series, evaluated with the Legendre polynomials of numpy 1.26', () => {
    // 4π·a·b·Σ (αβ)^ν/(1 − 4ν²)·legval((α² + β²)/(2αβ)) for the axes of IBSI's digital phantom.
    const { area } = measureEllipsoid([
      11.402387266727747 / 2,
      9.308010776621932 / 2,
      8.535981219598833 / 2,
    ]);
    expect(388.0706 / area).toBeCloseTo(1.3551286301649301, 12);
  });

  it('are exact for a sphere, and vanish with their axes', () => {
    const sphere = measureEllipsoid([3, 3, 3]);
    expect(sphere.area).toBeCloseTo(36 * Math.PI, 12);
    expect(sphere.volume).toBeCloseTo(36 * Math.PI, 12);
    expect(measureEllipsoid([3, 2, 0]).volume).toBe(0);
    expect(measureEllipsoid([3, 0, 0])).toEqual({ volume: 0, area: 0 });
    expect(measureEllipsoid([0, 0, 0])).toEqual({ volume: 0, area: 0 });
  });

  it('of least volume around a box have √3 times its half sides', () => {
    const box = Float64Array.from(
      [0, 2].flatMap((x) => [1, 7].flatMap((y) => [-5, 5].flatMap((z) => [x, y, z]))),
    );
    const { centre, semiAxes } = enclosingEllipsoid(box, new Workspace());
    centre.forEach((c, axis) => expect(c).toBeCloseTo([1, 4, 0][axis], 8));
    semiAxes.forEach((a, i) => expect(a).toBeCloseTo(Math.sqrt(3) * [5, 3, 1][i], 8));
  });

  it('of least volume hold every point, and touch enough of them', () => {
    fc.assert(
      fc.property(points, (list) => {
        const corners = Float64Array.from(convexHull(list).points);
        const { centre, inverseShape, semiAxes } = enclosingEllipsoid(corners, new Workspace());
        let touching = 0;
        for (let i = 0; i < corners.length; i += 3) {
          const d = centre.map((c, axis) => corners[i + axis] - c);
          let square = 0;
          for (let a = 0; a < 3; a++) {
            for (let b = 0; b < 3; b++) square += d[a] * inverseShape[3 * a + b] * d[b];
          }
          expect(square).toBeLessThanOrEqual(1 + 1e-9);
          if (square > 1 - 1e-4) touching++;
        }
        expect(touching).toBeGreaterThanOrEqual(4);
        // The shrunken copy by the factor 3 about its centre lies in the hull (John 1948).
        const volume = (4 / 3) * Math.PI * semiAxes[0] * semiAxes[1] * semiAxes[2];
        const hull = measureHull(convexHull(list), [1, 1, 1]).volume;
        expect(volume).toBeGreaterThan(hull);
        expect(volume / 27).toBeLessThan(hull);
      }),
      runs,
    );
  });
});

describe('morphology', () => {
  it('of a single block follows from its sides', () => {
    const found = features(
      volumesOf(
        { size: [4, 3, 2], values: new Int16Array(24).fill(2), mask: new Uint8Array(24).fill(1) },
        [2, 2, 2],
      ),
    );
    expect(found.morph_vol_approx).toBe(192);
    expect(found.morph_vol_dens_aabb).toBeCloseTo(found.morph_volume / 192, 12);
    expect(found.morph_area_dens_aabb).toBeCloseTo(found.morph_area_mesh / 208, 12);
    // Its mesh is convex.
    expect(found.morph_vol_dens_conv_hull).toBeCloseTo(1, 12);
    expect(found.morph_area_dens_conv_hull).toBeCloseTo(1, 12);
    expect(found.morph_com).toBeCloseTo(0, 12);
    expect(found.morph_integ_int).toBeCloseTo(2 * found.morph_volume, 9);
    // Variance of 1 … n divided by N − 1, 24 voxels.
    const axis = (n: number) => 4 * 2 * Math.sqrt((((n * n - 1) / 12) * 24) / 23);
    expect(found.morph_pca_maj_axis).toBeCloseTo(axis(4), 10);
    expect(found.morph_pca_min_axis).toBeCloseTo(axis(3), 10);
    expect(found.morph_pca_least_axis).toBeCloseTo(axis(2), 10);
  });

  it('keeps hull, boxes and ellipsoid around one another', () => {
    fc.assert(
      fc.property(testRegions, (region) => {
        const volumes = volumesOf(region, [1, 1.5, 2]);
        const m = measureMorphology(volumes.image, volumes.mask, volumes.mask);
        expect(m.convexHull.volume).toBeGreaterThanOrEqual(m.mesh.volume * (1 - 1e-12));
        expect(m.orientedBox.volume).toBeGreaterThanOrEqual(m.convexHull.volume * (1 - 1e-12));
        expect(m.axisAlignedBox.volume).toBeGreaterThanOrEqual(m.orientedBox.volume * (1 - 1e-12));
        expect(m.enclosingEllipsoid.volume).toBeGreaterThan(m.convexHull.volume);
        expect(m.axisAlignedBox.area).toBeGreaterThanOrEqual(m.convexHull.area * (1 - 1e-12));
        expect(m.maximumDiameter).toBeLessThanOrEqual(
          Math.hypot(...region.size.map((n, i) => n * [1, 1.5, 2][i])),
        );
      }),
      runs,
    );
  });

  it('does not depend on the order and direction of the axes, but for the mesh', () => {
    // Corners that touch are joined or parted by the direction of the axes: see PyRadiomics' mesh.
    const solids = (region: TestRegion, spacing: Vector3) => {
      const { image, mask } = volumesOf(region, spacing);
      const m = measureMorphology(image, mask, mask);
      return [
        m.voxelVolume,
        m.convexHull.volume,
        m.convexHull.area,
        m.enclosingEllipsoid.volume,
        m.axisAlignedBox.volume,
        m.axisAlignedBox.area,
        m.orientedBox.volume,
        m.approximateEllipsoid.volume,
        m.approximateEllipsoid.area,
        m.maximumDiameter,
        m.meanIntensity,
        m.centreOfMassShift,
        ...m.semiAxes,
      ];
    };
    const orders = fc.constantFrom<Vector3>([1, 0, 2], [2, 1, 0], [1, 2, 0]);
    fc.assert(
      fc.property(testRegions, orders, fc.nat(2), (region, order, axis) => {
        const spacing: Vector3 = [1, 1.5, 2];
        const expected = solids(region, spacing);
        const turned = solids(permuted(region, order), order.map((a) => spacing[a]) as Vector3);
        for (const found of [turned, solids(mirrored(region, axis), spacing)]) {
          // The ellipsoid is found to 1e-9 of its volume.
          found.forEach((value, i) =>
            expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(
              1e-8 * Math.max(1, Math.abs(expected[i])),
            ),
          );
        }
      }),
      runs,
    );
  });

  it('weighs the intensity mask and measures the morphological one', () => {
    const image = createVolume(
      Float32Array.from({ length: 8 }, (_, i) => i),
      [8, 1, 1],
    );
    const form = createVolume(new Uint8Array(8).fill(1), [8, 1, 1]);
    const intensity = createVolume(Uint8Array.from([0, 0, 1, 0, 0, 0, 1, 0]), [8, 1, 1]);
    const m = measureMorphology(image, intensity, form);
    expect(m.meanIntensity).toBe(4);
    expect(m.voxelVolume).toBe(8);
    // (2·2 + 6·6)/8 = 5 against 3.5.
    expect(m.centreOfMassShift).toBeCloseTo(1.5, 12);
  });

  it('gives the documented values for a line, a slice, and weights that cancel', () => {
    const line = features(
      volumesOf({
        size: [5, 1, 1],
        values: new Int16Array(5).fill(1),
        mask: new Uint8Array(5).fill(1),
      }),
    );
    expect(line.morph_pca_least_axis).toBe(0);
    expect(line.morph_pca_elongation).toBe(0);
    expect(line.morph_vol_dens_aee).toBeNaN();
    expect(line.morph_area_dens_aee).toBeNaN();
    expect(line.morph_vol_dens_mvee).toBeGreaterThan(0);
    const values = Int16Array.from([-1, 1, -1, 1]);
    const slice = features(volumesOf({ size: [2, 2, 1], values, mask: new Uint8Array(4).fill(1) }));
    expect(slice.morph_vol_dens_aee).toBeNaN();
    expect(slice.morph_area_dens_aee).toBeGreaterThan(0);
    expect(slice.morph_com).toBeNaN();
    expect(slice.morph_pca_flatness).toBe(0);
  });

  it('names what is wrong with a mask', () => {
    const image = createVolume(new Float32Array(8), [2, 2, 2]);
    const mask = (voxels: number[]) => createVolume(Uint8Array.from(voxels), [2, 2, 2]);
    const full = mask([1, 1, 1, 1, 1, 1, 1, 1]);
    const empty = mask([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(() => measureMorphology(image, empty, full)).toThrow(EmptyMaskError);
    expect(() => measureMorphology(image, full, empty)).toThrow(EmptyMaskError);
    expect(() => measureMorphology(image, full, mask([2, 0, 0, 0, 0, 0, 0, 0]))).toThrow(
      LabelAbsentError,
    );
    expect(() => measureMorphology(image, mask([1, 0, 0, 0, 0, 0, 0, 0]), full)).toThrow(
      RegionTooSmallError,
    );
    const elsewhere = createVolume(new Uint8Array(8).fill(1), [2, 2, 2], { spacing: [2, 1, 1] });
    expect(() => measureMorphology(image, full, elsewhere)).toThrow(GridMismatchError);
  });
});

function determinant(a: Int32Array, b: Int32Array, c: Int32Array, p: Int32Array): number {
  const [u, v, w] = [b, c, p].map((q) => [q[0] - a[0], q[1] - a[1], q[2] - a[2]]);
  return (
    (u[1] * v[2] - u[2] * v[1]) * w[0] +
    (u[2] * v[0] - u[0] * v[2]) * w[1] +
    (u[0] * v[1] - u[1] * v[0]) * w[2]
  );
}
