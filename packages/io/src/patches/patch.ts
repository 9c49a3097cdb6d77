import { InvalidArgumentError, type TypedArray } from '@steatosis/core';
import ndarray, { type NdArray } from 'ndarray';
import ops from 'ndarray-ops';

/** A patch as a dense block, row after row, channel after channel. */
export interface Planes<T extends TypedArray = TypedArray> {
  data: T;
  /** 0 stands for a patch `[height, width]` without a channel axis. */
  channels: number;
  height: number;
  width: number;
}

/** @throws InvalidArgumentError unless the patch is `[height, width]` or `[channels, height, width]` */
export function checkedPatch<T extends TypedArray>(patch: NdArray<T>): NdArray<T> {
  const shape = (patch as Partial<NdArray<T>> | undefined)?.shape;
  if ((shape?.length !== 2 && shape?.length !== 3) || shape.includes(0)) {
    throw new InvalidArgumentError(
      'patch',
      shape ?? patch,
      'an ndarray [height, width] or [channels, height, width]',
    );
  }
  return patch;
}

/**
 * Any patch as dense planes; strides are respected, and dense data are not copied.
 *
 * @throws InvalidArgumentError unless the patch is `[height, width]` or `[channels, height, width]`
 */
export function planesOf<T extends TypedArray>(patch: NdArray<T>): Planes<T> {
  const { shape } = checkedPatch(patch);
  const [height, width] = shape.slice(-2);
  const channels = shape.length === 3 ? shape[0] : 0;
  const [sc, sy, sx] = shape.length === 3 ? patch.stride : [0, ...patch.stride];
  const dense =
    patch.offset === 0 &&
    patch.data.length === patch.size &&
    sx === 1 &&
    sy === width &&
    (channels < 2 || sc === width * height);
  if (dense) return { data: patch.data, channels, height, width };
  return { data: copyOf(patch).data, channels, height, width };
}

/** A dense copy of a view, last axis fastest. */
export function copyOf<T extends TypedArray>(view: NdArray<T>): NdArray<T> {
  const copy = ndarray(likeData(view.data, view.size), view.shape);
  ops.assign(copy, view);
  return copy;
}

export function patchOf<T extends TypedArray>(planes: Planes<T>): NdArray<T> {
  const { data, channels, height, width } = planes;
  return ndarray(data, channels === 0 ? [height, width] : [channels, height, width]);
}

/** A new array of the same type. */
export function likeData<T extends TypedArray>(data: T, length: number): T {
  const Constructor = data.constructor as new (length: number) => T;
  return new Constructor(length);
}

/**
 * Every pixel of the result from one pixel of each plane.
 *
 * @param sourceOf offset in the plane for row y and column x of the result
 */
export function rearranged<T extends TypedArray>(
  planes: Planes<T>,
  height: number,
  width: number,
  sourceOf: (y: number, x: number) => number,
): NdArray<T> {
  const area = planes.height * planes.width;
  const count = Math.max(1, planes.channels);
  const data = likeData(planes.data, count * height * width);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const from = sourceOf(y, x);
      for (let c = 0; c < count; c++) data[c * height * width + to] = planes.data[c * area + from];
    }
  }
  return patchOf({ data, channels: planes.channels, height, width });
}

/** Index after reflection at the first and last pixel, which are not repeated. */
export function reflected(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - inside;
}
