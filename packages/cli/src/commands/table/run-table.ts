import { basename } from 'node:path';
import {
  type TableOne,
  tableOne,
  tableOneCsv,
  tableOneLatex,
  tableOneMarkdown,
  tableOneText,
} from '@steatosis/stats';
import type { CommandContext } from '../../command-line/command.js';
import {
  checkOutputFile,
  expectWritableFolder,
  jsonText,
  writeOutput,
} from '../../command-line/output.js';
import { repeatedIdentity } from '../../tables/repeated-identity.js';
import { readTable } from '../../tables/read-table.js';
import type { TableFormat, TableOptions } from './options.js';
import { tablePage } from './page.js';
import { variableColumns } from './variables.js';

/** Read, compute, write whole or not at all, and print. */
export async function runTable(options: TableOptions, context: CommandContext): Promise<void> {
  const { io, print, warn } = context;
  const { output, format, json } = options;
  if (output !== undefined) {
    await checkOutputFile(output, options.force);
    await expectWritableFolder(output);
  }
  const data = await readTable(options.table);
  const { names, columns } = variableColumns(data, options, warn);
  const { groupBy, categorical, continuous, nonNormal, quantileType, adjust, digits } = options;
  const table = tableOne(columns, {
    ...(groupBy === undefined ? {} : { groupBy }),
    variables: names,
    categorical,
    continuous,
    nonNormal,
    quantileType,
    adjust,
    digits,
  });
  warnOf(table, repeatedIdentity(data), warn);
  const text = rendered(table, format, options.table);
  if (output !== undefined) await io.guard(async () => await writeOutput(output, text));
  if (json) print(jsonText(table).trimEnd());
  else if (output === undefined) io.stdout.write(text);
  else {
    print(`${output}: ${names.length} variable${names.length === 1 ? '' : 's'} of ${table.n} rows`);
  }
}

function rendered(table: TableOne, format: TableFormat, path: string): string {
  switch (format) {
    case 'text':
      return tableOneText(table);
    case 'html':
      return tablePage(table, basename(path));
    case 'csv':
      return tableOneCsv(table);
    case 'markdown':
      return tableOneMarkdown(table);
    case 'latex':
      return tableOneLatex(table);
    default:
      return format satisfies never;
  }
}

function warnOf(
  { groups, groupBy }: TableOne,
  identity: string | undefined,
  warn: (message: string) => void,
): void {
  if (identity !== undefined) {
    warn(
      `the column ${identity} has the same value in several rows: every row is counted as a subject of its own, ` +
        'and P comes out too small where rows of one patient are alike. Give a table with one row a patient',
    );
  }
  if (groups.length === 1)
    warn(`${groupBy} is ${groups[0]!.name} in every row; nothing is compared`);
  for (const { name, n } of groups) {
    if (n === 1)
      warn(`${groupBy}: ${name} has a single row, so that no spread and no t test is defined`);
  }
}
