import { type DataTable, shortList } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import { didYouMean } from '../terminal/suggest.js';
import { chooseFeatures, isRadiomicsName } from './feature-columns.js';
import { featureMatrix } from './feature-matrix.js';
import type { LoadedModel } from './load-model.js';
import { everyRow } from './splits.js';
import type { DenseMatrix } from '@steatosis/ensembles';

/** The features that a model takes, from a table with whatever other columns in whatever order. */
export interface ModelFeatures {
  names: readonly string[];
  x: DenseMatrix<Float64Array>;
}

/**
 * Find the columns of a model by their names.
 *
 * @param warn told where a model has no names, and of features that it does not know
 * @throws TableError that lists the columns that are missing
 */
export function modelFeatures(
  table: DataTable,
  model: LoadedModel,
  warn: (message: string) => void,
): ModelFeatures {
  const names = model.features ?? positionalNames(table, model, warn);
  const missing = names.filter((name) => table.find(name) === undefined);
  if (missing.length > 0) {
    const [first = ''] = missing;
    const hint = didYouMean(
      first,
      table.columns.map(({ name }) => name),
    );
    throw new TableError(
      table.path,
      `${table.path} lacks ${missing.length} of the ${names.length} features of ${model.path}: ${shortList(missing)}` +
        (missing.length === 1 ? hint : ''),
    );
  }
  const columns = names.map((name) => table.get(name, model.path));
  for (const column of columns) {
    if (column.kind !== 'text') continue;
    const row = [...everyRow(table.rows)].find(
      (i) => column.text(i) !== '' && Number.isNaN(column.number(i)),
    )!;
    throw new TableError(
      table.path,
      `${table.path}: ${column.name} is ${column.text(row)} on ${table.place(row)}; the model takes numbers`,
    );
  }
  const known = new Set(names);
  const unknown = table.columns
    .map(({ name }) => name)
    .filter((name) => isRadiomicsName(name) && !known.has(name));
  if (unknown.length > 0) {
    warn(
      `${unknown.length} radiomics features of ${table.path} are none of the model's and are not used: ${shortList(unknown, 3)}`,
    );
  }
  return { names, x: featureMatrix(table, columns, everyRow(table.rows)) };
}

/** The numeric columns in the order of the table, for a model that holds no names. */
function positionalNames(
  table: DataTable,
  model: LoadedModel,
  warn: (message: string) => void,
): string[] {
  const { columns } = chooseFeatures(table, { include: [], exclude: [], reserved: new Set() });
  if (columns.length !== model.featureCount) {
    throw new TableError(
      table.path,
      `${model.path} holds no names of features and takes ${model.featureCount}; ${table.path} has ${columns.length} ` +
        `columns that could be them (${shortList(
          columns.map(({ name }) => name),
          4,
        )}). Leave only the features in the table, in the order of the training.`,
    );
  }
  warn(
    `${model.path} holds no names of features: the ${columns.length} columns are taken in the order of ${table.path}`,
  );
  return columns.map(({ name }) => name);
}
