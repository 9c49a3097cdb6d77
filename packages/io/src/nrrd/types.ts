import type { TypedArray } from '@steatosis/core';

/** How the elements of an NRRD type lie in the file. */
export interface NrrdType {
  bytes: 1 | 2 | 4 | 8;
  kind: 'int' | 'uint' | 'float';
}

/** Every spelling of the format definition, section 5.2. */
export const NRRD_TYPES: Readonly<Record<string, NrrdType>> = {
  'signed char': { bytes: 1, kind: 'int' },
  int8: { bytes: 1, kind: 'int' },
  int8_t: { bytes: 1, kind: 'int' },
  uchar: { bytes: 1, kind: 'uint' },
  'unsigned char': { bytes: 1, kind: 'uint' },
  uint8: { bytes: 1, kind: 'uint' },
  uint8_t: { bytes: 1, kind: 'uint' },
  short: { bytes: 2, kind: 'int' },
  'short int': { bytes: 2, kind: 'int' },
  'signed short': { bytes: 2, kind: 'int' },
  'signed short int': { bytes: 2, kind: 'int' },
  int16: { bytes: 2, kind: 'int' },
  int16_t: { bytes: 2, kind: 'int' },
  ushort: { bytes: 2, kind: 'uint' },
  'unsigned short': { bytes: 2, kind: 'uint' },
  'unsigned short int': { bytes: 2, kind: 'uint' },
  uint16: { bytes: 2, kind: 'uint' },
  uint16_t: { bytes: 2, kind: 'uint' },
  int: { bytes: 4, kind: 'int' },
  'signed int': { bytes: 4, kind: 'int' },
  int32: { bytes: 4, kind: 'int' },
  int32_t: { bytes: 4, kind: 'int' },
  uint: { bytes: 4, kind: 'uint' },
  'unsigned int': { bytes: 4, kind: 'uint' },
  uint32: { bytes: 4, kind: 'uint' },
  uint32_t: { bytes: 4, kind: 'uint' },
  longlong: { bytes: 8, kind: 'int' },
  'long long': { bytes: 8, kind: 'int' },
  'long long int': { bytes: 8, kind: 'int' },
  'signed long long': { bytes: 8, kind: 'int' },
  'signed long long int': { bytes: 8, kind: 'int' },
  int64: { bytes: 8, kind: 'int' },
  int64_t: { bytes: 8, kind: 'int' },
  ulonglong: { bytes: 8, kind: 'uint' },
  'unsigned long long': { bytes: 8, kind: 'uint' },
  'unsigned long long int': { bytes: 8, kind: 'uint' },
  uint64: { bytes: 8, kind: 'uint' },
  uint64_t: { bytes: 8, kind: 'uint' },
  float: { bytes: 4, kind: 'float' },
  double: { bytes: 8, kind: 'float' },
};

/** The name under which a typed array is written. */
export function nrrdTypeName(data: TypedArray): string {
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Int16Array) return 'short';
  if (data instanceof Uint16Array) return 'ushort';
  if (data instanceof Int32Array) return 'int';
  if (data instanceof Uint32Array) return 'uint';
  if (data instanceof Float32Array) return 'float';
  if (data instanceof Float64Array) return 'double';
  return 'unsigned char';
}
