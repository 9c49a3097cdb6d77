import {
  denseData,
  InvalidArgumentError,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import { gzip } from '../bytes/gzip.js';
import { littleEndianMachine, swapped } from '../bytes/numbers.js';
import { checkedOptions } from '../options.js';
import { NIFTI_DATATYPES, niftiCode } from './datatypes.js';
import { qformOfMatrix } from './quaternion.js';

/** How {@link encodeNifti} writes. */
export interface EncodeNiftiOptions {
  /** Compress (`.nii.gz`). Default false. */
  gzip?: boolean | undefined;
  /**
   * zlib's level, 1 (fast) … 9 (small); default 6. Ignored when `gzip` is false, and in browsers, whose
   * `CompressionStream` knows one level only.
   */
  gzipLevel?: number | undefined;
  /** Free text of the header, at most 79 bytes in UTF-8. Default empty. No patient data belong here. */
  description?: string | undefined;
  /**
   * Element type of the file; default the volume's own. `'int16'` stores whole numbers within ±32767 as
   * they are, and other values as round(value / slope) with slope = max |value| / 32767 as `scl_slope`: zero
   * stays exactly zero and the error is at most slope / 2.
   * `'float32'` rounds to single precision.
   */
  dataType?: 'int16' | 'float32' | undefined;
}

/** Smallest single-precision number with all its digits is 1.2e-38. */
const LEAST_SLOPE = 1.2e-38;
const KEYS = ['gzip', 'gzipLevel', 'description', 'dataType'] as const;

/**
 * Write a volume as NIfTI-1, or as NIfTI-2 where an axis is longer than 32767 voxels.
 *
 * The geometry goes into the sform, and into the qform too unless the axes are sheared; LPS becomes
 * NIfTI's RAS here. Both are single precision in NIfTI-1.
 *
 * @returns the bytes of the file
 * @throws InvalidArgumentError for unknown options, and for values that are not finite, or too
 * large or small for a scale factor, with `'int16'`
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeNifti, readImage } from '@steatosis/io';
 *
 * const volume = createVolume(new Float32Array([0, 1, 2, 4]), [2, 2, 1], { spacing: [1.25, 1.25, 3] });
 * const bytes = await encodeNifti(volume, { gzip: true, dataType: 'int16' });
 * const back = await readImage(bytes);
 * console.log(back.spacing); // [ 1.25, 1.25, 3 ]
 * console.log(back.data.get(1, 1, 0)); // 4
 * ```
 */
export async function encodeNifti(
  volume: Volume,
  options: EncodeNiftiOptions = {},
): Promise<Uint8Array> {
  checkedOptions('encodeNifti', options, KEYS);
  const level = options.gzipLevel ?? 6;
  if (!Number.isInteger(level) || level < 1 || level > 9) {
    throw new InvalidArgumentError('gzipLevel', level, 'an integer 1 … 9');
  }
  const bytes = niftiBytes(volume, options);
  return options.gzip === true ? await gzip(bytes, level) : bytes;
}

function niftiBytes(
  original: Volume,
  { description = '', dataType }: EncodeNiftiOptions,
): Uint8Array {
  const { volume, slope } = converted(original, dataType);
  const text = new TextEncoder().encode(description);
  if (text.length > 79) {
    throw new InvalidArgumentError('description', description, 'at most 79 bytes of UTF-8');
  }
  const data = denseData(volume);
  const shape = volume.data.shape;
  const large = shape.some((n) => n > 32767);
  const start = large ? 544 : 352;
  const bytes = new Uint8Array(start + data.byteLength);
  const view = new DataView(bytes.buffer);
  (large ? writeHeader2 : writeHeader1)(view, {
    shape,
    code: niftiCode(data),
    slope,
    start,
    volume,
  });
  bytes.set(text, large ? 240 : 148);
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  bytes.set(littleEndianMachine() ? raw : swapped(raw, data.BYTES_PER_ELEMENT), start);
  return bytes;
}

function converted(
  volume: Volume,
  dataType: EncodeNiftiOptions['dataType'],
): { volume: Volume; slope: number } {
  if (dataType === undefined) return { volume, slope: 1 };
  const components = volume.data.shape.length > 3 ? volume.data.shape[3] : undefined;
  const values = denseData(volume);
  if (dataType === 'float32') {
    return { volume: volumeLike(volume, Float32Array.from(values), components), slope: 1 };
  }
  if (dataType !== 'int16') {
    throw new InvalidArgumentError('dataType', dataType, "'int16' or 'float32'");
  }
  const { stored, slope } = quantise(values);
  return { volume: volumeLike(volume, stored, components), slope };
}

function quantise(values: TypedArray): { stored: Int16Array; slope: number } {
  let largest = 0;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (!(size < Infinity)) {
      throw new InvalidArgumentError('volume', values[i], "finite values for dataType 'int16'");
    }
    if (size > largest) largest = size;
    whole &&= size === Math.floor(size);
  }
  if (whole && largest <= 32767) return { stored: new Int16Array(values), slope: 1 };
  // The header keeps single precision: divide by what a reader will multiply with.
  const slope = Math.fround(largest / 32767);
  if (!(slope >= LEAST_SLOPE && slope < Infinity)) {
    throw new InvalidArgumentError(
      'volume',
      largest,
      "a largest magnitude between 4e-34 and 1e43 for dataType 'int16', whose slope is single precision",
    );
  }
  const stored = new Int16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    stored[i] = Math.max(-32767, Math.min(32767, Math.round(values[i] / slope)));
  }
  return { stored, slope };
}

