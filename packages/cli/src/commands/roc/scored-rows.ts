import { readOutcome } from '../../models/outcome.js';
import type { DataColumn } from '../../tables/data-column.js';
import type { DataTable } from '../../tables/data-table.js';
import { TableError } from '../../tables/table-error.js';
import type { RocOptions } from './options.js';

/** The rows of a table that have everything that is needed. */
export interface ScoredRows {
  /** The class that high scores are expected to mean, and the other one. */
  positive: string;
  negative: string;
  labels: Uint8Array;
  scores: { name: string; values: Float64Array }[];
  clusters: string[] | undefined;
  weights: Float64Array | undefined;
  /** Rows of the table that lack the label, a score, the cluster or the weight. */
  leftOut: number;
}

/** @throws TableError for columns that are missing, texts in place of numbers, or other than two classes */
export function scoredRows(
  table: DataTable,
  { label, positive, positiveGrade, scores, cluster, weights }: RocOptions,
): ScoredRows {
  const labelColumn = table.get(label, '--label');
  const scoreColumns = scores.map((name) => numbersIn(table, name, '--score'));
  const clusterColumn = cluster === undefined ? undefined : table.get(cluster, '--cluster');
  const weightColumn = weights === undefined ? undefined : numbersIn(table, weights, '--weights');
  const outcome = readOutcome(table, labelColumn, {
    task: 'classification',
    positive,
    positiveGrade,
  });
  if (outcome.classes.length !== 2) {
    throw new TableError(
      table.path,
      `${table.path}: the label ${label} has ${outcome.classes.length} values (${outcome.classes.slice(0, 8).join(', ')}); ` +
        'say which one is positive by --positive <value>, or from which number on by --positive-grade <n>',
    );
  }
  const needed = [...scoreColumns, ...(weightColumn === undefined ? [] : [weightColumn])];
  const used = [...outcome.rows.keys()].filter((k) => {
    const row = outcome.rows[k]!;
    return (
      needed.every((column) => !Number.isNaN(column.number(row))) && clusterColumn?.text(row) !== ''
    );
  });
  const rows = used.map((k) => outcome.rows[k]!);
  if (rows.length === 0) {
    throw new TableError(table.path, `${table.path} has no row with a label and all scores.`);
  }
  const valuesOf = (column: DataColumn): Float64Array =>
    Float64Array.from(rows, (row) => column.number(row));
  return {
    negative: outcome.classes[0]!,
    positive: outcome.classes[1]!,
    labels: Uint8Array.from(used, (k) => outcome.y[k]!),
    scores: scoreColumns.map((column) => ({ name: column.name, values: valuesOf(column) })),
    clusters: clusterColumn && rows.map((row) => clusterColumn.text(row)),
    weights: weightColumn && checkedWeights(table, weightColumn, rows),
    leftOut: table.rows - rows.length,
  };
}

function numbersIn(table: DataTable, name: string, option: string): DataColumn {
  const column = table.get(name, option);
  if (column.kind === 'empty') {
    throw new TableError(table.path, `${table.path}: ${name} (${option}) is empty in every row`);
  }
  if (column.kind === 'number') return column;
  const row = Array.from({ length: table.rows }, (_, i) => i).find(
    (i) => column.text(i) !== '' && Number.isNaN(column.number(i)),
  )!;
  throw new TableError(
    table.path,
    `${table.path}: ${name} (${option}) is ${column.text(row)} on ${table.place(row)}; expected a number`,
  );
}

function checkedWeights(
  table: DataTable,
  column: DataColumn,
  rows: readonly number[],
): Float64Array {
  const bad = rows.find((row) => !(column.number(row) >= 0 && column.number(row) < Infinity));
  if (bad === undefined) return Float64Array.from(rows, (row) => column.number(row));
  throw new TableError(
    table.path,
    `${table.path}: ${column.name} (--weights) is ${column.text(bad)} on ${table.place(bad)}; expected a finite number ≥ 0`,
  );
}
