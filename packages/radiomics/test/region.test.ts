import { createVolume, cropVolume, reorient, type TypedArray, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { extractFeatures, extractWithDiagnostics, type Settings } from '../src/index.js';
import { findLabelBox } from '../src/roi/find-box.js';
import { errorOf } from './support/compare.js';
import { readCases } from './support/fixtures.js';

const volumes = readCases('pyradiomics/vol3d.json.gz');
const blob = volumes[0];
const settings: Settings = { binWidth: 25 };

describe('bad input', () => {
  const image = createVolume(
    Float32Array.from({ length: 27 }, (_, i) => i),
    [3, 3, 3],
  );
  const full = createVolume(new Uint8Array(27).fill(1), [3, 3, 3]);

  it('refuses a mask on another grid and states both', () => {
    const mask = createVolume(new Uint8Array(27).fill(1), [3, 3, 3], { origin: [5, 0, 0] });
    expect(() => extractFeatures(image, mask)).toThrow(
      /mask lies on another grid.*origin \(5, 0, 0\)/,
    );
    const smaller = createVolume(new Uint8Array(18).fill(1), [3, 3, 2]);
    expect(() => extractFeatures(image, smaller)).toThrow(
      expect.objectContaining({ code: 'GRID_MISMATCH' }),
    );
  });

  it('refuses an empty mask', () => {
    const mask = createVolume(new Uint8Array(27), [3, 3, 3]);
    expect(() => extractFeatures(image, mask)).toThrow(
      expect.objectContaining({ code: 'EMPTY_MASK' }),
    );
  });

  it('says which labels there are when one is absent', () => {
    const mask = createVolume(
      Int16Array.from({ length: 27 }, (_, i) => [0, 7, 2, -1][i % 4]),
      [3, 3, 3],
    );
    expect(() => extractFeatures(image, mask)).toThrow(
      expect.objectContaining({ code: 'LABEL_ABSENT', label: 1, present: [-1, 2, 7] }),
    );
  });

  it.each([
    [[0], 'REGION_TOO_SMALL', 0],
    [[0, 1, 2], 'REGION_TOO_SMALL', 1],
  ])('refuses the voxels %j', (voxels, code, dimensions) => {
    const mask = createVolume(new Uint8Array(27), [3, 3, 3]);
    for (const v of voxels) mask.data.data[v] = 1;
    expect(() => extractFeatures(image, mask)).toThrow(
      expect.objectContaining({ code, voxels: voxels.length, dimensions }),
    );
  });

  it('says of a single voxel nothing but that', () => {
    const mask = createVolume(new Uint8Array(27).fill(1, 0, 1), [3, 3, 3]);
    expect(() => extractFeatures(image, mask)).toThrow(
      'The region has 1 voxel; expected more than one voxel.',
    );
  });

  it('refuses a region that is not larger than minimumROISize', () => {
    expect(() => extractFeatures(image, full, { minimumROISize: 27 })).toThrow(
      /more than 27 voxels/,
    );
    expect(Object.keys(extractFeatures(image, full, { minimumROISize: 26 }))).toHaveLength(107);
  });

  it('refuses NaN in the region by default, and infinity always', () => {
    const values = Float32Array.from(image.data.data);
    values[13] = Number.NaN;
    const broken = createVolume(values, [3, 3, 3]);
    expect(() => extractFeatures(broken, full)).toThrow(
      expect.objectContaining({ code: 'NON_FINITE_REGION', voxels: 1, first: [1, 1, 1] }),
    );
    expect(
      Number.isFinite(
        extractFeatures(broken, full, { nanPolicy: 'pyradiomics' })['original_firstorder_Mean'],
      ),
    ).toBe(true);
    values[5] = Infinity;
    expect(() => extractFeatures(broken, full, { nanPolicy: 'pyradiomics' })).toThrow(
      expect.objectContaining({ code: 'NON_FINITE_REGION', voxels: 2, first: [2, 1, 0] }),
    );
    values.fill(Number.NaN);
    expect(() => extractFeatures(broken, full, { nanPolicy: 'pyradiomics' })).toThrow(
      /No value of the region is a number/,
    );
  });

  it('reads no voxel outside the region', () => {
    const values = new Float32Array(27).fill(Number.NaN);
    values.set([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const mask = createVolume(new Uint8Array(27), [3, 3, 3]);
    mask.data.data.fill(1, 0, 9);
    expect(extractFeatures(createVolume(values, [3, 3, 3]), mask)['original_firstorder_Mean']).toBe(
      5,
    );
  });

  it('refuses bins that are far too narrow instead of filling the memory', () => {
    expect(() => extractFeatures(image, full, { binWidth: 1e-9 })).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_GRAY_LEVELS', limit: 2147483647 }),
    );
    const huge = createVolume(
      Float64Array.from({ length: 27 }, (_, i) => i * 1e300),
      [3, 3, 3],
    );
    expect(() => extractFeatures(huge, full)).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_GRAY_LEVELS' }),
    );
  });

  it('takes more gray levels than a table of all pairs has room for', () => {
    const values = createVolume(
      Float32Array.from({ length: 4800 }, (_, i) => i),
      [40, 40, 3],
    );
    const mask = createVolume(new Uint8Array(4800).fill(1), [40, 40, 3]);
    const featureClasses = ['glcm', 'glrlm', 'glszm', 'gldm', 'ngtdm', 'firstorder'];
    const features = extractFeatures(values, mask, { binWidth: 1, featureClasses });
    expect(features['original_glszm_ZonePercentage']).toBe(1);
    expect(features['original_glcm_MCC']).toBe(1);
  });

  it('takes few levels with wide gaps', () => {
    const values = createVolume(Float32Array.of(0, 60000, 0, 60000), [2, 2, 1]);
    const mask = createVolume(new Uint8Array(4).fill(1), [2, 2, 1]);
    const features = extractFeatures(values, mask, { binWidth: 1, featureClasses: ['glcm'] });
    // Half of the pairs, those along x and the diagonals, are 60000 apart: 1, 1, 1 and 0 of each direction.
    expect(features['original_glcm_Contrast']).toBe((3 / 4) * 60000 ** 2);
    expect(features['original_glcm_MaximumProbability']).toBe(0.5);
  });

  it('refuses volumes of echoes', () => {
    const echoes = createVolume(new Float32Array(54), [3, 3, 3, 2]);
    expect(() => extractFeatures(echoes, full)).toThrow(
      /image is \[3,3,3,2\]; expected a volume of three/,
    );
  });

  it('keeps nothing of a failed call', () => {
    const before = extractFeatures(blob.image, blob.mask, settings);
    expect(() => extractFeatures(image, full, { binWidth: 1e-9 })).toThrow();
    expect(extractFeatures(blob.image, blob.mask, settings)).toEqual(before);
  });
});

describe('the layout in memory does not matter', () => {
  const expected = extractFeatures(blob.image, blob.mask, settings);

  it('for a view of a part of the volume', () => {
    const { size, start } = extractWithDiagnostics(blob.image, blob.mask, settings).diagnostics.mask
      .boundingBox;
    const box = { start, size };
    expect(
      extractFeatures(cropVolume(blob.image, box), cropVolume(blob.mask, box), settings),
    ).toEqual(expected);
  });

  it('for the last axis fastest', () => {
    const copy = <T extends TypedArray>(v: Volume<T>): Volume => {
      const data = ndarray(new Float64Array(v.data.size), v.data.shape);
      const [nx = 0, ny = 0, nz = 0] = v.data.shape;
      for (let x = 0; x < nx; x++)
        for (let y = 0; y < ny; y++)
          for (let z = 0; z < nz; z++) data.set(x, y, z, v.data.get(x, y, z));
      return { ...v, data };
    };
    const found = extractFeatures(copy(blob.image), copy(blob.mask), settings);
    for (const [key, value] of Object.entries(expected)) {
      expect(errorOf(found[key], value), key).toBeLessThan(1e-12);
    }
  });

  it('for flipped axes, where a feature has no direction', () => {
    const flip = (v: Volume) => reorient(v, 'RAI');
    const found = extractFeatures(flip(blob.image), flip(blob.mask), settings);
    for (const [key, value] of Object.entries(expected)) {
      // PyRadiomics' mesh has small holes where voxels touch at edges and corners alone, and there it is
      // not the mirror image of the mesh of the mirrored mask; the tool's own values differ likewise.
      const ofMesh = /SurfaceArea|Sphericity|MeshVolume|SurfaceVolumeRatio/.test(key);
      expect(errorOf(found[key], value), key).toBeLessThan(ofMesh ? 2e-3 : 1e-10);
    }
  });
});

describe('findLabelBox', () => {
  it('finds the same box as looking at every voxel', () => {
    const shape = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.nat(200), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (size, at, dense) => {
          const [nx, ny, nz] = size;
          const data = ndarray(
            new Uint8Array(nx * ny * nz),
            size,
            dense ? [1, nx, nx * ny] : [ny * nz, nz, 1],
          );
          const first = [Infinity, Infinity, Infinity];
          const last = [-1, -1, -1];
          for (const i of at) {
            const index = [
              i % nx,
              Math.floor(i / nx) % ny,
              Math.floor(i / (nx * ny)) % nz,
            ] as const;
            data.set(...index, 3);
            index.forEach((v, axis) => {
              first[axis] = Math.min(first[axis], v);
              last[axis] = Math.max(last[axis], v);
            });
          }
          expect(findLabelBox(data, 3)).toEqual({ first, last });
        },
      ),
    );
  });
});
