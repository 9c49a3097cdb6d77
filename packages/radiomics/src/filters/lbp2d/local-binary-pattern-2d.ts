import {
  type Box,
  InvalidArgumentError,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { axisAcross } from '../../kernels/directions.js';
import { wantedBox, type WithinOptions } from '../wanted-box.js';
import { circleSampler } from './circle-sampler.js';
import { largestCode, type Lbp2DMethod, patternCode } from './pattern-codes.js';

/** Options of {@link localBinaryPattern2D}; the defaults are those of PyRadiomics. */
export interface LocalBinaryPattern2DOptions extends WithinOptions {
  /** Radius of the circle of neighbours in voxels, > 0. Default 1. */
  radius?: number;
  /** Neighbours on the circle, an integer from 1 to 53. Default 8. */
  samples?: number;
  /**
   * What the comparisons with the centre become. `'default'`: one bit each; `'ror'`: the smallest number
   * that rotating those bits gives; `'uniform'` (the default): how many neighbours are not below the
   * centre, or `samples + 1` where that changes more than twice along the circle; `'var'`: the variance of
   * the neighbours, whatever the centre.
   */
  method?: Lbp2DMethod;
  /** Axis across the planes: 0 = z (default), 1 = y, 2 = x, as in PyRadiomics. */
  force2Ddimension?: 0 | 1 | 2;
  /** What `'var'` gives where all neighbours are alike. Default 0; scikit-image gives NaN. Ignored by other methods. */
  flatVariance?: number;
}

/**
 * Local binary patterns of each plane of an image: how each voxel compares with the voxels on a circle
 * around it (Ojala, Pietikäinen and Mäenpää 2002), with the values of scikit-image.
 *
 * Values between voxels are interpolated linearly; beyond the image everything is 0. As in PyRadiomics
 * the result has the element type of the image, so that `'var'` of an integer image is cut to an integer;
 * where that type could not hold the patterns, it is `Int32Array` or `Float64Array`.
 *
 * @param image three dimensions
 * @throws InvalidArgumentError for options that cannot be, and a box outside the image
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { localBinaryPattern2D } from '@steatosis/radiomics';
 *
 * const image = createVolume(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), [3, 3, 1]);
 * console.log(localBinaryPattern2D(image).data.get(1, 1, 0)); // 4: half of the circle lies above
 * ```
 */
export function localBinaryPattern2D(
  image: Volume,
  options: LocalBinaryPattern2DOptions = {},
): Volume {
  const { radius = 1, samples = 8, method = 'uniform', force2Ddimension = 0 } = options;
  expectOptions(radius, samples, method);
  const { box, like } = wantedBox(image, options.within);
  const codes = arrayFor(image.data.data, box, largestCode(method, samples));
  const across = axisAcross(force2Ddimension);
  // PyRadiomics takes planes as [y][x], [z][x] and [y][z].
  const [rowAxis, columnAxis] = (
    [
      [1, 2],
      [2, 0],
      [1, 0],
    ] as const
  )[across];
  const sampler = circleSampler({ image, rowAxis, columnAxis, box }, { radius, samples });
  const codeOf = patternCode(method, samples, options.flatVariance ?? 0);
  const steps = [1, box.size[0], box.size[0] * box.size[1]] as const;
  for (let plane = 0; plane < box.size[across]; plane++) {
    sampler.load(across, box.start[across] + plane);
    for (let row = 0; row < box.size[rowAxis]; row++) {
      let to = plane * steps[across] + row * steps[rowAxis];
      for (let column = 0; column < box.size[columnAxis]; column++) {
        const centre = sampler.sample(row, column);
        codes[to] = codeOf(centre, sampler.neighbours);
        to += steps[columnAxis];
      }
    }
  }
  return volumeLike(like, codes);
}

function expectOptions(radius: number, samples: number, method: string): void {
  if (!(radius > 0 && radius < Infinity)) {
    throw new InvalidArgumentError('radius', radius, 'a radius in voxels, > 0');
  }
  if (!(Number.isInteger(samples) && samples >= 1 && samples <= 53)) {
    throw new InvalidArgumentError('samples', samples, 'an integer from 1 to 53');
  }
  if (!['default', 'ror', 'uniform', 'var'].includes(method)) {
    throw new InvalidArgumentError('method', method, 'default, ror, uniform or var');
  }
}

/** Room for the patterns of a box, in the type of the image where that holds them. */
function arrayFor(like: TypedArray, box: Box, largest: number): TypedArray {
  const length = box.size.reduce((product, n) => product * n, 1);
  const Same = like.constructor as new (length: number) => TypedArray;
  if (like instanceof Float32Array || like instanceof Float64Array || largest === Infinity) {
    // Single precision holds integers up to 2²⁴.
    return like instanceof Float32Array && largest > 2 ** 24 && largest < Infinity
      ? new Float64Array(length)
      : new Same(length);
  }
  if (largest <= largestOf(like)) return new Same(length);
  return largest < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
}

function largestOf(array: TypedArray): number {
  const bits = 8 * array.BYTES_PER_ELEMENT;
  const signed =
    array instanceof Int8Array || array instanceof Int16Array || array instanceof Int32Array;
  return 2 ** (signed ? bits - 1 : bits) - 1;
}
