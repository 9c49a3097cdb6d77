import { createRandom, InvalidArgumentError, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { patchOf, planesOf } from './patch.js';

/** How {@link addNoise} disturbs. */
export interface AddNoiseOptions {
  /** Standard deviation in the unit of the patch, ≥ 0. */
  sd: number;
  /** An integer; the same seed gives the same noise. */
  seed: number;
}

/**
 * Add Gaussian noise, independent from pixel to pixel.
 *
 * @returns a patch of the same shape in single precision
 */
export function addNoise<T extends TypedArray>(
  patch: NdArray<T>,
  options: AddNoiseOptions,
): NdArray<Float32Array> {
  const { sd, seed } = checkedOptions('addNoise', options, ['sd', 'seed']);
  if (!(sd >= 0 && Number.isFinite(sd))) {
    throw new InvalidArgumentError('sd', sd, 'a finite number ≥ 0');
  }
  const random = createRandom(seed);
  const planes = planesOf(patch);
  const data = Float32Array.from(planes.data);
  for (let i = 0; i < data.length; i++) data[i] += sd * random.normal();
  return patchOf({ ...planes, data });
}
