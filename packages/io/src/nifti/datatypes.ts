import type { TypedArray } from '@steatosis/core';

/** How the elements of one NIfTI data type lie in the file. */
export interface NiftiDatatype {
  name: string;
  /** Bytes of one number. */
  bytes: 1 | 2 | 4 | 8;
  kind: 'int' | 'uint' | 'float';
  /** Numbers in one voxel: 2 for complex, 3 or 4 for colours. */
  components: 1 | 2 | 3 | 4;
}

/** The types of NIfTI-1 and NIfTI-2 whose layout the standard defines, by their code. */
export const NIFTI_DATATYPES: Readonly<Record<number, NiftiDatatype>> = {
  2: { name: 'uint8', bytes: 1, kind: 'uint', components: 1 },
  4: { name: 'int16', bytes: 2, kind: 'int', components: 1 },
  8: { name: 'int32', bytes: 4, kind: 'int', components: 1 },
  16: { name: 'float32', bytes: 4, kind: 'float', components: 1 },
  32: { name: 'complex64', bytes: 4, kind: 'float', components: 2 },
  64: { name: 'float64', bytes: 8, kind: 'float', components: 1 },
  128: { name: 'rgb24', bytes: 1, kind: 'uint', components: 3 },
  256: { name: 'int8', bytes: 1, kind: 'int', components: 1 },
  512: { name: 'uint16', bytes: 2, kind: 'uint', components: 1 },
  768: { name: 'uint32', bytes: 4, kind: 'uint', components: 1 },
  1024: { name: 'int64', bytes: 8, kind: 'int', components: 1 },
  1280: { name: 'uint64', bytes: 8, kind: 'uint', components: 1 },
  1792: { name: 'complex128', bytes: 8, kind: 'float', components: 2 },
  2304: { name: 'rgba32', bytes: 1, kind: 'uint', components: 4 },
};

/** Types that exist but are not read, and why. */
export const NIFTI_REFUSED: Readonly<Record<number, string>> = {
  1: 'single bits, whose order in a byte the standard leaves open',
  1536: 'float128, whose layout differs between machines',
  2048: 'complex256, whose layout differs between machines',
};

/** The code under which a typed array is written. */
export function niftiCode(data: TypedArray): number {
  if (data instanceof Int8Array) return 256;
  if (data instanceof Int16Array) return 4;
  if (data instanceof Uint16Array) return 512;
  if (data instanceof Int32Array) return 8;
  if (data instanceof Uint32Array) return 768;
  if (data instanceof Float32Array) return 16;
  if (data instanceof Float64Array) return 64;
  return 2;
}
