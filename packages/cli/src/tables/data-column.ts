/** What the cells of a column are: numbers, texts, or nothing at all. */
type ColumnKind = 'number' | 'text' | 'empty';

/** A column in memory; rows count from 0. */
export interface DataColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** NaN for an empty cell and for one that is no number. */
  number(row: number): number;
  /** The cell as the file has it, without blanks around it; an empty text for a missing value. */
  text(row: number): string;
}

/** Cells that mean "not known", in lower case: of spreadsheets, pandas, R, BIDS and SQL. */
const MISSING = ['', 'nan', 'na', 'n/a', '<na>', 'null'];

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/**
 * Collects the cells of a column. Numbers take eight bytes each; the text of a cell is kept only where the
 * number would not give it back (`007`, `1e-5`, words), so that names made of digits survive.
 */
export class ColumnBuilder {
  readonly name: string;
  readonly #decimalComma: boolean;
  #numbers = new Float64Array(256);
  readonly #texts = new Map<number, string>();
  #length = 0;
  #known = 0;
  #words = 0;

  /** @param decimalComma whether `1,5` is a number */
  constructor(name: string, decimalComma = false) {
    this.name = name;
    this.#decimalComma = decimalComma;
  }

  addText(cell: string): void {
    const text = cell.trim();
    const value = this.#numberOf(text);
    if (value !== undefined) this.#known++;
    else if (!MISSING.includes(text.toLowerCase())) this.#words++;
    else {
      this.#append(Number.NaN);
      return;
    }
    if (value === undefined || String(value) !== text) this.#texts.set(this.#length, text);
    this.#append(value ?? Number.NaN);
  }

  addNumber(value: number): void {
    if (!Number.isNaN(value)) this.#known++;
    this.#append(value);
  }

  finish(): DataColumn {
    const numbers = this.#numbers.subarray(0, this.#length);
    const texts = this.#texts;
    const kind = this.#words > 0 ? 'text' : this.#known > 0 ? 'number' : 'empty';
    return {
      name: this.name,
      kind,
      number: (row) => numbers[row] ?? Number.NaN,
      text(row) {
        const value = numbers[row] ?? Number.NaN;
        return texts.get(row) ?? (Number.isNaN(value) ? '' : String(value));
      },
    };
  }

  #numberOf(text: string): number | undefined {
    const plain = this.#decimalComma ? text.replace(',', '.') : text;
    if (NUMBER.test(plain)) return Number(plain);
    const [, sign] = INFINITE.exec(text) ?? [];
    return sign === undefined ? undefined : sign === '-' ? -Infinity : Infinity;
  }

  #append(value: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Float64Array(2 * this.#length);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[this.#length++] = value;
  }
}
