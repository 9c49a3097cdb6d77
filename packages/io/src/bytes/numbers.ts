import type { TypedArray } from '@steatosis/core';

/** How numbers lie in a file. */
export interface NumberLayout {
  bytes: 1 | 2 | 4 | 8;
  kind: 'int' | 'uint' | 'float';
}

/**
 * The numbers of a file as a typed array: a view of the bytes where alignment and byte order allow it,
 * else a copy. 64-bit integers become `Float64Array`, exact to 2⁵³.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  { bytes: width, kind }: NumberLayout,
  littleEndian: boolean,
): TypedArray {
  const swap = width > 1 && littleEndian !== littleEndianMachine();
  const aligned = bytes.byteOffset % width === 0;
  const raw = swap ? swapped(bytes, width) : aligned ? bytes : bytes.slice();
  const count = raw.byteLength / width;
  if (width === 8 && kind !== 'float') return wideIntegers(raw, count, kind);
  const Constructor = ARRAYS[`${kind}${width}`];
  return new Constructor(raw.buffer, raw.byteOffset, count);
}

/** Whether some 64-bit integer of the result is beyond 2⁵³ and therefore rounded. */
export function isRounded(values: TypedArray): boolean {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) > Number.MAX_SAFE_INTEGER) return true;
  }
  return false;
}

export function littleEndianMachine(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}

/** A copy with the bytes of every number reversed. */
export function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i += width) {
    for (let k = 0; k < width; k++) out[i + k] = bytes[i + width - 1 - k];
  }
  return out;
}

const ARRAYS: Record<
  string,
  new (buffer: ArrayBufferLike, offset: number, length: number) => TypedArray
> = {
  int1: Int8Array,
  uint1: Uint8Array,
  int2: Int16Array,
  uint2: Uint16Array,
  int4: Int32Array,
  uint4: Uint32Array,
  float4: Float32Array,
  float8: Float64Array,
};

function wideIntegers(raw: Uint8Array, count: number, kind: 'int' | 'uint'): Float64Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const little = littleEndianMachine();
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * 8;
    out[i] = Number(kind === 'int' ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
  }
  return out;
}
