import { InvalidArgumentError } from '@steatosis/core';
import { showTag } from './data-set.js';

/** Value of an element to be written: texts, numbers by VR, raw bytes, or the items of a sequence. */
type WrittenValue =
  string | readonly string[] | readonly number[] | Uint8Array | WrittenElement[][];

/** An element to be written; an empty value is written with length 0. */
export interface WrittenElement {
  tag: number;
  vr: string;
  value: WrittenValue;
}

/** Value representations with a 32-bit length. */
const LONG = ['OB', 'OW', 'SQ', 'UN', 'UT'];
/** Padded to even length by a null byte; texts are padded by a space. */
const NULL_PADDED = ['UI', 'OB', 'OW'];
/** Longest value in characters, PS3.5 table 6.2-1; texts beyond are refused. */
const LONGEST: Readonly<Record<string, number>> = {
  CS: 16,
  DS: 16,
  IS: 12,
  LO: 64,
  LT: 10240,
  PN: 64,
  SH: 16,
  ST: 1024,
  UI: 64,
};

/** A data set in explicit VR little endian, elements in ascending order of their tags. */
export function encodeDataSet(elements: readonly WrittenElement[]): Uint8Array {
  const parts = [...elements].sort((a, b) => a.tag - b.tag).flatMap(encodeElement);
  return joinBytes(parts);
}

/** Several pieces of bytes as one. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/**
 * A number as DICOM's decimal string: at most 16 characters, with as many digits as fit. Rounding noise of
 * geometry (below 1e-14) becomes 0.
 */
export function decimalString(value: number): string {
  if (!Number.isFinite(value)) {
    throw new InvalidArgumentError('value', value, 'a finite number for a decimal string');
  }
  if (Math.abs(value) < 1e-14) return '0';
  for (let digits = 17; digits > 0; digits--) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  return value.toExponential(6);
}

function encodeElement({ tag, vr, value }: WrittenElement): Uint8Array[] {
  const raw = valueBytes(tag, vr, value);
  const long = LONG.includes(vr);
  const length = raw.length + (raw.length % 2);
  if (!long && length > 0xfffe) {
    throw new InvalidArgumentError(showTag(tag), `${length} bytes`, 'at most 65534 bytes');
  }
  const head = new Uint8Array(long ? 12 : 8);
  const view = new DataView(head.buffer);
  view.setUint16(0, tag >>> 16, true);
  view.setUint16(2, tag & 0xffff, true);
  head.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  if (long) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  const padding = new Uint8Array(raw.length % 2).fill(NULL_PADDED.includes(vr) ? 0 : 0x20);
  return [head, raw, padding];
}

function valueBytes(tag: number, vr: string, value: WrittenValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return textBytes(tag, vr, [value]);
  if (vr === 'SQ') return joinBytes((value as WrittenElement[][]).map(encodeItem));
  const width = NUMBER_WIDTH[vr];
  if (width === undefined) return textBytes(tag, vr, value as readonly string[]);
  const bytes = new Uint8Array(width * value.length);
  const view = new DataView(bytes.buffer);
  (value as readonly number[]).forEach((n, i) => {
    if (vr === 'US') view.setUint16(i * width, n, true);
    else if (vr === 'SS') view.setInt16(i * width, n, true);
    else if (vr === 'UL') view.setUint32(i * width, n, true);
    else view.setFloat64(i * width, n, true);
  });
  return bytes;
}

const NUMBER_WIDTH: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, FD: 8 };

function textBytes(tag: number, vr: string, values: readonly string[]): Uint8Array {
  for (const text of values) {
    const limit = LONGEST[vr];
    // A backslash would split a value in two; only the long texts may hold one.
    const split = text.includes('\\') && vr !== 'LT' && vr !== 'ST';
    if (split || (limit !== undefined && text.length > limit)) {
      throw new InvalidArgumentError(
        showTag(tag),
        text,
        `a text of at most ${limit} characters without backslash`,
      );
    }
  }
  return new TextEncoder().encode(values.join('\\'));
}

function encodeItem(elements: readonly WrittenElement[]): Uint8Array {
  const content = encodeDataSet(elements);
  const head = new Uint8Array([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  new DataView(head.buffer).setUint32(4, content.length, true);
  return joinBytes([head, content]);
}
