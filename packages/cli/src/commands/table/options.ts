import type { PAdjustment } from '@steatosis/stats';
import type { OptionValues } from '../../command-line/option-values.js';
import { endingOf } from '../../command-line/output.js';
import { UsageError } from '../../terminal/usage-error.js';

export const FORMATS = ['text', 'html', 'csv', 'markdown', 'latex'] as const;
export type TableFormat = (typeof FORMATS)[number];

export const ADJUSTMENTS = [
  'none',
  'bonferroni',
  'holm',
  'hochberg',
  'hommel',
  'bh',
  'by',
] as const satisfies readonly (PAdjustment | 'none')[];

const ENDINGS: Readonly<Record<string, TableFormat>> = {
  '.txt': 'text',
  '.html': 'html',
  '.csv': 'csv',
  '.md': 'markdown',
  '.tex': 'latex',
};

/** What a command line asks of `steatosis table`. */
export interface TableOptions {
  table: string;
  groupBy: string | undefined;
  /** Empty for all that are no numbers of somebody. */
  variables: string[];
  categorical: string[];
  continuous: string[];
  /** Columns, or those that do not pass Shapiro and Wilk's test. */
  nonNormal: string[] | 'auto';
  quantileType: 6 | 7;
  adjust: (typeof ADJUSTMENTS)[number];
  digits: number;
  format: TableFormat;
  output: string | undefined;
  force: boolean;
  json: boolean;
}

/** @throws UsageError */
export function tableOptions(table: string, options: OptionValues): TableOptions {
  const names = (name: string): string[] =>
    options.texts(name).flatMap((text) => text.split(',').map((word) => word.trim()));
  const output = options.text('output');
  const format = options.choice('format', FORMATS);
  const ending = output === undefined ? undefined : endingOf(output, Object.keys(ENDINGS));
  if (output !== undefined && ending === undefined) {
    throw wrong(`-o ${output} must end in ${Object.keys(ENDINGS).join(', ')}`);
  }
  if (ending !== undefined && format !== undefined && ENDINGS[ending] !== format) {
    throw wrong(`-o ${output} and --format ${format} do not agree; give one`);
  }
  const json = options.flag('json');
  if (json && format !== undefined && output === undefined) {
    throw wrong('--json and --format are two ways to print; give one');
  }
  const nonNormal = names('non-normal');
  return {
    table,
    groupBy: options.text('group-by'),
    variables: names('variables'),
    categorical: names('categorical'),
    continuous: names('continuous'),
    nonNormal: nonNormal.length === 1 && nonNormal[0] === 'auto' ? 'auto' : nonNormal,
    quantileType: options.choice('quantile-type', ['6', '7']) === '6' ? 6 : 7,
    adjust: options.choice('adjust', ADJUSTMENTS) ?? 'none',
    digits: options.integer('digits', 0, 10) ?? 1,
    format: ending === undefined ? (format ?? 'text') : ENDINGS[ending]!,
    output,
    force: options.flag('force'),
    json,
  };
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'table');
}
