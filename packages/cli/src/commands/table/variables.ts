import { isIdentityName } from '../../models/feature-columns.js';
import type { DataColumn } from '../../tables/data-column.js';
import { type DataTable, shortList } from '../../tables/data-table.js';
import { TableError } from '../../tables/table-error.js';
import type { TableOptions } from './options.js';

/** A text column of more levels than these is taken for notes or names. */
const MOST_LEVELS = 30;

/** Columns as the function for tables takes them. */
export type VariableColumns = Record<string, (string | number | null)[]>;

/**
 * The columns of the table and of its groups.
 *
 * @throws TableError for columns that are not there or an empty group
 */
export function variableColumns(
  table: DataTable,
  { groupBy, variables, categorical, continuous, nonNormal }: TableOptions,
  warn: (message: string) => void,
): { names: string[]; columns: VariableColumns } {
  const group = groupBy === undefined ? undefined : table.get(groupBy, '--group-by');
  if (group?.kind === 'empty') {
    throw new TableError(
      table.path,
      `${table.path}: ${group.name} (--group-by) is empty in every row`,
    );
  }
  const listed: [string, readonly string[]][] = [
    ['--categorical', categorical],
    ['--continuous', continuous],
    ['--non-normal', nonNormal === 'auto' ? [] : nonNormal],
  ];
  for (const [option, names] of listed) for (const name of names) expectKind(table, name, option);
  const chosen =
    variables.length > 0
      ? variables.map((name) => table.get(name, '--variables'))
      : byDefault(table, group, categorical, warn);
  if (chosen.length === 0) {
    throw new TableError(table.path, `${table.path} has no variable besides the group.`);
  }
  const all = [...new Set([...(group === undefined ? [] : [group]), ...chosen])];
  const extra = listed.flatMap(([, names]) => names.map((name) => table.get(name, '')));
  return {
    names: chosen.map(({ name }) => name),
    columns: Object.fromEntries(
      [...new Set([...all, ...extra])].map((column) => [column.name, cellsOf(table, column)]),
    ),
  };
}

function expectKind(table: DataTable, name: string, option: string): void {
  const column = table.get(name, option);
  if (option === '--categorical' || column.kind !== 'text') return;
  const row = Array.from({ length: table.rows }, (_, i) => i).find(
    (i) => column.text(i) !== '' && Number.isNaN(column.number(i)),
  )!;
  throw new TableError(
    table.path,
    `${table.path}: ${name} (${option}) is ${column.text(row)} on ${table.place(row)}; expected numbers`,
  );
}

function byDefault(
  table: DataTable,
  group: DataColumn | undefined,
  categorical: readonly string[],
  warn: (message: string) => void,
): DataColumn[] {
  const others = table.columns.filter((column) => column !== group);
  const names = others.filter(
    (column) => !categorical.includes(column.name) && !isVariable(table, column),
  );
  if (names.length > 0) {
    warn(
      `left out, since they name somebody, are empty, or have more than ${MOST_LEVELS} different texts: ` +
        `${shortList(names.map(({ name }) => name))}. --variables shows them`,
    );
  }
  return others.filter((column) => !names.includes(column));
}

function isVariable(table: DataTable, column: DataColumn): boolean {
  if (isIdentityName(column.name) || column.kind === 'empty') return false;
  if (column.kind === 'number') return true;
  const texts = new Set(Array.from({ length: table.rows }, (_, row) => column.text(row)));
  return texts.size <= MOST_LEVELS;
}

function cellsOf(table: DataTable, column: DataColumn): (string | number | null)[] {
  return Array.from({ length: table.rows }, (_, row) => {
    if (column.kind === 'number') return column.number(row);
    return column.text(row) || null;
  });
}
