import { didYouMean } from '../terminal/suggest.js';
import type { DataColumn } from './data-column.js';
import { TableError } from './table-error.js';

/** A table in memory, column by column. */
export class DataTable {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly DataColumn[];
  readonly #lines: ArrayLike<number> | undefined;

  /** @param lines line of the file of each row; undefined where the file has no lines */
  constructor(
    path: string,
    rows: number,
    columns: readonly DataColumn[],
    lines?: ArrayLike<number>,
  ) {
    this.path = path;
    this.rows = rows;
    this.columns = columns;
    this.#lines = lines;
  }

  /** A column by its name, if the table has it. */
  find(name: string): DataColumn | undefined {
    return this.columns.find((column) => column.name === name);
  }

  /**
   * A column that is needed.
   *
   * @param why what needs it, as `--target`
   * @throws TableError that names the nearest column
   */
  get(name: string, why: string): DataColumn {
    const column = this.find(name);
    if (column !== undefined) return column;
    const names = this.columns.map((candidate) => candidate.name);
    const sameLetters = names.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    const hint =
      sameLetters === undefined ? didYouMean(name, names) : `; did you mean ${sameLetters}?`;
    throw new TableError(
      this.path,
      `${this.path} has no column ${name} (${why})${hint || `; its columns are ${shortList(names)}`}`,
    );
  }

  /** Where a row stands, for messages: `line 7`, or `row 6` where the file has no lines. */
  place(row: number): string {
    const line = this.#lines?.[row];
    return line === undefined ? `row ${row + 1}` : `line ${line}`;
  }
}

/** `a, b, c and 9 more`. */
export function shortList(names: readonly string[], most = 8): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}
