import { type CommandDefinition } from '../command-line/command.js';
import { FORCE } from '../command-line/output.js';
import { NOT_A_DEVICE } from '../models/page.js';
import { trainOptions } from './train/options.js';
import { runTrain } from './train/run-train.js';

export const trainCommand: CommandDefinition = {
  name: 'train',
  args: '<features>',
  summary: 'Train a model on a table of features and judge it on patients that it has not seen',
  options: [
    { flags: '-o, --output <file>', description: 'Model to write: .json' },
    { flags: '--target <column>', description: 'Column of the outcome' },
    {
      flags: '--labels <table>',
      description: 'Table that has the outcome, if the table of features has not',
    },
    {
      flags: '--key <column>',
      description:
        'Column that both tables have in common, or column=column where its names differ',
    },
    {
      flags: '--group <column>',
      description: 'Whose a row is: rows of one patient are never both trained on and tested',
    },
    { flags: '--weight <column>', description: 'Weight of each row, ≥ 0 (default all 1)' },
    {
      flags: '--features <names>',
      description:
        'Columns that are features, as original_*,age (default the radiomics features, or without any all\n' +
        'numeric columns that nothing else is known of); may be given several times',
    },
    { flags: '--exclude <names>', description: 'Columns that are not, in the same way' },
    {
      flags: '--model <name>',
      description: 'xgboost (default), adaboost, or gbdt: gradient boosting with exact splits',
    },
    {
      flags: '--set <name=value>',
      description:
        'Parameter of the model, as maxDepth=4 or learningRate=0.1; may be given several times',
    },
    {
      flags: '--task <name>',
      description:
        'classification or regression (default classification for texts and for up to 10 whole numbers)',
    },
    {
      flags: '--positive-grade <n>',
      description: 'Two classes: outcomes from n on against those below',
    },
    {
      flags: '--positive <value>',
      description: 'Two classes: this outcome against all others',
    },
    {
      flags: '--folds <n>',
      description: 'Cross-validation in n folds (default 5); 0 holds nothing out',
    },
    {
      flags: '--test-fraction <x>',
      description: 'In place of folds: one part of the rows that is held out, 0 … 1',
    },
    {
      flags: '--early-stopping <n>',
      description:
        'xgboost: stop when a part of the training rows got no better for n rounds; up to 1000 rounds\n' +
        'unless --set nEstimators says otherwise',
    },
    {
      flags: '--validation-fraction <x>',
      description: 'That part, 0 … 1 (default 0.2); whole groups too',
    },
    {
      flags: '--seed <n>',
      description: 'Whole number that every random choice follows from (default 1)',
    },
    {
      flags: '--workers <n>',
      description:
        'Worker threads, 0 … 64, one model each (default the number of cores, at most 8); same model',
    },
    {
      flags: '--report <folder>',
      description:
        'Page with learning curves, ROC curve and importances, the pictures as SVG, metrics as JSON, and what\n' +
        'was predicted of each row while it was held out',
    },
    {
      flags: '--xgboost-model <file>',
      description: "Write XGBoost's own model file too: .json or .ubj",
    },
    { flags: '--json', description: 'Print the metrics as JSON' },
    FORCE,
  ],
  notes: [
    'The table is .csv, .tsv or .parquet, one row a region, as extract --cases writes it; empty cells are missing\n' +
      'values, which xgboost takes and the other models do not. Columns diagnostics_… are never features.',
    'With folds the model that is written is trained on all rows in the way that was judged; with --test-fraction\n' +
      'it is the one that was judged. Rows without an outcome are left out.',
    NOT_A_DEVICE,
  ],
  examples: [
    'steatosis train features.csv --target grade --group patient --positive-grade 1 -o model.json --report report',
    'steatosis train features.parquet --labels participants.tsv --key ID=participant_id --target steatosis \\\n' +
      '    --group ID --early-stopping 20 --set maxDepth=3 --set learningRate=0.1 -o model.json',
  ],
  async run([features = ''], options, context) {
    await runTrain(trainOptions(features, options), context);
  },
};
