import { ModelFormatError } from '../errors.js';

/** 2⁻¹⁴⁹, which XGBoost writes as 1E-45. */
const LEAST_FLOAT32 = 1.401298464324817e-45;

/** A value inside a document together with its path, for reading with checks. Lists may be typed arrays. */
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
    return Array.from(this.#list(), (item, index) => new Field(item, `${this.path}[${index}]`));
  }

  string(): string {
    if (typeof this.#value !== 'string')
      this.fail(`${shown(this.#value)} is found; a string is expected`);
    return this.#value;
  }

  strings(): string[] {
    return this.items().map((item) => item.string());
  }

  /** An object, its values unchecked. */
  record(): Record<string, unknown> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || isList(value)) {
      this.fail(`${shown(value)} is found; an object is expected`);
    }
    return value as Record<string, unknown>;
  }

  /** The names of an object's fields. */
  names(): string[] {
    return Object.keys(this.record());
  }

  /** An object whose values are all strings. */
  stringRecord(): Record<string, string> {
    return Object.fromEntries(this.names().map((name) => [name, this.get(name).string()]));
  }

  /** A finite number. */
  number(): number {
    if (typeof this.#value !== 'number' || !Number.isFinite(this.#value)) {
      this.fail(`${shown(this.#value)} is found; a finite number is expected`);
    }
    return this.#value;
  }

  /** An integer, given as a number or, as XGBoost does, as a string. */
  integer(least: number, most: number): number {
    const found = this.#value;
    const value = typeof found === 'string' && /^-?\d+$/.test(found) ? Number(found) : found;
    if (!isIntegerIn(value, least, most)) {
      this.fail(`${shown(found)} is found; an integer ${least} … ${most} is expected`);
    }
    return value;
  }

  /** An array of integers, of that length if one is given. */
  integers(length: number | undefined, least: number, most: number): Int32Array {
    const values = this.#list(length);
    const integers = new Int32Array(values.length);
    for (let index = 0; index < values.length; index++) {
      const found = values[index];
      // Some versions write flags as booleans.
      const value = typeof found === 'boolean' ? Number(found) : found;
      if (!isIntegerIn(value, least, most)) {
        this.fail(`[${index}] is ${shown(found)}; an integer ${least} … ${most} is expected`);
      }
      integers[index] = value;
    }
    return integers;
  }

  /** An array of `length` numbers, finite in float32. */
  floats(length: number): Float32Array {
    const floats = this.numbers(length);
    for (let index = 0; index < length; index++) {
      if (!Number.isFinite(floats[index])) {
        this.fail(`[${index}] is ${floats[index]}; a finite float32 is expected`);
      }
    }
    return floats;
  }

  /**
   * An array of `length` numbers as float32; they may be infinite, but not NaN.
   *
   * @param unused entries that are 1 here mean nothing: they may be NaN and become the least float32 above 0, which
   * XGBoost writes there
   */
  numbers(length: number, unused?: ArrayLike<number>): Float32Array {
    const values = this.#list(length);
    const numbers = new Float32Array(length);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (unused?.[index] === 1) {
        numbers[index] = LEAST_FLOAT32;
        continue;
      }
      if (typeof value !== 'number' || Number.isNaN(value)) {
        this.fail(`[${index}] is ${shown(value)}; a number is expected`);
      }
      numbers[index] = value;
    }
    return numbers;
  }

  /** An array of `length` finite numbers. */
  doubles(length: number): Float64Array {
    const values = this.#list(length);
    const doubles = new Float64Array(length);
    for (let index = 0; index < length; index++) {
      const value = values[index];
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        this.fail(`[${index}] is ${shown(value)}; a finite number is expected`);
      }
      doubles[index] = value;
    }
    return doubles;
  }

  fail(message: string): never {
    throw new ModelFormatError(this.path || 'model', `${message}.`);
  }

  #list(length?: number): ArrayLike<unknown> {
    const value = this.#value;
    if (!isList(value)) this.fail(`${shown(value)} is found; an array is expected`);
    if (length !== undefined && value.length !== length) {
      this.fail(`it has ${value.length} entries; ${length} are expected`);
    }
    return value;
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isIntegerIn(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** What was found, short enough for a message. */
function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  }
  if (isList(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
