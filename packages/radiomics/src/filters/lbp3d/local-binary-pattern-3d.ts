import { InvalidArgumentError, type Volume, volumeLike } from '@steatosis/core';
import { wantedBox, type WithinOptions } from '../wanted-box.js';
import { icosphere } from './icosphere.js';
import { excessKurtosis } from './excess-kurtosis.js';
import { SphereSampler } from './sphere-sampler.js';
import { SphericalPower } from './spherical-power.js';

/** Options of {@link localBinaryPattern3D}; the defaults are those of PyRadiomics. */
export interface LocalBinaryPattern3DOptions extends WithinOptions {
  /** Orders of spherical harmonics, an integer from 1 to 20. Default 2. */
  levels?: number;
  /** Radius of the sphere of neighbours in voxels, > 0. Default 1. */
  radius?: number;
  /** How often the faces of the icosahedron are divided, an integer from 0 to 5. Default 1: 42 neighbours. */
  subdivisions?: number;
}

/** What {@link localBinaryPattern3D} gives. */
export interface LocalBinaryPattern3D {
  /** One image for each order of spherical harmonics: `lbp-3D-m1`, `lbp-3D-m2`, … */
  orders: Volume<Float64Array>[];
  /** Excess kurtosis of the neighbours, `lbp-3D-k`; NaN where they are all alike. */
  kurtosis: Volume<Float64Array>;
}

/**
 * Local binary patterns on a sphere around each voxel, by the orders of their spherical harmonics, with the
 * values of PyRadiomics (after Banerjee et al. 2012, "3D LBP-based rotationally invariant region
 * description").
 *
 * Neighbours are the points of an icosphere, interpolated by cubic splines; a point counts where its value
 * is not below that of the centre. Distances are in voxels, whatever their size in mm. Beyond the image
 * everything is 0.
 *
 * @param image three dimensions
 * @throws InvalidArgumentError for options that cannot be, and a box outside the image
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { localBinaryPattern3D } from '@steatosis/radiomics';
 *
 * const ramp = createVolume(Int16Array.from({ length: 125 }, (_, i) => 10 * (i % 5)), [5, 5, 5]);
 * const { orders } = localBinaryPattern3D(ramp);
 * console.log(orders.length, orders[0].data.get(2, 2, 2).toFixed(4)); // 2 12.8930: 25 of 42 lie not below
 * ```
 */
export function localBinaryPattern3D(
  image: Volume,
  options: LocalBinaryPattern3DOptions = {},
): LocalBinaryPattern3D {
  const { levels = 2, radius = 1, subdivisions = 1 } = options;
  expectOptions(levels, radius, subdivisions);
  const { box, like } = wantedBox(image, options.within);
  const points = icosphere(subdivisions, radius);
  const sampler = new SphereSampler(image, box, points);
  const power = new SphericalPower(points, radius, levels);
  const [nx, ny, nz] = box.size;
  const orders = Array.from({ length: levels }, () => new Float64Array(nx * ny * nz));
  const kurtosis = new Float64Array(nx * ny * nz);
  const single = image.data.data instanceof Float32Array;
  const pattern = new Uint8Array(sampler.values.length);
  const norms = new Float64Array(levels);
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        const centre = like.data.get(x, y, z);
        sampler.sample(x, y, z);
        for (let v = 0; v < pattern.length; v++) pattern[v] = sampler.values[v] >= centre ? 1 : 0;
        power.measure(pattern, norms);
        for (let n = 0; n < levels; n++) orders[n][at] = norms[n];
        kurtosis[at] = excessKurtosis(sampler.values, single);
      }
    }
  }
  return {
    orders: orders.map((norm) => volumeLike(like, norm)),
    kurtosis: volumeLike(like, kurtosis),
  };
}

function expectOptions(levels: number, radius: number, subdivisions: number): void {
  if (!(Number.isInteger(levels) && levels >= 1 && levels <= 20)) {
    throw new InvalidArgumentError('levels', levels, 'an integer from 1 to 20');
  }
  if (!(radius > 0 && radius < Infinity)) {
    throw new InvalidArgumentError('radius', radius, 'a radius in voxels, > 0');
  }
  if (!(Number.isInteger(subdivisions) && subdivisions >= 0 && subdivisions <= 5)) {
    throw new InvalidArgumentError('subdivisions', subdivisions, 'an integer from 0 to 5');
  }
}
