import { FormatError } from '../errors.js';
import { type DicomDataSet, type DicomElement, showTag } from './data-set.js';

/** Sequences inside sequences: real files have fewer than ten levels. */
const DEEPEST = 32;
const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;

/** Value representations whose explicit length takes 16 bits; all others take 32. */
const SHORT_LENGTH = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US';

/**
 * Walks the elements of a little endian data set. Every length is checked against the bytes that exist
 * before anything is read or set aside, and nesting is limited.
 */
export class DicomParser {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly source: string;
  private offset: number;

  constructor(bytes: Uint8Array, source: string, offset: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.source = source;
    this.offset = offset;
  }

  /** Elements of group 0002, always explicit; stops at the first element of another group. */
  metaGroup(): DicomDataSet {
    const elements: DicomDataSet = new Map();
    while (this.offset + 2 <= this.bytes.length && this.view.getUint16(this.offset, true) === 2) {
      this.add(elements, this.element(this.bytes.length, true, 0));
    }
    return elements;
  }

  /** All elements up to the end of the file. */
  dataSet(explicit: boolean): DicomDataSet {
    const elements: DicomDataSet = new Map();
    const end = this.bytes.length;
    while (this.offset < end) {
      // Some archives pad files with zeros after the pixel data.
      if (elements.has(PIXEL_DATA) && this.onlyZerosLeft()) break;
      this.add(elements, this.element(end, explicit, 0));
    }
    return elements;
  }

  /** The items of a sequence whose encoding did not name it as one; they are implicit (PS3.5, 6.2.2). */
  sequence(end: number): DicomDataSet[] {
    return this.items(end, false, false, 1);
  }

  private element(end: number, explicit: boolean, depth: number): DicomElement {
    const start = this.offset;
    const tag = this.tag(end);
    if (tag >>> 16 === 0xfffe || tag >>> 16 === 0) {
      throw this.error(`${showTag(tag)} cannot stand here`, start, tag);
    }
    let vr = 'UN';
    let length: number;
    if (explicit) {
      vr = String.fromCharCode(this.bytes[this.need(2, end)], this.bytes[this.offset + 1]);
      if (!/^[A-Z]{2}$/.test(vr)) {
        throw this.error(`${showTag(tag)} has no value representation`, start, tag);
      }
      this.offset += 2;
      if (SHORT_LENGTH.includes(vr)) {
        length = this.view.getUint16(this.need(2, end), true);
        this.offset += 2;
      } else {
        length = this.view.getUint32(this.need(6, end) + 2, true);
        this.offset += 6;
      }
    } else {
      length = this.view.getUint32(this.need(4, end), true);
      this.offset += 4;
    }
    return this.value({ tag, vr, offset: this.offset, length }, start, end, explicit, depth);
  }

  private value(
    element: DicomElement,
    start: number,
    end: number,
    explicit: boolean,
    depth: number,
  ): DicomElement {
    const { tag, vr, length } = element;
    if (length === UNDEFINED_LENGTH) {
      if (tag === PIXEL_DATA) {
        this.fragments(end);
        element.encapsulated = true;
      } else if (vr === 'SQ' || vr === 'UN') {
        // An unknown element of undefined length is a sequence in implicit encoding (PS3.5, 6.2.2).
        element.items = this.items(end, true, explicit && vr === 'SQ', depth + 1);
        element.vr = 'SQ';
      } else {
        throw this.error(`${showTag(tag)} ${vr} has no length`, start, tag);
      }
      element.length = this.offset - element.offset;
      return element;
    }
    if (length > end - this.offset) {
      throw this.error(
        `${showTag(tag)} has ${length} bytes, of which ${end - this.offset} are there`,
        start,
        tag,
      );
    }
    if (vr === 'SQ') {
      element.items = this.items(this.offset + length, false, explicit, depth + 1);
    } else {
      this.offset += length;
    }
    return element;
  }

  private items(end: number, delimited: boolean, explicit: boolean, depth: number): DicomDataSet[] {
    if (depth > DEEPEST) {
      throw this.error(`sequences are nested more than ${DEEPEST} deep`, this.offset);
    }
    const items: DicomDataSet[] = [];
    const stop = delimited ? Infinity : end;
    while (this.offset < stop) {
      const start = this.offset;
      const tag = this.tag(end);
      const length = this.view.getUint32(this.need(4, end), true);
      this.offset += 4;
      if (delimited && tag === SEQUENCE_END) return items;
      if (tag !== ITEM) {
        throw this.error(
          `${showTag(tag)} stands where an item of a sequence was expected`,
          start,
          tag,
        );
      }
      items.push(this.item(length, start, end, explicit, depth));
    }
    return items;
  }

  private item(
    length: number,
    start: number,
    end: number,
    explicit: boolean,
    depth: number,
  ): DicomDataSet {
    const elements: DicomDataSet = new Map();
    if (length === UNDEFINED_LENGTH) {
      while (this.view.getUint32(this.need(4, end), true) !== swapHalves(ITEM_END)) {
        this.add(elements, this.element(end, explicit, depth));
      }
      this.offset = this.need(8, end) + 8;
      return elements;
    }
    if (length > end - this.offset) {
      throw this.error(
        `an item has ${length} bytes, of which ${end - this.offset} are there`,
        start,
        ITEM,
      );
    }
    const stop = this.offset + length;
    while (this.offset < stop) this.add(elements, this.element(stop, explicit, depth));
    return elements;
  }

  /** Skip compressed pixel data. */
  private fragments(end: number): void {
    for (;;) {
      const start = this.offset;
      const tag = this.tag(end);
      const length = this.view.getUint32(this.need(4, end), true);
      this.offset += 4;
      if (tag === SEQUENCE_END) return;
      if (tag !== ITEM || length > end - this.offset) {
        throw this.error('its compressed pixel data are cut or damaged', start, PIXEL_DATA);
      }
      this.offset += length;
    }
  }

  private tag(end: number): number {
    const at = this.need(4, end);
    this.offset += 4;
    return this.view.getUint16(at, true) * 65536 + this.view.getUint16(at + 2, true);
  }

  /** The offset, once so many bytes are known to be there. */
  private need(count: number, end: number): number {
    if (count > end - this.offset) {
      throw this.error('it ends in the middle of an element', this.offset);
    }
    return this.offset;
  }

  private add(elements: DicomDataSet, element: DicomElement): void {
    if (elements.has(element.tag)) {
      throw this.error(`${showTag(element.tag)} occurs twice`, element.offset, element.tag);
    }
    elements.set(element.tag, element);
  }

  private onlyZerosLeft(): boolean {
    for (let i = this.offset; i < this.bytes.length; i++) if (this.bytes[i] !== 0) return false;
    return true;
  }

  private error(problem: string, offset: number, tag?: number): FormatError {
    return new FormatError('DICOM', problem, {
      source: this.source,
      offset,
      field: tag === undefined ? undefined : showTag(tag),
    });
  }
}

/** A tag as it looks when its four bytes are read as one little endian number. */
function swapHalves(tag: number): number {
  return ((tag & 0xffff) * 65536 + (tag >>> 16)) >>> 0;
}
