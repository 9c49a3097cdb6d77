import { ModelFormatError } from '../errors.js';

/** A value inside a JSON document together with its path, for reading with checks. */
export class Field {
  readonly path: string;
  readonly #value: unknown;

  constructor(value: unknown, path: string) {
    this.#value = value;
    this.path = path;
  }

  /** A field that must be there. */
  get(name: string): Field {
    const field = this.optional(name);
    if (!field) this.fail(`it has no field ${name}`);
    return field;
  }

  /** A field that may be absent. */
  optional(name: string): Field | undefined {
    const record = this.record();
    if (!Object.hasOwn(record, name)) return undefined;
    return new Field(record[name], this.path ? `${this.path}.${name}` : name);
  }

  items(): Field[] {
    return this.#array().map((item, index) => new Field(item, `${this.path}[${index}]`));
  }

  string(): string {
    if (typeof this.#value !== 'string') this.fail('a string is expected');
    return this.#value;
  }

  strings(): string[] {
    return this.items().map((item) => item.string());
  }

  /** An object, its values unchecked. */
  record(): Record<string, unknown> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fail('an object is expected');
    }
    return value as Record<string, unknown>;
  }

  /** An object whose values are all strings. */
  stringRecord(): Record<string, string> {
    const names = Object.keys(this.record());
    return Object.fromEntries(names.map((name) => [name, this.get(name).string()]));
  }

  /** A finite number. */
  number(): number {
    if (typeof this.#value !== 'number' || !Number.isFinite(this.#value)) {
      this.fail('a finite number is expected');
    }
    return this.#value;
  }

  /** An integer, given as a number or, as XGBoost does, as a string. */
  integer(least: number, most: number): number {
    const value = typeof this.#value === 'string' ? Number(this.#value) : this.#value;
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
      this.fail(
        `${JSON.stringify(this.#value)} is found; an integer ${least} … ${most} is expected`,
      );
    }
    return value as number;
  }

  /** An array of `length` integers. */
  integers(length: number, least: number, most: number): Int32Array {
    const values = this.#array(length);
    return Int32Array.from(values, (value, index) => {
      // Some versions write flags as booleans.
      const number = typeof value === 'boolean' ? Number(value) : value;
      if (!Number.isInteger(number) || (number as number) < least || (number as number) > most) {
        this.fail(`[${index}] is ${String(value)}; an integer ${least} … ${most} is expected`);
      }
      return number as number;
    });
  }

  /** An array of `length` numbers, finite in float32. */
  floats(length: number): Float32Array {
    return Float32Array.from(this.#array(length), (value, index) => {
      if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
        this.fail(`[${index}] is ${String(value)}; a finite float32 is expected`);
      }
      return value;
    });
  }

  /** An array of `length` finite numbers. */
  doubles(length: number): Float64Array {
    return Float64Array.from(this.#array(length), (value, index) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        this.fail(`[${index}] is ${String(value)}; a finite number is expected`);
      }
      return value;
    });
  }

  fail(message: string): never {
    throw new ModelFormatError(this.path || 'model', `${message}.`);
  }

  #array(length?: number): unknown[] {
    const value = this.#value;
    if (!Array.isArray(value)) this.fail('an array is expected');
    if (length !== undefined && value.length !== length) {
      this.fail(`it has ${value.length} entries; ${length} are expected`);
    }
    return value;
  }
}

/** Parse JSON given as text or bytes. */
export function parseJson(source: string | Uint8Array): Field {
  try {
    const text =
      typeof source === 'string'
        ? source
        : new TextDecoder('utf-8', { fatal: true }).decode(source);
    return new Field(JSON.parse(text), '');
  } catch (error) {
    throw new ModelFormatError(
      'model',
      'it is no complete JSON document. XGBoost’s UBJSON files (.ubj) are not supported yet: save the model as .json.',
      { cause: error },
    );
  }
}
