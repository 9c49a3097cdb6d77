import type { CommandDefinition } from '../command-line/command.js';
import { checkOutputFile, expectWritableFolder, FORCE } from '../command-line/output.js';
import { loadModel } from '../models/load-model.js';
import { modelFeatures } from '../models/model-features.js';
import { NOT_A_DEVICE } from '../models/page.js';
import { csvText } from '../tables/csv.js';
import { readTable } from '../tables/read-table.js';
import { TABLE_ENDINGS, tableEnding, writeTable } from '../tables/write-table.js';
import { jsonArray } from '../tables/json.js';
import { carriedColumns } from './predict/carried-columns.js';
import { predictionTable, type PredictionKind } from './predict/prediction-table.js';
import { UsageError } from '../terminal/usage-error.js';

export const predictCommand: CommandDefinition = {
  name: 'predict',
  args: '<model> <features>',
  summary: 'Predict the rows of a table of features with a trained model',
  options: [
    {
      flags: '-o, --output <file>',
      description: `Table to write: ${TABLE_ENDINGS.join(', ')} (default: CSV on the screen)`,
    },
    {
      flags: '--keep <columns>',
      description:
        'Columns of the table to carry along, as ID,Site (default all columns of text and those that name\n' +
        'somebody); none for none',
    },
    {
      flags: '--margin',
      description: 'Raw scores (log odds for two classes) in place of probabilities',
    },
    { flags: '--leaf', description: 'The leaf of each tree in place of probabilities' },
    { flags: '--json', description: 'Print the predictions as JSON' },
    FORCE,
  ],
  notes: [
    "The model is a file of steatosis train, XGBoost's .json or .ubj, or LightGBM's .txt. Its features are found in\n" +
      'the table by their names, in any order; one that is missing is an error.',
    'The output has one row for each row of the table: probability_<class> and predicted_<target>, or the value\n' +
      'alone for a regression.',
    `${NOT_A_DEVICE} A prediction is no diagnosis.`,
  ],
  examples: [
    'steatosis predict model.json features.csv -o predictions.csv',
    'steatosis predict xgboost.ubj features.parquet -o margins.parquet --margin --keep ID',
  ],
  async run([modelPath = '', tablePath = ''], options, { io, print, warn }) {
    const kind = kindOf(options.flag('margin'), options.flag('leaf'));
    const output = options.text('output');
    const json = options.flag('json');
    if (json && output !== undefined) {
      throw new UsageError('--json prints the predictions; -o writes them. Give one', 'predict');
    }
    const ending = output === undefined ? undefined : tableEnding(output, 'predict');
    if (output !== undefined) {
      await checkOutputFile(output, options.flag('force'));
      await expectWritableFolder(output);
    }
    const model = await loadModel(modelPath);
    const table = await readTable(tablePath);
    const { names, x } = modelFeatures(table, model, warn);
    const carried = carriedColumns(table, new Set(names), options);
    const predictions = predictionTable(model, x, kind, carried);
    if (output !== undefined && ending !== undefined) {
      await io.guard(async () => await writeTable(output, ending, predictions));
      const what = { class: 'predictions', margin: 'raw scores', leaf: 'leaves' }[kind];
      print(`${output}: ${what} of ${table.rows} row${table.rows === 1 ? '' : 's'}`);
      return;
    }
    const pieces = json ? jsonArray(predictions.rows) : csvText(predictions);
    for await (const piece of pieces) io.stdout.write(piece);
  },
};

function kindOf(margin: boolean, leaf: boolean): PredictionKind {
  if (margin && leaf) throw new UsageError('--margin and --leaf: give one', 'predict');
  return margin ? 'margin' : leaf ? 'leaf' : 'class';
}
