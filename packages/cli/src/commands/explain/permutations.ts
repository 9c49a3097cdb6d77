import type { OnProgress } from '@steatosis/core';
import { permutationImportance } from '@steatosis/ensembles';
import { readGroups } from '../../models/groups.js';
import { rowsOfMatrix } from '../../models/feature-matrix.js';
import { JoinedTables } from '../../models/joined-tables.js';
import type { LoadedModel } from '../../models/load-model.js';
import type { ModelFeatures } from '../../models/model-features.js';
import { readOutcome } from '../../models/outcome.js';
import { type DataTable, shortList } from '../../tables/data-table.js';
import { TableError } from '../../tables/table-error.js';
import { predictor } from '../../models/predictor.js';
import type { ExplainOptions } from './options.js';

/** How much worse the model does without a feature. */
export interface Permutations {
  /** What is measured, and its value with all features. */
  scoring: string;
  score: number;
  rows: number;
  repeats: number;
  /** Falling by the mean. */
  features: { name: string; mean: number; sd: number }[];
}

/** Permutation importance on the rows that have an outcome. @throws TableError */
export function permutationsOf(
  model: LoadedModel,
  table: DataTable,
  { names, x }: ModelFeatures,
  options: ExplainOptions,
  onProgress: OnProgress,
  warn: (message: string) => void,
): Permutations {
  const joined = new JoinedTables(table);
  const outcome = readOutcome(table, joined.read(options.target!, '--target'), model.outcome);
  const left = table.rows - outcome.rows.length;
  if (left > 0) warn(`${left} rows have no ${options.target} and have no part in the permutations`);
  const codes = codesOf(model, outcome.classes, table);
  const y = model.task === 'regression' ? outcome.y : outcome.y.map((code) => codes[code]!);
  const groups =
    options.group === undefined
      ? undefined
      : readGroups(table, joined.read(options.group, '--group'), outcome.rows);
  const { repeats, seed } = options;
  const binary = model.classes.length === 2;
  const result = permutationImportance(predictor(model), rowsOfMatrix(x, outcome.rows), y, {
    repeats,
    seed,
    scoring: model.task === 'regression' ? 'r2' : binary ? 'roc_auc' : 'accuracy',
    groups,
    onProgress: (progress) => onProgress({ ...progress, message: 'permutations of features' }),
  });
  return {
    scoring: result.scoring,
    score: result.score,
    rows: outcome.rows.length,
    repeats,
    features: names
      .map((name, i) => ({ name, mean: result.mean[i]!, sd: result.sd[i]! }))
      .toSorted((a, b) => b.mean - a.mean),
  };
}

/** The model's code of each class of the table. */
function codesOf(model: LoadedModel, classes: readonly string[], table: DataTable): number[] {
  return classes.map((name) => {
    const code = model.classes.indexOf(name);
    if (code >= 0) return code;
    throw new TableError(
      table.path,
      `${table.path} has the class ${name}, which ${model.path} does not know: ${shortList(model.classes)}`,
    );
  });
}
