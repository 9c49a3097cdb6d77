import { FormatError, UnsupportedFormatError } from '../errors.js';
import { lookup } from '../lookup.js';
import { NRRD_TYPES, type NrrdType } from './types.js';

/** The fields of an NRRD header that matter for reading, checked one by one. */
export interface NrrdHeader {
  type: NrrdType;
  typeName: string;
  sizes: number[];
  encoding: 'raw' | 'gzip' | 'ascii' | 'hex';
  littleEndian: boolean;
  lineSkip: number;
  byteSkip: number;
  /** Names of the files with the data, slowest last; `undefined` where they follow the header. */
  dataFiles: string[] | undefined;
  /** All basic fields, by name in lower case. */
  fields: Map<string, string>;
  /** `key:=value` pairs. */
  keyValues: Map<string, string>;
  /** Where the attached data begin. */
  dataOffset: number;
}

const LONGEST_HEADER = 1 << 24;
const ENCODINGS: Readonly<Record<string, NrrdHeader['encoding']>> = {
  raw: 'raw',
  gzip: 'gzip',
  gz: 'gzip',
  ascii: 'ascii',
  text: 'ascii',
  txt: 'ascii',
  hex: 'hex',
};

export function isNrrd(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && String.fromCharCode(...bytes.subarray(0, 4)) === 'NRRD';
}

/** @throws FormatError, UnsupportedFormatError (bzip2, blocks, too many versions) */
export function parseNrrdHeader(bytes: Uint8Array, source?: string): NrrdHeader {
  const { lines, dataOffset, blank } = headerLines(bytes, source);
  if (!/^NRRD000[1-5]$/.test(lines[0] ?? '')) {
    throw new FormatError(
      'NRRD',
      `it begins with ${JSON.stringify((lines[0] ?? '').slice(0, 20))}`,
      {
        source,
        offset: 0,
      },
    );
  }
  const { fields, keyValues, list } = splitFields(lines, source);
  const header = new Fields(fields, source);
  const typeName = header.required('type').toLowerCase().replaceAll(/\s+/g, ' ');
  const type = typeOf(typeName, source);
  const sizes = sizesOf(header, source);
  const encodingName = header.required('encoding').toLowerCase();
  const encoding = lookup(ENCODINGS, encodingName);
  if (encoding === undefined) {
    throw new UnsupportedFormatError(
      `NRRD encoding ${encodingName}`,
      `its encoding is ${encodingName}; raw, gzip, ascii and hex are read: save it with one of these`,
      { source, field: 'encoding' },
    );
  }
  const dataFile = header.optional('data file') ?? header.optional('datafile');
  if (dataFile === undefined && !blank) {
    throw new FormatError('NRRD', 'its header does not end with an empty line', {
      source,
      offset: bytes.length,
    });
  }
  return {
    type,
    typeName,
    sizes,
    encoding,
    littleEndian: endianOf(header, type, encoding, source),
    lineSkip: skipOf(header, 'line skip', 'lineskip', 0, source),
    byteSkip: skipOf(header, 'byte skip', 'byteskip', encoding === 'raw' ? -1 : 0, source),
    dataFiles: dataFile === undefined ? undefined : dataFilesOf(dataFile, list, sizes, source),
    fields,
    keyValues,
    dataOffset,
  };
}

function headerLines(
  bytes: Uint8Array,
  source: string | undefined,
): { lines: string[]; dataOffset: number; blank: boolean } {
  const decoder = new TextDecoder('utf-8');
  const lines: string[] = [];
  let start = 0;
  while (start < bytes.length) {
    if (start > LONGEST_HEADER) {
      throw new FormatError(
        'NRRD',
        `no empty line ends its header within ${LONGEST_HEADER} bytes`,
        {
          source,
          offset: start,
        },
      );
    }
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const stop = end > start && bytes[end - 1] === 13 ? end - 1 : end;
    const next = newline < 0 ? bytes.length : newline + 1;
    if (stop === start) return { lines, dataOffset: next, blank: true };
    lines.push(decoder.decode(bytes.subarray(start, Math.min(stop, start + LONGEST_HEADER))));
    start = next;
  }
  return { lines, dataOffset: bytes.length, blank: false };
}

function splitFields(
  lines: readonly string[],
  source: string | undefined,
): { fields: Map<string, string>; keyValues: Map<string, string>; list: string[] } {
  const fields = new Map<string, string>();
  const keyValues = new Map<string, string>();
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i];
    if (line.startsWith('#')) continue;
    // Whichever separator comes first decides: a key may not hold ":=", but a value may.
    const match = /^(.*?)(:=|:(?=\s|$))(.*)$/s.exec(line);
    if (match === null) {
      throw new FormatError(
        'NRRD',
        `line ${i + 1} of its header is neither "field: value" nor "key:=value"`,
        {
          source,
          field: line.slice(0, 40),
        },
      );
    }
    const [, key, separator, value] = match;
    if (separator === ':=') {
      keyValues.set(unescape(key), unescape(value));
      continue;
    }
    const name = key.trim().toLowerCase();
    if (fields.has(name)) {
      throw new FormatError('NRRD', `the field "${name}" occurs twice`, { source, field: name });
    }
    fields.set(name, value.trim());
    if ((name === 'data file' || name === 'datafile') && /^LIST(\s|$)/.test(value.trim())) {
      return { fields, keyValues, list: lines.slice(i + 1) };
    }
  }
  return { fields, keyValues, list: [] };
}

