import { ModelFormatError } from '../../errors.js';
import { MOST_LEVELS, pathText } from './document.js';

/** Fewest bytes of a value of each type without its marker, for types whose values are not empty. */
const LEAST_BYTES: Readonly<Record<string, number>> = {
  i: 1,
  U: 1,
  I: 2,
  l: 4,
  L: 8,
  d: 4,
  D: 8,
  C: 1,
  S: 2,
  H: 2,
  '[': 1,
  '{': 1,
};

/** Marker where the value brings its own. */
const OWN_MARKER = '';

/**
 * The value of a UBJSON document (Draft 12; numbers are big-endian). Objects have no prototype, arrays of one number
 * type are typed arrays. A length is believed only if that many bytes are there; a key that is given twice, nesting
 * beyond 64 levels and bytes after the value are errors, which say where they are.
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  return new UbjsonParser(bytes).document();
}

class UbjsonParser {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #at = 0;
  /** Keys and indices that lead to the present value. */
  readonly #path: (string | number)[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  document(): unknown {
    const value = this.#value(OWN_MARKER);
    while (this.#takes('N'));
    if (this.#at < this.#bytes.length) this.#fail('nothing more is expected after the document');
    return value;
  }

  /** A value of the type, or one with a marker of its own. */
  #value(type: string): unknown {
    const marker = type === OWN_MARKER ? this.#marker() : type;
    switch (marker) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case 'S':
        return this.#string();
      case 'H':
        return this.#highPrecision();
      case 'C':
        return String.fromCharCode(this.#bytes[this.#step(1)]);
      case 'T':
        return true;
      case 'F':
        return false;
      case 'Z':
        return null;
      case 'd':
        return this.#view.getFloat32(this.#step(4));
      case 'D':
        return this.#view.getFloat64(this.#step(8));
      default:
        return this.#integer(marker);
    }
  }

  #object(): Record<string, unknown> {
    const object = Object.create(null) as Record<string, unknown>;
    const { type, count } = this.#containerHead();
    this.#enter('');
    const last = this.#path.length - 1;
    for (let read = 0; count === undefined ? !this.#takes('}') : read < count; read++) {
      while (this.#takes('N'));
      if (count === undefined && this.#takes('}')) break;
      const key = this.#string();
      this.#path[last] = key;
      if (key in object) this.#fail('this key is given twice');
      object[key] = this.#value(type);
    }
    this.#path.pop();
    return object;
  }

  #array(): ArrayLike<unknown> {
    const { type, count } = this.#containerHead();
    if (count !== undefined) {
      const numbers = this.#numbers(type, count);
      if (numbers) return numbers;
    }
    const items: unknown[] = [];
    this.#enter(0);
    const last = this.#path.length - 1;
    while (count === undefined ? !this.#takes(']') : items.length < count) {
      this.#path[last] = items.length;
      // No-ops may stand between values that have markers.
      if (type === OWN_MARKER && this.#takes('N')) continue;
      items.push(this.#value(type));
    }
    this.#path.pop();
    return items;
  }

  /** Type and number of a container's values, as far as it says. */
  #containerHead(): { type: string; count?: number } {
    let type = OWN_MARKER;
    if (this.#takes('$')) {
      type = this.#marker();
      if (LEAST_BYTES[type] === undefined) {
        this.#fail(`a container of ${JSON.stringify(type)} is found, which holds nothing`);
      }
      if (!this.#takes('#')) this.#fail('a count is expected after the type of a container');
    } else if (!this.#takes('#')) {
      return { type };
    }
    const count = this.#length(LEAST_BYTES[type] ?? 1);
    return { type, count };
  }

  /** A run of numbers of one type, or undefined if the type is another. */
  #numbers(type: string, count: number): ArrayLike<number> | undefined {
    const view = this.#view;
    const read = <T extends { [index: number]: number }>(
      array: T,
      size: number,
      get: (at: number) => number,
    ): T => {
      let at = this.#step(count * size);
      for (let i = 0; i < count; i++, at += size) array[i] = get(at);
      return array;
    };
    switch (type) {
      case 'U':
        return this.#bytes.slice(this.#at, this.#step(count) + count);
      case 'i':
        return read(new Int32Array(count), 1, (at) => view.getInt8(at));
      case 'I':
        return read(new Int32Array(count), 2, (at) => view.getInt16(at));
      case 'l':
        return read(new Int32Array(count), 4, (at) => view.getInt32(at));
      case 'L':
        return read(new Float64Array(count), 8, (at) => this.#int64(at));
      case 'd':
        return read(new Float32Array(count), 4, (at) => view.getFloat32(at));
      case 'D':
        return read(new Float64Array(count), 8, (at) => view.getFloat64(at));
      default:
        return undefined;
    }
  }

  #integer(marker: string): number {
    switch (marker) {
      case 'i':
        return this.#view.getInt8(this.#step(1));
      case 'U':
        return this.#bytes[this.#step(1)];
      case 'I':
        return this.#view.getInt16(this.#step(2));
      case 'l':
        return this.#view.getInt32(this.#step(4));
      case 'L':
        return this.#int64(this.#step(8));
      default:
        this.#at--;
        return this.#fail(`${JSON.stringify(marker)} is no type of UBJSON`);
    }
  }

  #int64(at: number): number {
    const value = Number(this.#view.getBigInt64(at));
    if (!Number.isSafeInteger(value)) this.#fail(`the integer ${value} is beyond 2⁵³`);
    return value;
  }

  /** A number of things that take `bytesEach` at least; more than the rest of the file can hold is an error. */
  #length(bytesEach: number): number {
    const length = this.#integer(this.#marker());
    const rest = this.#bytes.length - this.#at;
    if (length < 0 || length * bytesEach > rest) {
      this.#fail(`a length of ${length} is found, but ${rest} bytes are left: the file is cut off`);
    }
    return length;
  }

  #string(): string {
    const length = this.#length(1);
    const begin = this.#step(length);
    try {
      return this.#decoder.decode(this.#bytes.subarray(begin, begin + length));
    } catch {
      this.#at = begin;
      return this.#fail('this string is not UTF-8');
    }
  }

  /** A number written as text. */
  #highPrecision(): number {
    const text = this.#string();
    if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
      this.#fail(`${JSON.stringify(text)} is no number`);
    return Number(text);
  }

  #marker(): string {
    return String.fromCharCode(this.#bytes[this.#step(1)]);
  }

  #takes(marker: string): boolean {
    if (this.#bytes[this.#at] !== marker.charCodeAt(0)) return false;
    this.#at++;
    return true;
  }

  #enter(step: string | number): void {
    if (this.#path.length >= MOST_LEVELS) {
      this.#fail(`it is nested deeper than ${MOST_LEVELS} levels, which no model needs`);
    }
    this.#path.push(step);
  }

  /** Go on by that many bytes, which have to be there; returns where they begin. */
  #step(bytes: number): number {
    const begin = this.#at;
    if (begin + bytes > this.#bytes.length) {
      this.#at = this.#bytes.length;
      this.#fail('the file ends here: it is cut off, save or transfer it again');
    }
    this.#at = begin + bytes;
    return begin;
  }

  #fail(message: string): never {
    throw new ModelFormatError(
      pathText(this.#path),
      `at byte ${this.#at} of the UBJSON document: ${message}.`,
    );
  }
}
