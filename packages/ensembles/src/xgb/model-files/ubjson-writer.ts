import type { DocumentObject, DocumentValue } from './document.js';

/** The document in UBJSON as XGBoost writes it: lengths as int64, integers as short as they can be, big-endian. */
export function ubjsonBytes(document: DocumentObject): Uint8Array {
  const writer = new UbjsonWriter();
  writer.value(document);
  return writer.bytes();
}

class UbjsonWriter {
  #buffer = new Uint8Array(1 << 16);
  #view = new DataView(this.#buffer.buffer);
  #size = 0;
  readonly #encoder = new TextEncoder();

  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#size);
  }

  value(value: DocumentValue): void {
    if (typeof value === 'string') {
      this.#marker('S');
      this.#string(value);
    } else if (typeof value === 'number') {
      this.#integer(value);
    } else if (value instanceof Float32Array) {
      const at = this.#typedArray('d', value.length, 4);
      for (let i = 0; i < value.length; i++) this.#view.setFloat32(at + 4 * i, value[i]);
    } else if (value instanceof Int32Array) {
      const at = this.#typedArray('l', value.length, 4);
      for (let i = 0; i < value.length; i++) this.#view.setInt32(at + 4 * i, value[i]);
    } else if (value instanceof BigInt64Array) {
      const at = this.#typedArray('L', value.length, 8);
      for (let i = 0; i < value.length; i++) this.#view.setBigInt64(at + 8 * i, value[i]);
    } else if (value instanceof Uint8Array) {
      const at = this.#typedArray('U', value.length, 1);
      this.#buffer.set(value, at);
    } else if (isArray(value)) {
      this.#marker('[');
      this.#marker('#');
      this.#length(value.length);
      for (const item of value) this.value(item);
    } else {
      this.#marker('{');
      for (const [key, item] of Object.entries(value)) {
        this.#string(key);
        this.value(item);
      }
      this.#marker('}');
    }
  }

  #typedArray(type: string, length: number, bytesEach: number): number {
    this.#marker('[');
    this.#marker('$');
    this.#marker(type);
    this.#marker('#');
    this.#length(length);
    return this.#reserve(length * bytesEach);
  }

  #integer(value: number): void {
    if (value >= -128 && value <= 127) {
      this.#marker('i');
      const at = this.#reserve(1);
      this.#view.setInt8(at, value);
    } else if (value >= -32768 && value <= 32767) {
      this.#marker('I');
      const at = this.#reserve(2);
      this.#view.setInt16(at, value);
    } else if (value >= -(2 ** 31) && value < 2 ** 31) {
      this.#marker('l');
      const at = this.#reserve(4);
      this.#view.setInt32(at, value);
    } else {
      this.#length(value);
    }
  }

  #string(text: string): void {
    const bytes = this.#encoder.encode(text);
    this.#length(bytes.length);
    const at = this.#reserve(bytes.length);
    this.#buffer.set(bytes, at);
  }

  #length(value: number): void {
    this.#marker('L');
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, BigInt(value));
  }

  #marker(marker: string): void {
    const at = this.#reserve(1);
    this.#buffer[at] = marker.charCodeAt(0);
  }

  /**
   * Room for that many bytes; doubling keeps the copies linear in the size of the file. The buffer may be another
   * one afterwards.
   */
  #reserve(bytes: number): number {
    const begin = this.#size;
    this.#size += bytes;
    if (this.#size > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(this.#size, 2 * this.#buffer.length));
      grown.set(this.#buffer);
      this.#buffer = grown;
      this.#view = new DataView(grown.buffer);
    }
    return begin;
  }
}

function isArray(
  value: DocumentObject | readonly DocumentValue[],
): value is readonly DocumentValue[] {
  return Array.isArray(value);
}
