import {
  createVolume,
  denseData,
  firstAxisFastest,
  type TypedArray,
  type Volume,
} from '@steatosis/core';
import ndarray from 'ndarray';
import { gunzip } from '../bytes/gzip.js';
import { decodeNumbers, isRounded } from '../bytes/numbers.js';
import { FormatError, UnsupportedFormatError } from '../errors.js';
import type { ReadContext } from '../read-context.js';
import type { OpenedFile } from '../sources.js';
import { axesOfNrrd, type NrrdAxes } from './geometry.js';
import { type NrrdHeader, parseNrrdHeader } from './header.js';

const SLACK = 1 << 24;
const LONGEST_TEXT = 1 << 28;

/** Read `.nrrd`, `.seg.nrrd`, or `.nhdr` with its data files; the `key:=value` pairs come along. */
export async function readNrrd(
  file: OpenedFile,
  context: ReadContext,
): Promise<{ volume: Volume; keyValues: Map<string, string> }> {
  const header = parseNrrdHeader(file.bytes, file.name);
  const axes = axesOfNrrd(header, file.name, context.onWarning);
  const values = await valuesOf(file, header, context);
  if (header.type.bytes === 8 && header.type.kind !== 'float' && isRounded(values)) {
    context.onWarning(
      `${file.name}: 64-bit integers beyond 2^53 were rounded to double precision.`,
    );
  }
  return { volume: arranged(values, header, axes), keyValues: header.keyValues };
}

/** Put the axes in the order x, y, z, components. */
function arranged(
  values: TypedArray,
  { sizes }: NrrdHeader,
  { spatial, lists, placement }: NrrdAxes,
): Volume {
  const length = (axis: number | undefined): number => (axis === undefined ? 1 : sizes[axis]);
  const space = [0, 1, 2].map((i) => length(spatial[i]));
  const components = lists.reduce((product, axis) => product * sizes[axis], 1);
  const shape = components > 1 ? [...space, components] : space;
  if (spatial.every((axis, i) => axis === i)) return createVolume(values, shape, placement);
  const strides = firstAxisFastest(sizes);
  const spaceStrides = [0, 1, 2].map((i) => strides[spatial[i]] ?? 0);
  const voxels = space[0] * space[1] * space[2];
  const out = values.slice();
  for (let c = 0; c < components; c++) {
    let rest = c;
    let offset = 0;
    for (const axis of lists) {
      offset += (rest % sizes[axis]) * strides[axis];
      rest = Math.floor(rest / sizes[axis]);
    }
    const data = ndarray(values, space, spaceStrides, offset);
    out.set(denseData({ data, ...placement }), c * voxels);
  }
  return createVolume(out, shape, placement);
}

async function valuesOf(
  file: OpenedFile,
  header: NrrdHeader,
  context: ReadContext,
): Promise<TypedArray> {
  const count = header.sizes.reduce((product, n) => product * n, 1);
  if (!Number.isSafeInteger(count * header.type.bytes)) {
    throw new FormatError('NRRD', `sizes ${header.sizes.join(' ')} make too many voxels`, {
      source: file.name,
      field: 'sizes',
    });
  }
  if (header.dataFiles === undefined) {
    const body = file.bytes.subarray(header.dataOffset);
    return await partOf(body, header, count, file.name, header.dataOffset, context.onWarning);
  }
  const { dataFiles } = header;
  const each = count / dataFiles.length;
  const parts: TypedArray[] = [];
  for (const name of dataFiles) {
    const body = await context.openSibling(file.name, name);
    parts.push(await partOf(body, header, each, name, 0, context.onWarning));
  }
  if (parts.length === 1) return parts[0];
  const Constructor = parts[0].constructor as new (length: number) => TypedArray;
  const all = new Constructor(count);
  parts.forEach((part, i) => all.set(part, i * each));
  return all;
}

/** The numbers of one data file (or of the attached data). */
async function partOf(
  bytes: Uint8Array,
  header: NrrdHeader,
  count: number,
  source: string,
  offset: number,
  onWarning: (message: string) => void,
): Promise<TypedArray> {
  const body = afterLines(bytes, header.lineSkip, source);
  const needed = count * header.type.bytes;
  switch (header.encoding) {
    case 'raw': {
      const skip = header.byteSkip < 0 ? Math.max(0, body.length - needed) : header.byteSkip;
      warnOfRest(body.length - skip - needed, header, source, onWarning);
      return decoded(body, skip, needed, header, source, offset);
    }
    case 'gzip': {
      const expected = needed + header.byteSkip;
      const inflated = await gunzip(body, { expected, limit: expected + SLACK, source });
      warnOfRest(inflated.length - header.byteSkip - needed, header, source, onWarning);
      return decoded(inflated, header.byteSkip, needed, header, source, offset);
    }
    case 'hex':
      return decoded(fromHex(body, needed, source, offset), 0, needed, header, source, offset);
    default:
      return fromAscii(body.subarray(header.byteSkip), header, count, source, offset);
  }
}

