import { csvText } from '../../tables/csv.js';
import { jsonArray, jsonLines } from '../../tables/json.js';
import { parquetBytes } from '../../tables/parquet.js';
import { writePieces } from '../../tables/write-file.js';
import { recordOf, type ResultRow } from './result-row.js';
import { resultTable } from './result-table.js';

/** Endings of the outputs that can be written. */
export const OUTPUT_ENDINGS = ['.csv', '.json', '.jsonl', '.parquet'] as const;
export type OutputEnding = (typeof OUTPUT_ENDINGS)[number];

/**
 * Write results in the format of the ending, whole or not at all.
 *
 * @param rows gives all rows anew each time
 * @throws FileAccessError when the disk refuses
 */
export async function writeResults(
  path: string,
  ending: OutputEnding,
  rows: () => AsyncIterable<ResultRow> | Iterable<ResultRow>,
): Promise<void> {
  await writePieces(path, await piecesOf(ending, rows));
}

async function piecesOf(
  ending: OutputEnding,
  rows: () => AsyncIterable<ResultRow> | Iterable<ResultRow>,
): Promise<AsyncIterable<string | Uint8Array>> {
  if (ending === '.json') return jsonArray(records(rows()));
  if (ending === '.jsonl') return jsonLines(records(rows()));
  const table = await resultTable(rows);
  return ending === '.csv' ? csvText(table) : parquetBytes(table);
}

async function* records(rows: AsyncIterable<ResultRow> | Iterable<ResultRow>): AsyncGenerator {
  for await (const row of rows) yield recordOf(row);
}
