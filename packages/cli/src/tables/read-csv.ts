import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileAccessError } from '@steatosis/io/node';
import { parse } from 'csv-parse';
import { ColumnBuilder } from './data-column.js';
import { DataTable } from './data-table.js';
import { TableError } from './table-error.js';

/** So much of a file is looked at for its delimiter: a header of some thousand columns. */
const HEAD_BYTES = 262_144;

/** Read comma-, semicolon- or tab-separated values. @throws FileAccessError, TableError */
export async function readCsvTable(
  path: string,
  skip: (column: string) => boolean,
): Promise<DataTable> {
  const delimiter = await delimiterOf(path);
  const parser = createReadStream(path).pipe(
    parse({ bom: true, info: true, skip_empty_lines: true, delimiter }),
  );
  let builders: (ColumnBuilder | undefined)[] | undefined;
  const lines: number[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (builders === undefined) {
        const names = checkedNames(path, record);
        builders = names.map((name) =>
          skip(name) ? undefined : new ColumnBuilder(name, delimiter === ';'),
        );
        continue;
      }
      record.forEach((cell, i) => builders![i]?.addText(cell));
      lines.push(info.lines);
    }
  } catch (cause) {
    if (cause instanceof TableError) throw cause;
    if ('syscall' in (cause as Error)) throw new FileAccessError(path, 'read', cause);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TableError(path, `${path} is no valid table of text: ${reason}`, { cause });
  }
  if (builders === undefined) {
    throw new TableError(path, `${path} is empty; expected a line with the names of the columns.`);
  }
  const columns = builders.flatMap((builder) => (builder === undefined ? [] : [builder.finish()]));
  return new DataTable(path, lines.length, columns, Int32Array.from(lines));
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

/** A tab, comma or semicolon: whatever the first line has most of, tabs if it is a tie since names have none. */
async function delimiterOf(path: string): Promise<string> {
  const head = await readHead(path).catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  if (head.includes('\0')) {
    throw new TableError(path, `${path} is no text; expected a table of comma-separated values.`);
  }
  const [line = ''] = head.replaceAll(/"[^"]*"/g, '').split(/\r?\n/);
  const count = (character: string) => line.split(character).length;
  const [best = ','] = ['\t', ',', ';'].toSorted((a, b) => count(b) - count(a));
  return count(best) > 1 ? best : ',';
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function checkedNames(path: string, record: readonly string[]): string[] {
  const names = record.map((name) => name.trim());
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new TableError(path, `${path} has two columns ${twice}; give each a name of its own.`);
  }
  // The index that pandas writes has no name and is no feature.
  return names.map((name, i) => name || `column ${i + 1}`);
}
