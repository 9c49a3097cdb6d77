import { join } from 'node:path';
import { createRandom, SteatosisError } from '@steatosis/core';
import { shapValues } from '@steatosis/ensembles';
import type { CommandContext } from '../../command-line/command.js';
import { expectWritableFolder, jsonText } from '../../command-line/output.js';
import { rowsOfMatrix } from '../../models/feature-matrix.js';
import { checkReportFolder, writeReport } from '../../models/folder-output.js';
import { type LoadedModel, loadModel } from '../../models/load-model.js';
import { modelFeatures } from '../../models/model-features.js';
import { everyRow } from '../../models/splits.js';
import type { DataTable } from '../../tables/data-table.js';
import { readTable } from '../../tables/read-table.js';
import { writeTable } from '../../tables/write-table.js';
import { createProgress } from '../../terminal/progress.js';
import { type Explained, featureSizes } from './explained.js';
import { meanInteractions } from './interactions.js';
import type { ExplainOptions } from './options.js';
import { outputNames } from './output-names.js';
import { permutationsOf } from './permutations.js';
import { reportFiles, type Explanation } from './report-files.js';
import { interactionTable, permutationTable, shapTable, sizeTable } from './tables.js';

/** A model that is no sum of trees. */
class NotExplainableError extends SteatosisError {
  readonly code = 'NOT_EXPLAINABLE';
}

/** Explain the rows of a table, and write all of it. */
export async function runExplain(
  modelPath: string,
  tablePath: string,
  options: ExplainOptions,
  { io, print, warn }: CommandContext,
): Promise<void> {
  await checkReportFolder(options.output, options.force);
  await expectWritableFolder(join(options.output, 'index.html'));
  const model = await loadModel(modelPath);
  const table = await readTable(tablePath);
  const explanation = await explanationOf(model, table, options, { io, warn });
  const { explained, interactions, permutations } = explanation;
  const { format, output } = options;
  const tables = [
    ['shap-values', shapTable(explained)],
    ['importance', sizeTable(explained)],
    ...(interactions === undefined
      ? []
      : ([['interactions', interactionTable(interactions)]] as const)),
    ...(permutations === undefined
      ? []
      : ([['permutation-importance', permutationTable(permutations)]] as const)),
  ] as const;
  const files = reportFiles(explanation, options);
  await io.guard(async () => {
    for (const [name, content] of tables) {
      await writeTable(join(output, `${name}.${format}`), `.${format}`, content);
    }
    await writeReport(output, files);
  });
  const sizes = featureSizes(explained);
  if (options.json) {
    const values = sizes.map(({ name, meanAbsolute }) => ({ feature: name, meanAbsolute }));
    print(
      jsonText({ outputs: explained.outputNames, rows: explained.rows.length, values }).trimEnd(),
    );
    return;
  }
  const [unit = ''] = explained.outputNames;
  print(`Mean size of the SHAP values over ${explained.rows.length} rows (${unit}):`);
  const shown = sizes.slice(0, 5);
  const width = Math.max(...shown.map(({ name }) => name.length));
  for (const { name, meanAbsolute } of shown) {
    print(`  ${name.padEnd(width)}  ${meanAbsolute.toPrecision(3)}`);
  }
  print(`${join(output, 'index.html')}: pictures and what they show`);
  print(`${join(output, `shap-values.${format}`)}: SHAP values of every row`);
}

async function explanationOf(
  model: LoadedModel,
  table: DataTable,
  options: ExplainOptions,
  { io, warn }: Pick<CommandContext, 'io' | 'warn'>,
): Promise<Explanation> {
  const { trees } = model.model;
  if (trees === undefined) {
    throw new NotExplainableError(
      `${model.path} holds a model that is no sum of trees, which SHAP values need; steatosis explain cannot explain it`,
    );
  }
  const features = modelFeatures(table, model, warn);
  const rows = drawnRows(table.rows, options);
  const x = rowsOfMatrix(features.x, rows);
  const background =
    options.background === undefined
      ? undefined
      : modelFeatures(await readTable(options.background), model, warn).x;
  const { workers } = options;
  const settings = { workers, ...(background === undefined ? {} : { background }) };
  const progress = createProgress(io.stderr, 'explaining', 'steps');
  const work = async (signal?: AbortSignal): Promise<Explanation> => {
    const shap = await shapValues(trees, x, {
      ...settings,
      signal,
      onProgress: (step) => progress.onProgress({ ...step, message: 'explaining rows' }),
    });
    const outputs = shap.shape.length === 3 ? shap.shape[1]! : 1;
    const explained: Explained = {
      model,
      table,
      features,
      rows,
      outputs,
      values: shap.data,
      outputNames: outputNames(model, x, outputs),
    };
    const interactions = options.interactions
      ? await meanInteractions(trees, x, features.names, outputs, { ...settings, signal }, (step) =>
          progress.onProgress({ ...step, message: 'pairs of features' }),
        )
      : undefined;
    const permutations =
      options.target === undefined
        ? undefined
        : permutationsOf(model, table, features, options, progress.onProgress, warn);
    return { explained, interactions, permutations };
  };
  const stoppable = workers > 0 && options.target === undefined;
  // Where this thread itself computes nothing could hear a signal: Ctrl-C must then end the process.
  return await (stoppable ? io.guard(work) : work()).finally(progress.finish);
}

/** All rows, or as many as were asked for, in the order of the table. */
function drawnRows(count: number, { rows, seed }: ExplainOptions): Int32Array {
  if (rows === undefined || rows >= count) return everyRow(count);
  return Int32Array.from(createRandom(seed).permutation(count)).slice(0, rows).sort();
}
