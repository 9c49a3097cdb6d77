import type { CommandDefinition } from '../command-line/command.js';
import { FORCE } from '../command-line/output.js';
import { NOT_A_DEVICE } from '../models/page.js';
import { ADJUSTMENTS, FORMATS, tableOptions } from './table/options.js';
import { runTable } from './table/run-table.js';

export const tableCommand: CommandDefinition = {
  name: 'table',
  args: '<table>',
  summary: 'Print the characteristics of a cohort by group, as the first table of a paper has them',
  options: [
    { flags: '--group-by <column>', description: 'Column whose values make the groups' },
    {
      flags: '--variables <names>',
      description:
        'Columns to show, as age,sex (default all but those that name somebody); may be given several times',
    },
    {
      flags: '--categorical <names>',
      description:
        'Columns of numbers that are counted by value (those with two values always are)',
    },
    {
      flags: '--continuous <names>',
      description: 'Columns of numbers with two values that are not',
    },
    {
      flags: '--non-normal <names>',
      description:
        'Columns shown as median [Q1, Q3] and tested by ranks, as alt,ferritin; auto for those that fail the test of\n' +
        'Shapiro and Wilk in a group (better named, where you know them)',
    },
    {
      flags: '--quantile-type <n>',
      description: 'Definition of the quartiles: 7 as R (default), 6 as SPSS',
    },
    {
      flags: '--adjust <method>',
      description: `Adjust P for the number of variables: ${ADJUSTMENTS.join(', ')} (default none)`,
    },
    { flags: '--digits <n>', description: 'Decimals, 0 … 10 (default 1)' },
    {
      flags: '--format <name>',
      description: `${FORMATS.join(', ')} (default text, or what -o ends in)`,
    },
    {
      flags: '-o, --output <file>',
      description: 'File to write: .txt, .html, .csv, .md or .tex (default the screen)',
    },
    { flags: '--json', description: 'Print every number of the table as JSON' },
    FORCE,
  ],
  notes: [
    'mean ± SD and Welch’s t test or ANOVA; median [Q1, Q3] and Mann–Whitney or Kruskal–Wallis; n (%) and χ², or\n' +
      'Fisher’s exact test where an expected count is below 5. Missing values are left out variable by variable.',
    NOT_A_DEVICE,
  ],
  examples: [
    'steatosis table participants.tsv --group-by grade --non-normal alt,ferritin -o table1.html',
    'steatosis table cohort.csv --group-by sex --variables age,bmi,diabetes --format markdown',
  ],
  async run([table = ''], options, context) {
    await runTable(tableOptions(table, options), context);
  },
};
