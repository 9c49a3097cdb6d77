import { createVolume, type TypedArray, type Volume } from '@steatosis/core';
import { gunzip, gunzipPrefix, isGzip } from '../bytes/gzip.js';
import { decodeNumbers, isRounded } from '../bytes/numbers.js';
import { FormatError } from '../errors.js';
import type { ReadContext } from '../read-context.js';
import { baseName, type OpenedFile } from '../sources.js';
import { placementOfNifti } from './affine.js';
import { LONGEST_HEADER, type NiftiHeader, parseNiftiHeader } from './header.js';

/** Bytes that may follow the voxels of a compressed file before it is taken for a bomb. */
const SLACK = 1 << 24;

/** Read `.nii`, `.nii.gz`, or a pair by its header. */
export async function readNifti(file: OpenedFile, context: ReadContext): Promise<Volume> {
  const { header, bytes } = await openNifti(file);
  const voxels = header.detached
    ? await openImg(file, header, context)
    : bytes.subarray(header.voxOffset);
  return volumeOf(header, voxels, file.name, context);
}

/** The header alone; of a compressed file only its beginning is inflated. */
async function readNiftiHeader(file: OpenedFile): Promise<NiftiHeader> {
  const bytes = isGzip(file.bytes)
    ? await gunzipPrefix(file.bytes, LONGEST_HEADER, file.name)
    : file.bytes;
  return parseNiftiHeader(bytes, file.name);
}

async function openNifti(file: OpenedFile): Promise<{ header: NiftiHeader; bytes: Uint8Array }> {
  const header = await readNiftiHeader(file);
  const expected = header.detached ? LONGEST_HEADER : header.voxOffset + voxelBytes(header);
  const bytes = isGzip(file.bytes)
    ? await gunzip(file.bytes, { expected, limit: expected + SLACK, source: file.name })
    : file.bytes;
  if (!header.detached) checkExtensions(bytes, header, file.name);
  return { header, bytes };
}

/** Voxels of a pair live beside the header, in a file of the same name. */
async function openImg(
  file: OpenedFile,
  header: NiftiHeader,
  context: ReadContext,
): Promise<Uint8Array> {
  const own = baseName(file.name);
  const name = own.replace(/\.hdr(\.gz)?$/i, '.img$1');
  if (name === own) {
    throw new FormatError(
      'NIfTI',
      'its voxels are in an .img file, but its own name does not end in .hdr',
      { source: file.name, field: 'magic' },
    );
  }
  const img = await context.openSibling(file.name, name);
  const expected = header.voxOffset + voxelBytes(header);
  const bytes = isGzip(img)
    ? await gunzip(img, { expected, limit: expected + SLACK, source: name })
    : img;
  return bytes.subarray(header.voxOffset);
}

function voxelBytes({ dims, datatype }: NiftiHeader): number {
  return dims.reduce((product, n) => product * n, datatype.bytes * datatype.components);
}

function volumeOf(
  header: NiftiHeader,
  available: Uint8Array,
  source: string,
  { onWarning }: ReadContext,
): Volume {
  const { dims, datatype, bitpix, littleEndian } = header;
  const needed = voxelBytes(header);
  if (needed > available.length) {
    throw new FormatError(
      'NIfTI',
      `${dims.join('×')} voxels of ${datatype.name} are ${needed} bytes, but only ${available.length} are there`,
      { source, offset: header.voxOffset + available.length },
    );
  }
  if (bitpix !== 8 * datatype.bytes * datatype.components) {
    onWarning(
      `${source}: bitpix is ${bitpix}, which does not fit the data type ${datatype.name}; the data type is followed.`,
    );
  }
  const [nx, ny = 1, nz = 1, ...rest] = dims;
  const repeats = rest.reduce((product, n) => product * n, 1);
  if (rest.filter((n) => n > 1).length > 1) {
    onWarning(
      `${source}: the axes 4 to ${dims.length} (${rest.join('×')}) were joined into one of ${repeats}, the fourth the fastest.`,
    );
  }
  const stored = decodeNumbers(available.subarray(0, needed), datatype, littleEndian);
  if (datatype.bytes === 8 && datatype.kind !== 'float' && isRounded(stored)) {
    onWarning(`${source}: 64-bit integers beyond 2^53 were rounded to double precision.`);
  }
  const planar = byComponent(stored, datatype.components, nx * ny * nz, repeats);
  const data = datatype.name.startsWith('rgb') ? planar : scaled(planar, header);
  const components = repeats * datatype.components;
  const shape = components > 1 ? [nx, ny, nz, components] : [nx, ny, nz];
  return createVolume(data, shape, placementOfNifti(header, source, onWarning));
}

/** Components stand together in the file and last in a volume. */
function byComponent(
  stored: TypedArray,
  components: number,
  voxels: number,
  repeats: number,
): TypedArray {
  if (components === 1) return stored;
  const out = stored.slice();
  for (let r = 0; r < repeats; r++) {
    for (let c = 0; c < components; c++) {
      const to = (r * components + c) * voxels;
      const from = r * components * voxels + c;
      for (let i = 0; i < voxels; i++) out[to + i] = stored[from + i * components];
    }
  }
  return out;
}

/**
 * Values by `scl_slope` and `scl_inter`; a slope of 0 or NaN means none. Up to 16 bits (and float32) the
 * result is single precision, else double.
 */
function scaled(stored: TypedArray, { slope, inter, datatype }: NiftiHeader): TypedArray {
  if (slope === 0 || !Number.isFinite(slope)) return stored;
  const shift = Number.isFinite(inter) ? inter : 0;
  if (slope === 1 && shift === 0) return stored;
  const single = datatype.bytes <= 2 || (datatype.kind === 'float' && datatype.bytes === 4);
  const out = single ? new Float32Array(stored.length) : new Float64Array(stored.length);
  for (let i = 0; i < stored.length; i++) out[i] = stored[i] * slope + shift;
  return out;
}

/** Walk the header extensions, which must fill the bytes before the voxels in steps of 16. */
function checkExtensions(bytes: Uint8Array, header: NiftiHeader, source: string): void {
  const start = header.version === 1 ? 348 : 540;
  if (bytes.length < start + 4 || bytes[start] === 0) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = Math.min(header.voxOffset, bytes.length);
  for (let offset = start + 4; offset + 8 <= end;) {
    const size = view.getInt32(offset, header.littleEndian);
    if (size < 16 || size % 16 !== 0 || offset + size > end) {
      throw new FormatError(
        'NIfTI',
        `a header extension has ${size} bytes; a multiple of 16 that ends before the voxels at byte ${header.voxOffset} was expected`,
        { source, offset, field: 'esize' },
      );
    }
    offset += size;
  }
}
