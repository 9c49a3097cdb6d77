import { FormatError } from '../errors.js';
import { lookup } from '../lookup.js';
import type { OpenedFile } from '../sources.js';
import { type DicomDataSet, type DicomElement, showTag } from './data-set.js';
import { DicomParser } from './parse.js';
import { type Keyword, type KnownTag, type PrivateTag, TAGS } from './tags.js';
import { type TransferSyntax, transferSyntaxOf } from './transfer-syntax.js';

/** A parsed DICOM file, or one frame of it, and typed access to its values. */
export class DicomFile {
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly syntax: TransferSyntax;
  readonly elements: DicomDataSet;
  /** Of a frame: where to look for what it does not say itself. */
  readonly parent: DicomFile | undefined;
  private readonly view: DataView;

  constructor(
    source: string,
    bytes: Uint8Array,
    syntax: TransferSyntax,
    elements: DicomDataSet,
    parent?: DicomFile,
  ) {
    this.source = source;
    this.bytes = bytes;
    this.syntax = syntax;
    this.elements = elements;
    this.parent = parent;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An element of the frame, else of its file. */
  element(tag: number): DicomElement | undefined {
    return this.elements.get(tag) ?? this.parent?.element(tag);
  }

  /** Items of a sequence; none where it is absent. */
  items(element: DicomElement | undefined): DicomDataSet[] {
    if (element?.items !== undefined) return element.items;
    // Implicit encoding does not say what is a sequence, and an unknown element is implicit inside.
    if (element?.vr !== 'UN') return [];
    const { offset, length } = element;
    return new DicomParser(this.bytes, this.source, offset).sequence(offset + length);
  }

  /** Text of an element without padding; `undefined` where it is absent or empty. */
  text(keyword: Keyword): string | undefined {
    const element = this.element(TAGS[keyword].tag);
    return element === undefined ? undefined : this.textOf(element) || undefined;
  }

  /** The parts of a text of several values; empty where the element is absent. */
  texts(keyword: Keyword): string[] {
    return (
      this.text(keyword)
        ?.split('\\')
        .map((part) => part.trim()) ?? []
    );
  }

  /** Numbers of an element; empty where it is absent or empty. */
  numbers(keyword: Keyword): number[] {
    return this.numbersOf(this.element(TAGS[keyword].tag), TAGS[keyword]);
  }

  /** First number of an element; `undefined` where it is absent or empty. */
  number(keyword: Keyword): number | undefined {
    return this.numbers(keyword)[0];
  }

  /** First number of a vendor's element. */
  privateNumber(known: PrivateTag): number | undefined {
    return this.numbersOf(this.privateElement(known), known)[0];
  }

  /** Text of a vendor's element. */
  privateText(known: PrivateTag): string | undefined {
    const element = this.privateElement(known);
    return element === undefined ? undefined : this.textOf(element) || undefined;
  }

  /** Where an element stands, for messages. */
  place(keyword: Keyword): { source: string; offset: number | undefined; field: string } {
    const { tag } = TAGS[keyword];
    return {
      source: this.source,
      offset: this.element(tag)?.offset,
      field: `${showTag(tag)} ${keyword}`,
    };
  }

  /** A vendor's element of the frame, else of its file, or of some other data set in the same bytes. */
  privateElement(known: PrivateTag, elements?: DicomDataSet): DicomElement | undefined {
    const { tag, creator } = known;
    const group = tag - (tag & 0xffff);
    const within = elements ?? this.elements;
    // A block and its owner belong together: neither may come from another level.
    for (let block = 0x10; block <= 0xff; block++) {
      const owner = within.get(group + block);
      if (owner !== undefined && this.textOf(owner) === creator) {
        const found = within.get(group + block * 256 + (tag & 0xff));
        if (found !== undefined) return found;
      }
    }
    return elements === undefined ? this.parent?.privateElement(known) : undefined;
  }

  private textOf({ offset, length }: DicomElement): string {
    const raw = this.bytes.subarray(offset, offset + length);
    let ascii = true;
    for (const byte of raw) ascii &&= byte < 128;
    const short = ascii && raw.length <= 1024;
    const text = short ? String.fromCharCode(...raw) : this.decode(raw);
    return text.replaceAll('\0', ' ').trim();
  }

  private decode(raw: Uint8Array): string {
    const element = this.element(TAGS.SpecificCharacterSet.tag);
    const names =
      element === undefined
        ? ''
        : String.fromCharCode(
            ...this.bytes.subarray(element.offset, element.offset + Math.min(64, element.length)),
          );
    const name = names.split('\\').map((part) => part.trim().replace('ISO 2022 IR', 'ISO_IR'));
    const label = name
      .map((part) => lookup(CHARACTER_SETS, part))
      .find((part) => part !== undefined);
    return new TextDecoder(label ?? 'windows-1252').decode(raw);
  }

  private numbersOf(element: DicomElement | undefined, known: KnownTag): number[] {
    if (element === undefined || element.length === 0) return [];
    const vr = element.vr === 'UN' ? known.vr : element.vr;
    const width = BINARY_WIDTH[vr];
    const place = {
      source: this.source,
      offset: element.offset,
      field: showTag(element.tag),
    };
    if (width === undefined) {
      const parts = this.textOf(element)
        .split('\\')
        .map((part) => part.trim());
      if (parts.length === 1 && parts[0] === '') return [];
      return parts.map((part) => {
        const value = part === '' ? Number.NaN : Number(part);
        if (!Number.isFinite(value)) {
          throw new FormatError(
            'DICOM',
            `${JSON.stringify(part.slice(0, 40))} is no number`,
            place,
          );
        }
        return value;
      });
    }
    if (element.length % width !== 0) {
      throw new FormatError('DICOM', `${element.length} bytes are no whole ${vr} numbers`, place);
    }
    return Array.from({ length: element.length / width }, (_, i) =>
      this.binary(vr, element.offset + i * width),
    );
  }

  private binary(vr: string, offset: number): number {
    switch (vr) {
      case 'US':
        return this.view.getUint16(offset, true);
      case 'SS':
        return this.view.getInt16(offset, true);
      case 'UL':
        return this.view.getUint32(offset, true);
      case 'SL':
        return this.view.getInt32(offset, true);
      case 'FL':
        return this.view.getFloat32(offset, true);
      default:
        return this.view.getFloat64(offset, true);
    }
  }
}

const BINARY_WIDTH: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8 };

