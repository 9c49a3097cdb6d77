import { InvalidArgumentError, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { planesOf, rearranged, reflected } from './patch.js';

/** Mirror left and right: torchvision's `hflip`. */
export function flipHorizontal<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  const planes = planesOf(patch);
  const { height, width } = planes;
  return rearranged(planes, height, width, (y, x) => y * width + width - 1 - x);
}

/** Mirror top and bottom: torchvision's `vflip`. */
export function flipVertical<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  const planes = planesOf(patch);
  const { height, width } = planes;
  return rearranged(planes, height, width, (y, x) => (height - 1 - y) * width + x);
}

/** Swap rows and columns. */
export function transpose<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  const planes = planesOf(patch);
  const { height, width } = planes;
  return rearranged(planes, width, height, (y, x) => x * width + y);
}

/**
 * Turn by quarter turns: `torch.rot90(patch, k, (-2, -1))`.
 *
 * @param quarterTurnsCcw counter-clockwise, any integer
 * @example
 * ```ts
 * import ndarray from 'ndarray';
 * import { rotate90 } from '@steatosis/io';
 *
 * const patch = ndarray(new Float32Array([1, 2, 3, 4]), [2, 2]);
 * console.log([...rotate90(patch, 1).data]); // [ 2, 4, 1, 3 ]
 * ```
 */
export function rotate90<T extends TypedArray>(
  patch: NdArray<T>,
  quarterTurnsCcw: number,
): NdArray<T> {
  if (!Number.isInteger(quarterTurnsCcw)) {
    throw new InvalidArgumentError('quarterTurnsCcw', quarterTurnsCcw, 'an integer');
  }
  const planes = planesOf(patch);
  const { height, width } = planes;
  switch (((quarterTurnsCcw % 4) + 4) % 4) {
    case 1:
      return rearranged(planes, width, height, (y, x) => x * width + width - 1 - y);
    case 2:
      return rearranged(planes, height, width, (y, x) => (height - 1 - y) * width + width - 1 - x);
    case 3:
      return rearranged(planes, width, height, (y, x) => (height - 1 - x) * width + y);
    default:
      return rearranged(planes, height, width, (y, x) => y * width + x);
  }
}

/** How {@link translateReflect} moves. */
export interface TranslateReflectOptions {
  /** Pixels to the right, a whole number. Default 0. */
  dx?: number | undefined;
  /** Pixels downwards, a whole number. Default 0. */
  dy?: number | undefined;
}

/**
 * Move by whole pixels; what comes in at the border is the patch mirrored there, without repeating the
 * edge (NumPy's and PyTorch's `reflect`).
 */
export function translateReflect<T extends TypedArray>(
  patch: NdArray<T>,
  options: TranslateReflectOptions,
): NdArray<T> {
  const { dx = 0, dy = 0 } = checkedOptions('translateReflect', options, ['dx', 'dy']);
  if (!Number.isInteger(dx)) throw new InvalidArgumentError('dx', dx, 'a whole number of pixels');
  if (!Number.isInteger(dy)) throw new InvalidArgumentError('dy', dy, 'a whole number of pixels');
  const planes = planesOf(patch);
  const { height, width } = planes;
  return rearranged(
    planes,
    height,
    width,
    (y, x) => reflected(y - dy, height) * width + reflected(x - dx, width),
  );
}
