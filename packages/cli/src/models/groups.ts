import type { DataTable } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import { isIdentityName } from './feature-columns.js';
import type { CellReader } from './joined-tables.js';

/** Whose each of the rows is. @throws TableError for a row that says nothing */
export function readGroups(table: DataTable, group: CellReader, rows: Int32Array): string[] {
  return Array.from(rows, (row) => {
    const text = group.text(row);
    if (text !== '') return text;
    throw new TableError(
      table.path,
      `${table.path}: ${group.name} (--group) is empty on ${table.place(row)}; every row must say whose it is`,
    );
  });
}

/**
 * What to say where no group was named: nothing if a column shows that each row is somebody else's.
 *
 * @returns a warning
 */
export function adviceOnGroups(table: DataTable): string | undefined {
  const repeats = (name: string): boolean => {
    const column = table.find(name)!;
    const seen = new Set<string>();
    for (let row = 0; row < table.rows; row++) seen.add(column.text(row));
    return seen.size < table.rows;
  };
  const identities = table.columns.map(({ name }) => name).filter(isIdentityName);
  const candidate = [...identities, ...['Image', 'image'].filter((name) => table.find(name))].find(
    repeats,
  );
  if (candidate === undefined && identities.length > 0) return undefined;
  const risk =
    'no --group: rows of one patient may be trained on and tested, which makes a model look better than it is';
  return candidate === undefined
    ? `${risk}. Name the column that says whose a row is, unless each row is another patient.`
    : `${risk}. The column ${candidate} has the same value in several rows: --group ${candidate}?`;
}