function unescape(text: string): string {
  return text.replaceAll(/\\(n|\\)/g, (_, c: string) => (c === 'n' ? '\n' : '\\'));
}

class Fields {
  private readonly map: Map<string, string>;
  private readonly source: string | undefined;

  constructor(map: Map<string, string>, source: string | undefined) {
    this.map = map;
    this.source = source;
  }

  optional(name: string): string | undefined {
    return this.map.get(name);
  }

  required(name: string): string {
    const value = this.map.get(name);
    if (value === undefined || value === '') {
      throw new FormatError('NRRD', `the field "${name}" is missing`, {
        source: this.source,
        field: name,
      });
    }
    return value;
  }
}

function typeOf(name: string, source: string | undefined): NrrdType {
  const type = lookup(NRRD_TYPES, name);
  if (type !== undefined) return type;
  const place = { source, field: 'type' };
  throw name === 'block'
    ? new UnsupportedFormatError(
        'NRRD type block',
        'its type is block (opaque bytes, no numbers)',
        place,
      )
    : new FormatError('NRRD', `the type ${JSON.stringify(name)} does not exist`, place);
}

function sizesOf(header: Fields, source: string | undefined): number[] {
  const dimension = Number(header.required('dimension'));
  if (!(Number.isInteger(dimension) && dimension >= 1 && dimension <= 16)) {
    throw new FormatError(
      'NRRD',
      `dimension is ${header.required('dimension')}; 1 to 16 was expected`,
      {
        source,
        field: 'dimension',
      },
    );
  }
  const sizes = header.required('sizes').split(/\s+/).map(Number);
  if (sizes.length !== dimension || !sizes.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    throw new FormatError(
      'NRRD',
      `sizes are "${header.required('sizes').slice(0, 80)}"; ${dimension} whole numbers ≥ 1 were expected`,
      { source, field: 'sizes' },
    );
  }
  return sizes;
}

function endianOf(
  header: Fields,
  type: NrrdType,
  encoding: NrrdHeader['encoding'],
  source: string | undefined,
): boolean {
  if (type.bytes === 1 || encoding === 'ascii') return true;
  const endian = header.required('endian').toLowerCase();
  if (endian !== 'little' && endian !== 'big') {
    throw new FormatError('NRRD', `endian is "${endian}"; little or big was expected`, {
      source,
      field: 'endian',
    });
  }
  return endian === 'little';
}

function skipOf(
  header: Fields,
  name: string,
  alias: string,
  least: number,
  source: string | undefined,
): number {
  const text = header.optional(name) ?? header.optional(alias) ?? '0';
  const skip = Number(text);
  if (!(Number.isSafeInteger(skip) && skip >= least)) {
    throw new FormatError('NRRD', `${name} is ${text}; a whole number ≥ ${least} was expected`, {
      source,
      field: name,
    });
  }
  return skip;
}

function dataFilesOf(
  field: string,
  list: readonly string[],
  sizes: readonly number[],
  source: string | undefined,
): string[] {
  const place = { source, field: 'data file' };
  const files = (count: number, subdimension: string | undefined): void => {
    const inFile = subdimension === undefined ? sizes.length - 1 : Number(subdimension);
    if (!(Number.isInteger(inFile) && inFile >= 1 && inFile <= sizes.length)) {
      throw new FormatError('NRRD', `each data file would hold ${subdimension} axes`, place);
    }
    const needed = sizes.slice(inFile).reduce((product, n) => product * n, 1);
    if (count !== needed) {
      throw new FormatError(
        'NRRD',
        `it names ${count} data files; its sizes need ${needed}`,
        place,
      );
    }
  };
  const asList = /^LIST(?:\s+(\d+))?$/.exec(field);
  if (asList !== null) {
    files(list.length, asList[1]);
    return list.map((name) => checkedName(name, source));
  }
  if (!field.includes('%')) return [checkedName(field, source)];
  const pattern = /^([^%]*)%0?(\d{0,2})[diu]([^%]*)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+(\d+))?$/.exec(
    field,
  );
  if (pattern === null) {
    throw new FormatError(
      'NRRD',
      `the data file pattern ${JSON.stringify(field.slice(0, 80))} is not of the form "name%03d.raw 1 20 1"`,
      place,
    );
  }
  const [, before, width, after, first, last, step, subdimension] = pattern;
  const [from, to, by] = [Number(first), Number(last), Number(step)];
  files(by >= 1 && to >= from ? Math.floor((to - from) / by) + 1 : 0, subdimension);
  const padding = field.includes('%0') ? '0' : ' ';
  const names: string[] = [];
  for (let n = from; n <= to; n += by) {
    names.push(
      checkedName(`${before}${String(n).padStart(Number(width), padding)}${after}`, source),
    );
  }
  return names;
}

/** Data files stay in the folder of their header: a header from elsewhere must not read other files. */
function checkedName(name: string, source: string | undefined): string {
  const parts = name.split('/');
  if (/^[a-z][a-z0-9+.-]*:|\\/i.test(name) || parts.some((p) => p === '..' || p === '')) {
    throw new FormatError(
      'NRRD',
      `its data file ${JSON.stringify(name.slice(0, 80))} is not in the folder of the header`,
      { source, field: 'data file' },
    );
  }
  return name;
}
