import { ModelFormatError } from '../errors.js';

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const INFINITE = /^[-+]?inf(inity)?$/i;

/** Lines `key=value` of a LightGBM model, read with checks. */
export class TextBlock {
  /** Name for messages: `header` or `Tree=3`. */
  readonly name: string;
  readonly #values: ReadonlyMap<string, string>;

  constructor(name: string, lines: readonly string[]) {
    this.name = name;
    const values = new Map<string, string>();
    for (const line of lines) {
      const equals = line.indexOf('=');
      const key = equals < 0 ? line : line.slice(0, equals);
      if (values.has(key)) this.fail(key, 'it is given twice');
      values.set(key, equals < 0 ? '' : line.slice(equals + 1));
    }
    this.#values = values;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  text(key: string): string {
    const value = this.#values.get(key);
    if (value === undefined) this.fail(key, 'this line is missing');
    return value;
  }

  integer(key: string, least: number, most: number): number {
    return this.#integer(key, this.text(key), least, most);
  }

  /** The words of a line. */
  words(key: string): string[] {
    const text = this.text(key).trim();
    return text === '' ? [] : text.split(/\s+/);
  }

  integers(key: string, length: number, least: number, most: number): Float64Array {
    return Float64Array.from(this.#sized(key, length), (word) =>
      this.#integer(key, word, least, most),
    );
  }

  /** Numbers, finite unless `infinite` is allowed. */
  numbers(key: string, length: number, infinite: 'finite' | 'infinite' = 'finite'): Float64Array {
    return Float64Array.from(this.#sized(key, length), (word) => {
      if (NUMBER.test(word)) {
        const value = Number(word);
        if (Number.isFinite(value)) return value;
      } else if (infinite === 'infinite' && INFINITE.test(word)) {
        return word.startsWith('-') ? -Infinity : Infinity;
      }
      return this.fail(key, `${shown(word)} is found; a number is expected`);
    });
  }

  fail(key: string, message: string): never {
    throw new ModelFormatError(`${this.name}.${key}`, `${message}.`);
  }

  #sized(key: string, length: number): string[] {
    const words = this.words(key);
    if (words.length !== length) {
      this.fail(key, `it has ${words.length} entries; ${length} are expected`);
    }
    return words;
  }

  #integer(key: string, word: string, least: number, most: number): number {
    const value = /^-?\d{1,15}$/.test(word.trim()) ? Number(word) : Number.NaN;
    if (!(value >= least && value <= most)) {
      this.fail(key, `${shown(word)} is found; an integer ${least} … ${most} is expected`);
    }
    return value;
  }
}

function shown(word: string): string {
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word);
}
