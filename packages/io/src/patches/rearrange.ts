import { InvalidArgumentError, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { checkedPatch, copyOf, planesOf, rearranged, reflected } from './patch.js';

/** Mirror left and right: torchvision's `hflip`. */
export function flipHorizontal<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  return copyOf(stepped(checkedPatch(patch), 1, -1));
}

/** Mirror top and bottom: torchvision's `vflip`. */
export function flipVertical<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  return copyOf(stepped(checkedPatch(patch), -1, 1));
}

/** Swap rows and columns. */
export function transpose<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  return copyOf(swapped(checkedPatch(patch)));
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
  const given = checkedPatch(patch);
  switch (((quarterTurnsCcw % 4) + 4) % 4) {
    case 1:
      return copyOf(stepped(swapped(given), -1, 1));
    case 2:
      return copyOf(stepped(given, -1, -1));
    case 3:
      return copyOf(stepped(swapped(given), 1, -1));
    default:
      return copyOf(given);
  }
}

/** A view with rows and columns exchanged; channels stay. */
function swapped<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  return patch.dimension === 2 ? patch.transpose(1, 0) : patch.transpose(0, 2, 1);
}

/** A view whose rows or columns run backwards where the step is -1; channels stay. */
function stepped<T extends TypedArray>(patch: NdArray<T>, row: 1 | -1, column: 1 | -1): NdArray<T> {
  return patch.dimension === 2 ? patch.step(row, column) : patch.step(1, row, column);
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
