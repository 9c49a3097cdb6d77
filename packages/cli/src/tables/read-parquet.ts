import { readFile } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { FileAccessError } from '@steatosis/io/node';
import { type Compressors, parquetMetadata, parquetRead } from 'hyparquet';
import { ColumnBuilder } from './data-column.js';
import { DataTable } from './data-table.js';
import { TableError } from './table-error.js';

/** Snappy, which most writers use, is the reader's own. */
const COMPRESSORS: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
};

/** Read a flat Parquet file. @throws FileAccessError, TableError */
export async function readParquetTable(
  path: string,
  skip: (column: string) => boolean,
): Promise<DataTable> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  try {
    const metadata = parquetMetadata(file);
    const names = leafColumns(path, metadata.schema).filter((name) => !skip(name));
    const builders = new Map(names.map((name) => [name, new ColumnBuilder(name)]));
    await parquetRead({
      file,
      metadata,
      columns: names,
      compressors: COMPRESSORS,
      onChunk: ({ columnName, columnData }) => {
        const builder = builders.get(columnName);
        if (builder === undefined) return;
        for (let i = 0; i < columnData.length; i++) addCell(builder, columnData[i]);
      },
    });
    const columns = [...builders.values()].map((builder) => builder.finish());
    return new DataTable(path, Number(metadata.num_rows), columns);
  } catch (cause) {
    if (cause instanceof TableError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TableError(path, `${path} is no Parquet file that can be read: ${reason}`, { cause });
  }
}

interface SchemaElement {
  name: string;
  num_children?: number | undefined;
  repetition_type?: string | undefined;
}

/** @throws TableError for lists and records inside cells */
function leafColumns(path: string, [, ...elements]: readonly SchemaElement[]): string[] {
  const nested = elements.find(
    ({ num_children: children, repetition_type: repetition }) =>
      (children ?? 0) > 0 || repetition === 'REPEATED',
  );
  if (nested !== undefined) {
    throw new TableError(
      path,
      `${path}: the cells of the column ${nested.name} are lists or records; expected texts and numbers.`,
    );
  }
  return elements.map(({ name }) => name);
}

/** @param cell as the reader gives it: numbers, texts, whole numbers of 64 bits, true or false, dates, nulls */
function addCell(
  builder: ColumnBuilder,
  cell: number | string | bigint | boolean | Date | null | undefined,
): void {
  if (typeof cell === 'number') builder.addNumber(cell);
  else if (cell === null || cell === undefined) builder.addNumber(Number.NaN);
  else if (cell instanceof Date) builder.addText(cell.toISOString());
  else builder.addText(`${cell}`);
}
