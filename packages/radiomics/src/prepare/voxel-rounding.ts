import type { TypedArray } from '@steatosis/core';

/**
 * How interpolated values become elements of an array: of integers they are clamped to its range and cut
 * off towards 0, as ITK casts them; NaN becomes 0.
 */
export function roundingOf(array: TypedArray): (value: number) => number {
  if (array instanceof Float32Array || array instanceof Float64Array) return (value) => value;
  const [lowest, highest] = rangeOf(array);
  return (value) => Math.trunc(Math.max(lowest, Math.min(highest, value)));
}

/** Whether an array holds integers alone. */
export function holdsIntegers(array: TypedArray): boolean {
  return !(array instanceof Float32Array || array instanceof Float64Array);
}

function rangeOf(array: TypedArray): [number, number] {
  const bits = 8 * array.BYTES_PER_ELEMENT;
  const signed =
    array instanceof Int8Array || array instanceof Int16Array || array instanceof Int32Array;
  return signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}
