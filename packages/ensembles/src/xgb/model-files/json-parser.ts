import { ModelFormatError } from '../../errors.js';
import { MOST_LEVELS, pathText } from './document.js';

/** Powers of ten that doubles hold exactly. */
const EXACT_POWERS: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
];

/**
 * The value of a JSON text, with what XGBoost adds: `NaN`, `Infinity` and `-Infinity` are numbers. Objects have no
 * prototype; a key that is given twice, nesting beyond 64 levels and anything after the value are errors, which say
 * where they are.
 */
export function parseJsonText(text: string): unknown {
  return new JsonParser(text).document();
}

class JsonParser {
  readonly #text: string;
  #at = 0;
  /** Keys and indices that lead to the present value. */
  readonly #path: (string | number)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('nothing more is expected after the document');
    return value;
  }

  #value(): unknown {
    this.#skipSpace();
    const code = this.#text.charCodeAt(this.#at);
    switch (code) {
      case 0x7b: // {
        return this.#object();
      case 0x5b: // [
        return this.#array();
      case 0x22: // "
        return this.#string();
      case 0x74: // t
        return this.#word('true', true);
      case 0x66: // f
        return this.#word('false', false);
      case 0x6e: // n
        return this.#word('null', null);
      case 0x4e: // N
        return this.#word('NaN', Number.NaN);
      case 0x49: // I
        return this.#word('Infinity', Infinity);
      default:
        return this.#number();
    }
  }

  #object(): Record<string, unknown> {
    const object = Object.create(null) as Record<string, unknown>;
    this.#enter('');
    if (this.#takes(0x7d)) return this.#leave(object);
    do {
      this.#skipSpace();
      if (this.#text.charCodeAt(this.#at) !== 0x22)
        this.#fail('a key in double quotes is expected');
      const key = this.#string();
      this.#path[this.#path.length - 1] = key;
      if (key in object) this.#fail('this key is given twice');
      if (!this.#takes(0x3a)) this.#fail('a colon is expected after the key');
      object[key] = this.#value();
    } while (this.#takes(0x2c));
    if (!this.#takes(0x7d)) this.#fail('a comma or } is expected');
    return this.#leave(object);
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#enter(0);
    if (this.#takes(0x5d)) return this.#leave(items);
    const last = this.#path.length - 1;
    do {
      this.#path[last] = items.length;
      items.push(this.#value());
    } while (this.#takes(0x2c));
    if (!this.#takes(0x5d)) this.#fail('a comma or ] is expected');
    return this.#leave(items);
  }

  #enter(step: string | number): void {
    this.#at++;
    if (this.#path.length >= MOST_LEVELS) {
      this.#fail(`it is nested deeper than ${MOST_LEVELS} levels, which no model needs`);
    }
    this.#path.push(step);
  }

  #leave<T>(value: T): T {
    this.#path.pop();
    return value;
  }

  #string(): string {
    const text = this.#text;
    let end = this.#at + 1;
    let plain = true;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === 0x22) break;
      if (code === 0x5c) {
        plain = false;
        end++;
      }
      if (end >= text.length) this.#failAtEnd('a string is not closed');
      if (code < 0x20) plain = false;
      end++;
    }
    const begin = this.#at;
    this.#at = end + 1;
    if (plain) return text.slice(begin + 1, end);
    try {
      return JSON.parse(text.slice(begin, end + 1)) as string;
    } catch {
      this.#at = begin;
      return this.#fail(
        'this string has an escape or a control character that JSON does not allow',
      );
    }
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#unexpected();
    this.#at += word.length;
    return value;
  }

  #number(): number {
    const text = this.#text;
    const begin = this.#at;
    let at = begin;
    let code = text.charCodeAt(at);
    const negative = code === 0x2d;
    if (negative) {
      code = text.charCodeAt(++at);
      if (code === 0x49) {
        this.#at = at;
        return -this.#word('Infinity', Infinity);
      }
    }
    if (!isDigit(code)) this.#unexpected();
    // Up to 15 digits and 22 powers of ten are exact in a double, so that one division or product rounds once.
    let mantissa = 0;
    const digitsBegin = at;
    for (; isDigit(code); code = text.charCodeAt(++at)) mantissa = mantissa * 10 + (code - 0x30);
    if (at - digitsBegin > 1 && text.charCodeAt(digitsBegin) === 0x30) {
      this.#fail('a number must not begin with 0 and a further digit');
    }
    let digits = at - digitsBegin;
    let exponent = 0;
    if (code === 0x2e) {
      const point = at;
      code = text.charCodeAt(++at);
      for (; isDigit(code); code = text.charCodeAt(++at)) mantissa = mantissa * 10 + (code - 0x30);
      exponent = point + 1 - at;
      if (exponent === 0) this.#fail('a digit is expected after the decimal point');
      digits -= exponent;
    }
    if (code === 0x65 || code === 0x45) {
      code = text.charCodeAt(++at);
      const down = code === 0x2d;
      if (down || code === 0x2b) code = text.charCodeAt(++at);
      if (!isDigit(code)) this.#fail('a digit is expected in the exponent');
      let power = 0;
      for (; isDigit(code); code = text.charCodeAt(++at)) {
        power = Math.min(power * 10 + (code - 0x30), 99999);
      }
      exponent += down ? -power : power;
    }
    this.#at = at;
    if (digits > 15 || exponent < -22 || exponent > 22) return Number(text.slice(begin, at));
    const value =
      exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
    return negative ? -value : value;
  }

  /** Step over a character, after white space, if it is this one. */
  #takes(code: number): boolean {
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #unexpected(): never {
    if (this.#at >= this.#text.length) this.#failAtEnd('a value is expected');
    this.#fail('a JSON value is expected');
  }

  #failAtEnd(message: string): never {
    this.#at = this.#text.length;
    this.#fail(message);
  }

  #fail(message: string): never {
    const at = this.#at;
    const found =
      at >= this.#text.length
        ? 'the file ends here: it is cut off, save or transfer it again'
        : `${JSON.stringify(this.#text.slice(at, at + 12))} is found`;
    throw new ModelFormatError(
      pathText(this.#path),
      `at character ${at} of the JSON text ${message}; ${found}.`,
    );
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
