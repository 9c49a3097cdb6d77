import { stringify } from 'csv-stringify/sync';
import type { Table } from './table.js';

/** Rows that are put into one piece of text. */
const ROWS_A_PIECE = 256;

/** A table as comma-separated values, piece by piece. Not-a-number is `NaN`, an empty cell stays empty. */
export async function* csvText({ columns, rows }: Table): AsyncGenerator<string> {
  let lines: string[][] = [columns.map(({ name }) => name)];
  for await (const row of rows) {
    lines.push(columns.map(({ name }) => textOf(row[name])));
    if (lines.length < ROWS_A_PIECE) continue;
    yield stringify(lines);
    lines = [];
  }
  if (lines.length > 0) yield stringify(lines);
}

function textOf(cell: string | number | undefined): string {
  return cell === undefined ? '' : String(cell);
}
