import { stat } from 'node:fs/promises';
import { FileAccessError } from '@steatosis/io/node';
import { endingOf } from '../command-line/output.js';
import type { DataTable } from './data-table.js';
import { readCsvTable } from './read-csv.js';
import { readParquetTable } from './read-parquet.js';
import { TableError } from './table-error.js';

/**
 * Read a table by the ending of its name: `.parquet`, or text whose columns are separated by commas,
 * semicolons (numbers may then have decimal commas) or tabs.
 *
 * @param skip columns that are not wanted
 * @throws FileAccessError, TableError; a table without rows is one
 */
export async function readTable(
  path: string,
  skip: (column: string) => boolean = () => false,
): Promise<DataTable> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  if (found.isDirectory()) {
    throw new TableError(path, `${path} is a folder; expected a table: .csv, .tsv or .parquet`);
  }
  const ending = endingOf(path, ['.parquet', '.csv', '.tsv', '.txt']);
  if (ending === undefined) {
    throw new TableError(path, `${path} must end in .csv, .tsv or .parquet`);
  }
  const table =
    ending === '.parquet' ? await readParquetTable(path, skip) : await readCsvTable(path, skip);
  if (table.rows === 0) throw new TableError(path, `${path} has no rows below its header.`);
  return table;
}
