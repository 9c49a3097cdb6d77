import { createVolume, cropVolume, type Vector3, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extractFeatures, type Settings } from '../src/index.js';

const size: Vector3 = [34, 33, 31];
const start: Vector3 = [14, 13, 14];
const inside: Vector3 = [5, 6, 4];

/**
 * Image types, and how far around the region their values reach. LoG and LBP3D are left out: recursive
 * filters and splines see the whole image.
 */
const types: [string, NonNullable<Settings['imageTypes']>, Vector3][] = [
  ['the original', { Original: {} }, [0, 0, 0]],
  // Their scale is that of the largest value of the image, which lies in the region here.
  ['squares', { Square: {} }, [0, 0, 0]],
  ['square roots', { SquareRoot: {} }, [0, 0, 0]],
  ['logarithms', { Logarithm: {} }, [0, 0, 0]],
  ['exponentials', { Exponential: {} }, [0, 0, 0]],
  ['gradients', { Gradient: {} }, [1, 1, 1]],
  // As many voxels as the filter has taps (6, 4) less one, for each level twice as many.
  ['wavelets', { Wavelet: { wavelet: 'coif1' } }, [5, 5, 5]],
  ['wavelets of two levels', { Wavelet: { wavelet: 'db2', level: 2 } }, [9, 9, 9]],
  ['wavelets of two axes', { Wavelet: { wavelet: 'haar', force2D: true } }, [1, 1, 0]],
  ['local binary patterns', { LBP2D: { force2D: true } }, [2, 2, 0]],
];

/** Values without order, the largest magnitude in the region. */
function imageOf(seed: number): Volume<Float64Array> {
  const values = Float64Array.from({ length: size[0] * size[1] * size[2] }, (_, i) => {
    const mixed = Math.imul((i + 1) ^ seed, 0x9e3779b1) >>> 7;
    return (mixed % 2001) / 10 - 80;
  });
  values[start[0] + size[0] * (start[1] + size[1] * start[2])] = 200;
  return createVolume(values, size, { spacing: [1, 1.25, 2] });
}

function maskOf(seed: number): Volume<Uint8Array> {
  const mask = createVolume(new Uint8Array(size[0] * size[1] * size[2]), size, {
    spacing: [1, 1.25, 2],
  });
  for (let z = 0; z < inside[2]; z++) {
    for (let y = 0; y < inside[1]; y++) {
      for (let x = 0; x < inside[0]; x++) {
        const corner = x + y + z === 0 || x + y + z === inside[0] + inside[1] + inside[2] - 3;
        const filled = corner || ((seed >> ((x + 2 * y + 3 * z) % 16)) & 1) === 1;
        mask.data.set(start[0] + x, start[1] + y, start[2] + z, filled ? 1 : 0);
      }
    }
  }
  return mask;
}

it.each(types)(
  'features of %s see nothing beyond the box and the reach of the filter',
  (_, imageTypes, reach) => {
    const settings: Settings = {
      imageTypes,
      binCount: 6,
      featureClasses: ['firstorder', 'glcm', 'glszm'],
    };
    fc.assert(
      fc.property(fc.nat(), fc.nat(65535), fc.nat(2), fc.nat(2), (seed, holes, more, less) => {
        const image = imageOf(seed);
        const mask = maskOf(holes);
        const box = {
          start: start.map((n, axis) => n - reach[axis] - more) as Vector3,
          size: inside.map((n, axis) => n + 2 * reach[axis] + more + less) as Vector3,
        };
        const expected = extractFeatures(image, mask, settings);
        const found = extractFeatures(cropVolume(image, box), cropVolume(mask, box), settings);
        expect(Object.keys(expected).length).toBeGreaterThan(50);
        expect(Object.keys(found)).toEqual(Object.keys(expected));
        const different = Object.keys(expected).filter(
          (key) => !Object.is(found[key], expected[key]),
        );
        expect(different).toEqual([]);
      }),
      { numRuns: 8 },
    );
  },
);
