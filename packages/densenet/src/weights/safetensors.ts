/** The safetensors container: 8 bytes of header length, a JSON header, raw little-endian tensors. */
import { SafetensorsError } from '../errors.js';

/** One tensor of a file; `bytes` is a view of it. */
export interface RawTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** The format's own limit on the header. */
const MOST_HEADER_BYTES = 100_000_000;

/** Bytes an element of the types that can be read here. */
const ELEMENT_BYTES: Readonly<Record<string, number>> = { F32: 4, I64: 8 };

/** @throws SafetensorsError when the bytes are no such file */
export function parseSafetensors(file: Uint8Array): Map<string, RawTensor> {
  if (!(file instanceof Uint8Array)) {
    throw new SafetensorsError(
      'The weights are no Uint8Array; expected the bytes of a safetensors file.',
    );
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = file.length < 8 ? -1 : Number(view.getBigUint64(0, true));
  if (headerBytes < 2 || headerBytes > Math.min(file.length - 8, MOST_HEADER_BYTES)) {
    throw new SafetensorsError(
      `The file has ${file.length} bytes and gives ${headerBytes < 0 ? 'no' : headerBytes} bytes of header; ` +
        'expected a safetensors file. It may be cut short or of another format.',
    );
  }
  const data = file.subarray(8 + headerBytes);
  const tensors = new Map<string, RawTensor>();
  for (const [name, entry] of Object.entries(parseHeader(file.subarray(8, 8 + headerBytes)))) {
    if (name !== '__metadata__') tensors.set(name, readEntry(name, entry, data));
  }
  checkCoverage(tensors, data);
  return tensors;
}

/** Write tensors in their order, with torch's metadata. */
export function serialiseSafetensors(tensors: ReadonlyMap<string, RawTensor>): Uint8Array {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  for (const [name, { dtype, shape, bytes }] of tensors) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, 8, 8 + headerBytes);
  file.set(json, 8);
  let to = 8 + headerBytes;
  for (const { bytes } of tensors.values()) {
    file.set(bytes, to);
    to += bytes.length;
  }
  return file;
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SafetensorsError('The header is no valid JSON; expected a safetensors file.', {
      cause,
    });
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw new SafetensorsError('The header is no JSON object; expected a safetensors file.');
  }
  return header as Record<string, unknown>;
}

function readEntry(name: string, entry: unknown, data: Uint8Array): RawTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const fail = (found: string, expected: string): never => {
    throw new SafetensorsError(`Tensor ${name} has ${found}; expected ${expected}.`, {
      tensor: name,
    });
  };
  if (
    typeof dtype !== 'string' ||
    !isIntegers(shape) ||
    !isIntegers(offsets) ||
    offsets.length !== 2
  ) {
    return fail('no complete description', 'dtype, shape and data_offsets');
  }
  const elementBytes = ELEMENT_BYTES[dtype];
  if (elementBytes === undefined)
    return fail(`elements of type ${dtype}`, 'F32, or I64 for counters');
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > data.length) {
    return fail(
      `bytes ${begin} … ${end} of ${data.length}`,
      'bytes inside the file; it may be cut short',
    );
  }
  if (shape.reduce((product, n) => product * n, 1) * elementBytes !== end - begin) {
    return fail(
      `${end - begin} bytes`,
      `as many as its shape ${shape.join('×')} of ${dtype} takes`,
    );
  }
  return { dtype, shape, bytes: data.subarray(begin, end) };
}

/** Tensors must fill the file without gaps or overlaps, as the format demands. */
function checkCoverage(tensors: ReadonlyMap<string, RawTensor>, data: Uint8Array): void {
  const ranges = [...tensors].map(([name, { bytes }]) => ({
    name,
    begin: bytes.byteOffset - data.byteOffset,
    end: bytes.byteOffset - data.byteOffset + bytes.length,
  }));
  ranges.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const range of ranges) {
    if (range.begin !== end) {
      throw new SafetensorsError(
        `Tensor ${range.name} begins at byte ${range.begin}; expected ${end}, where the one before it ends.`,
        { tensor: range.name },
      );
    }
    end = range.end;
  }
  if (end !== data.length) {
    throw new SafetensorsError(
      `The file has ${data.length - end} bytes after its last tensor; expected none.`,
    );
  }
}

function isIntegers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
