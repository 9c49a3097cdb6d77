import type { CommandDefinition } from '../command-line/command.js';
import { FORCE } from '../command-line/output.js';
import { NOT_A_DEVICE } from '../models/page.js';
import { INTERVALS, rocOptions } from './roc/options.js';
import { runRoc } from './roc/run-roc.js';

export const rocCommand: CommandDefinition = {
  name: 'roc',
  args: '<table>',
  summary: 'Draw ROC curves of a table of scores, with AUC, thresholds and their intervals',
  options: [
    { flags: '--label <column>', description: 'Column of what is true' },
    {
      flags: '--positive <value>',
      description: 'The label that high scores mean (default the second of two in order)',
    },
    {
      flags: '--positive-grade <n>',
      description: 'Labels that are numbers: positive from n on',
    },
    {
      flags: '--score <column>',
      description: 'Column of a score, high for positive; give several for several curves',
    },
    {
      flags: '--cluster <column>',
      description: 'Whose a row is: several rows of one patient are then not taken as independent',
    },
    { flags: '--weights <column>', description: 'Weight of each row, ≥ 0 (default all 1)' },
    {
      flags: '--interval <name>',
      description: `Interval of the AUC: ${INTERVALS.join(', ')} (default delong; Obuchowski's variance with --cluster)`,
    },
    { flags: '--level <x>', description: 'Confidence level, 0 … 1 (default 0.95)' },
    {
      flags: '--max-fpr <x>',
      description: 'Also the partial area up to this 1 − specificity, 0 … 1',
    },
    {
      flags: '--compare',
      description: 'Compare all pairs of scores by the paired test of DeLong; P adjusted by Holm',
    },
    {
      flags: '--replicates <n>',
      description: 'Resamples of --interval bootstrap (default 2000)',
    },
    {
      flags: '--seed <n>',
      description: 'Whole number that the bootstrap follows from (default 1)',
    },
    {
      flags: '-o, --output <path>',
      description: 'Picture (.svg), page (.html), or a folder for both and the numbers as JSON',
    },
    { flags: '--json', description: 'Print the numbers as JSON' },
    FORCE,
  ],
  notes: [
    'The table is .csv, .tsv or .parquet, one row a patient or a region. Rows that lack the label or any of the\n' +
      'scores are left out of everything, so that all curves are of the same rows. Curves are never turned round.',
    `${NOT_A_DEVICE} A threshold found on the rows that it is judged on looks better than it is.`,
  ],
  examples: [
    'steatosis roc predictions.csv --label grade --positive-grade 1 --score probability --cluster patient -o roc.svg',
    'steatosis roc scores.csv --label disease --score pdff --score radiomics --compare -o roc-report',
  ],
  async run([table = ''], options, context) {
    await runRoc(rocOptions(table, options), context);
  },
};
