import { UsageError } from '../terminal/usage-error.js';

/** The options of one command line, read by name and checked. */
export class OptionValues {
  readonly #command: string;
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(command: string, values: Readonly<Record<string, unknown>>) {
    this.#command = command;
    this.#values = values;
  }

  /** Whether a switch was given. */
  flag(name: string): boolean {
    const value = this.#one(name) ?? false;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw this.#error(`--${name} takes no value`);
  }

  /** Whether an option was given at all. */
  has(name: string): boolean {
    return this.#one(name) !== undefined;
  }

  /** The text after an option, if it was given. */
  text(name: string): string | undefined {
    const value = this.#one(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') throw this.#error(`--${name} needs a value`);
    return value;
  }

  /** The texts of an option that may be given several times. */
  texts(name: string): string[] {
    const value = this.#given(name);
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).map((text: unknown) => {
      if (typeof text !== 'string' || text === '') throw this.#error(`--${name} needs a value`);
      return text;
    });
  }

  requiredText(name: string, short: string, what: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.#error(`${short} <${what}> is missing`);
    return value;
  }

  /** A whole number within limits, if it was given. */
  integer(name: string, least: number, most: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || !(value >= least && value <= most)) {
      throw this.#error(`--${name} is ${text}; expected a whole number ${least} … ${most}`);
    }
    return value;
  }

  /** One of a few words, if it was given. */
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw this.#error(`--${name} ${text} is not supported; supported: ${words.join(', ')}`);
    }
    return word;
  }

  #given(name: string): unknown {
    const key = name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    // cac leaves a hyphen after a digit where it is.
    return this.#values[key] ?? this.#values[name];
  }

  #one(name: string): unknown {
    const value = this.#given(name);
    if (!Array.isArray(value)) return value;
    if (value.length > 1) throw this.#error(`--${name} was given ${value.length} times`);
    return value[0] as unknown;
  }

  #error(message: string): UsageError {
    return new UsageError(message, this.#command);
  }
}
