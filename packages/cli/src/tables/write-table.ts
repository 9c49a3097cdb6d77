import { endingOf } from '../command-line/output.js';
import { UsageError } from '../terminal/usage-error.js';
import { csvText } from './csv.js';
import { parquetBytes } from './parquet.js';
import type { Table } from './table.js';
import { writePieces } from './write-file.js';

/** Endings of tables that can be written. */
export const TABLE_ENDINGS = ['.csv', '.parquet'] as const;
export type TableEnding = (typeof TABLE_ENDINGS)[number];

/** The format that a name asks for. @throws UsageError */
export function tableEnding(path: string, command: string): TableEnding {
  const ending = endingOf(path, TABLE_ENDINGS) as TableEnding | undefined;
  if (ending === undefined) {
    throw new UsageError(`-o ${path} must end in ${TABLE_ENDINGS.join(' or ')}`, command);
  }
  return ending;
}

/** Write a table whole or not at all. @throws FileAccessError when the disk refuses */
export async function writeTable(path: string, ending: TableEnding, table: Table): Promise<void> {
  await writePieces(path, ending === '.csv' ? csvText(table) : parquetBytes(table));
}
