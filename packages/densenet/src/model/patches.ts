import { InvalidArgumentError, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { ResolvedConfig } from '../architecture/config.js';
import { type Images, newImages } from '../kernels/matrix.js';

/** Patches [n, channels, height, width] of any numeric element type and any strides. */
export type Patches = NdArray<TypedArray>;

/** @throws InvalidArgumentError when the shape does not fit the net, or a value is not finite */
export function checkPatches(patches: Patches, config: ResolvedConfig): void {
  const shape: unknown = (patches as Partial<Patches> | null | undefined)?.shape;
  if (!Array.isArray(shape) || shape.length !== 4) {
    throw new InvalidArgumentError(
      'patches',
      Array.isArray(shape) ? shape : patches,
      'an NdArray of shape [n, channels, height, width]',
    );
  }
  if (!ArrayBuffer.isView(patches.data) || typeof patches.data[0] === 'bigint') {
    throw new InvalidArgumentError(
      'patches',
      patches.dtype,
      'an NdArray over a numeric typed array',
    );
  }
  const [n, channels, height, width] = patches.shape as [number, number, number, number];
  if (n < 1) throw new InvalidArgumentError('patches', shape, 'at least one patch');
  if (channels !== config.inChannels) {
    throw new InvalidArgumentError(
      'patches',
      shape,
      `${config.inChannels} channels (inChannels) on the second axis`,
    );
  }
  const { inputSize } = config;
  if (inputSize && (height !== inputSize[0] || width !== inputSize[1])) {
    throw new InvalidArgumentError(
      'patches',
      shape,
      `patches of ${inputSize[0]}×${inputSize[1]} pixels (inputSize)`,
    );
  }
  checkFinite(patches);
}

/** The patches at the given places of the first axis, as channels-last images. */
export function batchOf(patches: Patches, indices: ArrayLike<number>): Images {
  const [, channels, height, width] = patches.shape as [number, number, number, number];
  const [sn, sc, sh, sw] = patches.stride as [number, number, number, number];
  const source = patches.data;
  const images = newImages(indices.length, height, width, channels);
  let to = 0;
  for (let image = 0; image < indices.length; image++) {
    const start = patches.offset + indices[image] * sn;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let from = start + y * sh + x * sw;
        for (let c = 0; c < channels; c++, from += sc) images.data[to++] = source[from];
      }
    }
  }
  return images;
}

/** Also refuses numbers that float32 cannot hold. */
function checkFinite(patches: Patches): void {
  for (let i = 0; i < patches.shape[0]; i++) {
    const { data } = batchOf(patches, [i]);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new InvalidArgumentError(
        'patches',
        data[bad],
        `finite float32 numbers; patch ${i} has others`,
      );
    }
  }
}
