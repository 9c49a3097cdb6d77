import { type DataTable, shortList } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import { UsageError } from '../terminal/usage-error.js';
import { isDiagnostics, isIdentityName } from './feature-columns.js';

/** The cells of a column by the row of the features, wherever the column stands. */
export interface CellReader {
  name: string;
  kind: 'number' | 'text' | 'empty';
  /** Empty where the cell is, or where the other table has no line for the row. */
  text(row: number): string;
  number(row: number): number;
}

/** The table of features and, perhaps, a second one with the outcomes, joined by a key. */
export class JoinedTables {
  readonly features: DataTable;
  readonly #labels: DataTable | undefined;
  readonly #rowOf: Int32Array | undefined;
  /** The columns that join, if two tables were given. */
  readonly key: { features: string; labels: string } | undefined;
  /** Rows of the features that have no line in the second table. */
  readonly unmatched: readonly number[];

  /**
   * @param key `column`, or `column=column` where the two tables name it differently
   * @throws UsageError, TableError
   */
  constructor(features: DataTable, labels?: DataTable, key?: string) {
    this.features = features;
    this.#labels = labels;
    if (labels === undefined) {
      this.unmatched = [];
      return;
    }
    this.key = keyOf(features, labels, key);
    this.#rowOf = matchRows(features, labels, this.key);
    this.unmatched = Array.from(this.#rowOf.keys()).filter((row) => this.#rowOf![row]! < 0);
  }

  /** Columns of outcomes come from the second table if it has them, else from that of the features. */
  read(name: string, option: string): CellReader {
    const labels = this.#labels;
    const column = labels?.find(name);
    if (labels === undefined || column === undefined) {
      if (labels !== undefined && this.features.find(name) === undefined) labels.get(name, option);
      const own = this.features.get(name, option);
      return {
        name,
        kind: own.kind,
        text: (row) => own.text(row),
        number: (row) => own.number(row),
      };
    }
    const rowOf = this.#rowOf!;
    return {
      name,
      kind: column.kind,
      text: (row) => (rowOf[row]! < 0 ? '' : column.text(rowOf[row]!)),
      number: (row) => (rowOf[row]! < 0 ? Number.NaN : column.number(rowOf[row]!)),
    };
  }
}

function keyOf(
  features: DataTable,
  labels: DataTable,
  key: string | undefined,
): { features: string; labels: string } {
  if (key !== undefined) {
    const [left = '', right = left, ...more] = key.split('=');
    if (left === '' || right === '' || more.length > 0) {
      throw new UsageError(`--key is ${key}; expected column, or column=column`, 'train');
    }
    features.get(left, '--key');
    labels.get(right, '--key');
    return { features: left, labels: right };
  }
  const common = features.columns
    .map(({ name }) => name)
    .filter((name) => !isDiagnostics(name) && labels.find(name) !== undefined);
  const [only, ...others] =
    common.filter(isIdentityName).length === 1 ? common.filter(isIdentityName) : common;
  if (only === undefined || others.length > 0) {
    const found =
      only === undefined
        ? `the two tables have no column in common; give --key ${identityOf(features)}=${identityOf(labels)}`
        : `the two tables have ${shortList(common)} in common; give --key <column>`;
    throw new UsageError(`--labels needs a key: ${found}`, 'train');
  }
  return { features: only, labels: only };
}

/** The column that seems to say whose a row is, for a hint. */
function identityOf({ columns }: DataTable): string {
  return columns.map(({ name }) => name).find(isIdentityName) ?? '<column>';
}

/** For each row of the features its row of the labels, −1 for none. */
function matchRows(
  features: DataTable,
  labels: DataTable,
  key: { features: string; labels: string },
): Int32Array {
  const right = labels.get(key.labels, '--key');
  const found = new Map<string, number>();
  for (let row = 0; row < labels.rows; row++) {
    const value = right.text(row);
    if (value === '') continue;
    const earlier = found.get(value);
    if (earlier !== undefined) {
      throw new TableError(
        labels.path,
        `${labels.path}: ${key.labels} is ${value} on ${labels.place(earlier)} and on ${labels.place(row)}; ` +
          'each key may stand there once',
      );
    }
    found.set(value, row);
  }
  const left = features.get(key.features, '--key');
  const rowOf = new Int32Array(features.rows).map((_, row) => found.get(left.text(row)) ?? -1);
  if (rowOf.every((row) => row < 0)) {
    throw new TableError(
      labels.path,
      `no ${key.features} of ${features.path} (${left.text(0) || 'empty'}, …) is a ${key.labels} of ` +
        `${labels.path} (${right.text(0) || 'empty'}, …)`,
    );
  }
  return rowOf;
}
