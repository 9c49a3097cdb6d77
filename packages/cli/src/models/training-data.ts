import type { DenseMatrix } from '@steatosis/ensembles';
import { type DataTable, shortList } from '../tables/data-table.js';
import { readTable } from '../tables/read-table.js';
import { TableError } from '../tables/table-error.js';
import { chooseFeatures, isDiagnostics } from './feature-columns.js';
import { featureMatrix } from './feature-matrix.js';
import { adviceOnGroups, readGroups } from './groups.js';
import { type CellReader, JoinedTables } from './joined-tables.js';
import { type Outcome, type OutcomeChoice, readOutcome } from './outcome.js';

/** Where the data are and what their columns mean. */
export interface TrainingSource extends OutcomeChoice {
  features: string;
  labels: string | undefined;
  key: string | undefined;
  target: string;
  group: string | undefined;
  weight: string | undefined;
  include: readonly string[];
  exclude: readonly string[];
}

/** Rows with a known outcome, ready to be learned from. */
export interface TrainingData {
  table: DataTable;
  featureNames: readonly string[];
  x: DenseMatrix<Float64Array<SharedArrayBuffer>>;
  outcome: Outcome;
  groups: string[] | undefined;
  weights: Float64Array | undefined;
}

/** How data are read: whom to tell what. */
export interface Telling {
  /** Something that the user should look at. */
  warn: (message: string) => void;
  /** Something that was decided for the user. */
  note: (message: string) => void;
}

/** @throws FileAccessError, TableError, UsageError */
export async function readTrainingData(
  source: TrainingSource,
  { warn, note }: Telling,
): Promise<TrainingData> {
  const table = await readTable(source.features, isDiagnostics);
  const labels = source.labels === undefined ? undefined : await readTable(source.labels);
  const joined = new JoinedTables(table, labels, source.key);
  const target = joined.read(source.target, '--target');
  const outcome = readOutcome(table, target, source);
  const left = table.rows - outcome.rows.length;
  if (left > 0) warn(leftOutText(joined, left, source));
  const { columns, leftOut } = chooseFeatures(table, {
    include: source.include,
    exclude: source.exclude,
    reserved: reservedColumns(source, joined),
  });
  if (leftOut.length > 0) {
    note(`not taken for features: ${shortList(leftOut)} (--features names those that are)`);
  }
  const group =
    source.group === undefined
      ? undefined
      : readGroups(table, joined.read(source.group, '--group'), outcome.rows);
  const advice = group === undefined ? adviceOnGroups(table) : undefined;
  if (advice !== undefined) warn(advice);
  return {
    table,
    featureNames: columns.map(({ name }) => name),
    x: featureMatrix(table, columns, outcome.rows),
    outcome,
    groups: group,
    weights:
      source.weight === undefined
        ? undefined
        : readWeights(table, joined.read(source.weight, '--weight'), outcome.rows),
  };
}

function reservedColumns(source: TrainingSource, joined: JoinedTables): Set<string> {
  const names = [source.target, source.group, source.weight, joined.key?.features];
  return new Set(names.filter((name) => name !== undefined));
}

function leftOutText(joined: JoinedTables, left: number, source: TrainingSource): string {
  const { features, key, unmatched } = joined;
  if (key === undefined || unmatched.length === 0) {
    return `${left} of ${features.rows} rows have no ${source.target} and are left out`;
  }
  const column = features.get(key.features, '--key');
  const unknown = [...new Set(unmatched.map((row) => column.text(row) || 'empty'))];
  return (
    `${left} of ${features.rows} rows have no ${source.target} in ${source.labels} and are left out; ` +
    `${key.labels} not found there: ${shortList(unknown, 4)}`
  );
}

function readWeights(table: DataTable, weight: CellReader, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => {
    const value = weight.number(row);
    if (value >= 0 && value < Infinity) return value;
    throw new TableError(
      table.path,
      `${table.path}: ${weight.name} (--weight) is ${weight.text(row) || 'empty'} on ${table.place(row)}; ` +
        'expected a number ≥ 0',
    );
  });
}