/** Labels of `TextDecoder` for the character sets of PS3.3, C.12.1.1.2. */
const CHARACTER_SETS: Readonly<Record<string, string>> = {
  'ISO_IR 100': 'windows-1252',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 87': 'iso-2022-jp',
  'ISO_IR 149': 'euc-kr',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
};

/** Whether the bytes look like a DICOM file: by the magic word, or by a first element of group 2 or 8. */
export function isDicom(bytes: Uint8Array): boolean {
  return hasPreamble(bytes) || startsWithElement(bytes);
}

/**
 * Parse a DICOM file: with or without its preamble and meta group.
 *
 * @throws FormatError when it is cut or damaged
 * @throws UnsupportedFormatError when its transfer syntax is not read (compressed pixels are noticed later)
 */
export function parseDicom({ name, bytes }: OpenedFile): DicomFile {
  const preamble = hasPreamble(bytes);
  if (!preamble && !startsWithElement(bytes)) {
    throw new FormatError(
      'DICOM',
      bytes.length === 0
        ? 'it is empty'
        : 'neither "DICM" at byte 128 nor an element at byte 0 is there',
      { source: name, offset: 0 },
    );
  }
  const parser = new DicomParser(bytes, name, preamble ? 132 : 0);
  const meta = parser.metaGroup();
  const element = meta.get(TAGS.TransferSyntaxUID.tag);
  if (element === undefined) {
    if (preamble) {
      throw new FormatError('DICOM', 'its meta group names no transfer syntax', {
        source: name,
        field: '(0002,0010) TransferSyntaxUID',
      });
    }
    // Without a meta group the two uncompressed syntaxes are told apart by the first element.
    const explicit = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[4], bytes[5]));
    const uid = explicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2';
    return new DicomFile(name, bytes, transferSyntaxOf(uid, name), parser.dataSet(explicit));
  }
  const raw = bytes.subarray(element.offset, element.offset + Math.min(64, element.length));
  const syntax = transferSyntaxOf(
    String.fromCharCode(...raw)
      .replaceAll('\0', '')
      .trim(),
    name,
  );
  const elements = parser.dataSet(syntax.explicit);
  for (const [tag, value] of meta) elements.set(tag, value);
  return new DicomFile(name, bytes, syntax, elements);
}

function hasPreamble(bytes: Uint8Array): boolean {
  return bytes.length >= 132 && String.fromCharCode(...bytes.subarray(128, 132)) === 'DICM';
}

function startsWithElement(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const group = bytes[0] | (bytes[1] << 8);
  const element = bytes[2] | (bytes[3] << 8);
  return (group === 8 && element <= 0x18) || (group === 2 && element <= 0x12);
}
