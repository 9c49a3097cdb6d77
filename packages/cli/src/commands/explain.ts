import type { CommandDefinition } from '../command-line/command.js';
import { FORCE } from '../command-line/output.js';
import { NOT_A_DEVICE } from '../models/page.js';
import { explainOptions } from './explain/options.js';
import { runExplain } from './explain/run-explain.js';

export const explainCommand: CommandDefinition = {
  name: 'explain',
  args: '<model> <features>',
  summary: 'Show which features move the predictions of a model, and how: SHAP values',
  options: [
    {
      flags: '-o, --output <folder>',
      description: 'Folder for the page, the pictures (SVG) and the tables',
    },
    {
      flags: '--background <table>',
      description:
        'Rows that stand for the data: a feature that is left out then takes their values (interventional).\n' +
        'Default: the shares of the training rows in the trees (path-dependent)',
    },
    {
      flags: '--rows <n>',
      description: 'Explain at most n rows, drawn by --seed (default all)',
    },
    { flags: '--top <n>', description: 'Features in the pictures, 1 … 100 (default 20)' },
    {
      flags: '--interactions',
      description: 'SHAP interaction values too: pairs of features that act together',
    },
    {
      flags: '--target <column>',
      description:
        'Permutation importance too: how much worse the model does when the values of a feature are dealt anew.\n' +
        'Give a table that the model was not trained on',
    },
    {
      flags: '--group <column>',
      description: 'Whose a row is: values of a patient then stay together when they are dealt',
    },
    { flags: '--repeats <n>', description: 'Permutations of each feature (default 10)' },
    {
      flags: '--seed <n>',
      description: 'Whole number that every random choice follows from (default 1)',
    },
    {
      flags: '--workers <n>',
      description: 'Worker threads, 0 … 64 (default the number of cores, at most 8); same values',
    },
    { flags: '--format <name>', description: 'Of the tables: csv (default) or parquet' },
    { flags: '--json', description: 'Print the mean sizes of the SHAP values as JSON' },
    FORCE,
  ],
  notes: [
    "The model is a file of steatosis train, XGBoost's .json or .ubj, or LightGBM's .txt; its features are found in the\n" +
      'table by their names. SHAP values add up to the raw score of the row: log odds for two classes.',
    'A SHAP value says what the model does, not what causes the outcome.',
    NOT_A_DEVICE,
  ],
  examples: [
    'steatosis explain model.json features.csv -o explained',
    'steatosis explain model.json held-out.csv -o explained --target grade --group patient --interactions',
  ],
  async run([model = '', table = ''], options, context) {
    await runExplain(model, table, explainOptions(options), context);
  },
};