interface HeaderFacts {
  shape: readonly number[];
  code: number;
  slope: number;
  start: number;
  volume: Volume;
}

/** Affine of a volume in NIfTI's RAS: three rows of four. */
function affineRas({ spacing, origin, direction }: Volume): number[][] {
  return [0, 1, 2].map((row) => {
    const sign = row < 2 ? -1 : 1;
    const columns = [0, 1, 2].map((axis) => sign * direction[row * 3 + axis] * spacing[axis] + 0);
    return [...columns, sign * origin[row] + 0];
  });
}

function rasQform({ direction: d }: Volume): ReturnType<typeof qformOfMatrix> {
  return qformOfMatrix(d.map((value, i) => (i < 6 ? -value : value)));
}

function writeHeader1(view: DataView, { shape, code, slope, start, volume }: HeaderFacts): void {
  const { bytes, components } = NIFTI_DATATYPES[code];
  view.setInt32(0, 348, true);
  view.setUint8(38, 0x72);
  [shape.length, ...shape].forEach((n, i) => view.setInt16(40 + 2 * i, n, true));
  for (let i = shape.length + 1; i < 8; i++) view.setInt16(40 + 2 * i, 1, true);
  view.setInt16(70, code, true);
  view.setInt16(72, 8 * bytes * components, true);
  const q = rasQform(volume);
  [q?.qfac ?? 1, ...volume.spacing, 1, 1, 1, 1].forEach((n, i) =>
    view.setFloat32(76 + 4 * i, n, true),
  );
  view.setFloat32(108, start, true);
  view.setFloat32(112, slope, true);
  view.setUint8(123, 2);
  view.setInt16(252, q === undefined ? 0 : 1, true);
  view.setInt16(254, 1, true);
  const rows = affineRas(volume);
  if (q !== undefined) {
    [q.b, q.c, q.d, ...rows.map((row) => row[3])].forEach((n, i) =>
      view.setFloat32(256 + 4 * i, n, true),
    );
  }
  rows.flat().forEach((n, i) => view.setFloat32(280 + 4 * i, n, true));
  [0x6e, 0x2b, 0x31, 0].forEach((n, i) => view.setUint8(344 + i, n));
}

function writeHeader2(view: DataView, { shape, code, slope, start, volume }: HeaderFacts): void {
  const { bytes, components } = NIFTI_DATATYPES[code];
  view.setInt32(0, 540, true);
  [0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a].forEach((n, i) => view.setUint8(4 + i, n));
  view.setInt16(12, code, true);
  view.setInt16(14, 8 * bytes * components, true);
  const dims = [shape.length, ...shape];
  for (let i = 0; i < 8; i++) view.setBigInt64(16 + 8 * i, BigInt(dims[i] ?? 1), true);
  const q = rasQform(volume);
  [q?.qfac ?? 1, ...volume.spacing, 1, 1, 1, 1].forEach((n, i) =>
    view.setFloat64(104 + 8 * i, n, true),
  );
  view.setBigInt64(168, BigInt(start), true);
  view.setFloat64(176, slope, true);
  view.setInt32(344, q === undefined ? 0 : 1, true);
  view.setInt32(348, 1, true);
  const rows = affineRas(volume);
  if (q !== undefined) {
    [q.b, q.c, q.d, ...rows.map((row) => row[3])].forEach((n, i) =>
      view.setFloat64(352 + 8 * i, n, true),
    );
  }
  rows.flat().forEach((n, i) => view.setFloat64(400 + 8 * i, n, true));
  view.setInt32(500, 2, true);
}