/** Sizes that are too small scramble an image without any error: say when numbers are left over. */
function warnOfRest(
  rest: number,
  { sizes }: NrrdHeader,
  source: string,
  onWarning: (message: string) => void,
): void {
  if (rest <= 0) return;
  onWarning(
    `${source}: ${rest} bytes follow the voxels that its sizes ${sizes.join(' ')} account for; they were left out. Check the sizes if the image looks scrambled.`,
  );
}

function decoded(
  body: Uint8Array,
  skip: number,
  needed: number,
  header: NrrdHeader,
  source: string,
  offset: number,
): TypedArray {
  if (body.length - skip < needed) {
    throw new FormatError(
      'NRRD',
      `its sizes ${header.sizes.join(' ')} need ${needed} bytes, but only ${Math.max(0, body.length - skip)} are there`,
      { source, offset: offset + body.length },
    );
  }
  return decodeNumbers(body.subarray(skip, skip + needed), header.type, header.littleEndian);
}

function afterLines(bytes: Uint8Array, lines: number, source: string): Uint8Array {
  let start = 0;
  for (let i = 0; i < lines; i++) {
    const newline = bytes.indexOf(10, start);
    if (newline < 0) {
      throw new FormatError('NRRD', `it ends within the ${lines} lines to be skipped`, {
        source,
        field: 'line skip',
      });
    }
    start = newline + 1;
  }
  return bytes.subarray(start);
}

function fromHex(body: Uint8Array, needed: number, source: string, offset: number): Uint8Array {
  if (body.length < needed * 2) {
    throw new FormatError('NRRD', `${needed} bytes in hexadecimal need ${needed * 2} digits`, {
      source,
      offset: offset + body.length,
    });
  }
  const out = new Uint8Array(needed);
  let digits = 0;
  for (let i = 0; i < body.length && digits < needed * 2; i++) {
    const c = body[i];
    if (c === 32 || (c >= 9 && c <= 13)) continue;
    const lower = c | 32;
    const value = c >= 48 && c <= 57 ? c - 48 : lower >= 97 && lower <= 102 ? lower - 87 : -1;
    if (value < 0) {
      throw new FormatError('NRRD', 'its data hold a character that is no hexadecimal digit', {
        source,
        offset: offset + i,
      });
    }
    out[digits >> 1] = (out[digits >> 1] << 4) | value;
    digits += 1;
  }
  if (digits < needed * 2) {
    throw new FormatError('NRRD', `${digits} of ${needed * 2} hexadecimal digits are there`, {
      source,
      offset: offset + body.length,
    });
  }
  return out;
}

function fromAscii(
  body: Uint8Array,
  { type, sizes }: NrrdHeader,
  count: number,
  source: string,
  offset: number,
): TypedArray {
  // Every number takes a digit and, but for the last, a separator.
  if (body.length < 2 * count - 1) {
    throw new FormatError('NRRD', `its sizes ${sizes.join(' ')} need ${count} numbers`, {
      source,
      offset: offset + body.length,
    });
  }
  if (body.length > LONGEST_TEXT || (type.bytes === 8 && type.kind !== 'float')) {
    throw new UnsupportedFormatError(
      'NRRD as text',
      'it holds 64-bit integers, or more than 256 MiB, as text; save it with the encoding raw or gzip',
      { source, field: 'type' },
    );
  }
  const out = decodeNumbers(new Uint8Array(count * type.bytes), type, true);
  const text = new TextDecoder('latin1').decode(body);
  const tokens = text.split(/[\s,]+/).filter((t) => t !== '');
  if (tokens.length < count) {
    throw new FormatError('NRRD', `${tokens.length} of ${count} numbers are there`, {
      source,
      offset: offset + body.length,
    });
  }
  for (let i = 0; i < count; i++) {
    const value = numberOf(tokens[i]);
    out[i] = value ?? 0;
    if (value === undefined || (type.kind !== 'float' && out[i] !== value)) {
      throw new FormatError(
        'NRRD',
        `number ${i + 1} of its data is ${JSON.stringify(tokens[i].slice(0, 30))}, which does not fit its type`,
        { source },
      );
    }
  }
  return out;
}

function numberOf(token: string): number | undefined {
  const value = Number(token);
  if (!Number.isNaN(value)) return value;
  const special = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(token);
  if (special === null) return undefined;
  if (special[2].toLowerCase() === 'nan') return Number.NaN;
  return special[1] === '-' ? -Infinity : Infinity;
}
