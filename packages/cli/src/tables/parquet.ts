import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { CellType, Column, Table, TableRow } from './table.js';

/** Rows in memory at a time; readers skip and read whole groups. */
const ROWS_A_GROUP = 1000;

/** A table as Parquet, piece by piece: text, 64-bit integers and doubles; empty cells are nulls. */
export async function* parquetBytes({ columns, rows }: Table): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaOf)],
    createdBy: 'steatosis',
  });
  let group: TableRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < ROWS_A_GROUP) continue;
    await writeGroup(writer, columns, group);
    yield takeBytes(bytes);
    group = [];
  }
  if (group.length > 0) await writeGroup(writer, columns, group);
  await writer.finish();
  yield takeBytes(bytes);
}

function schemaOf({ name, type }: Column): SchemaElement {
  return { name, repetition_type: 'OPTIONAL', ...PHYSICAL[type] };
}

const PHYSICAL = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
} as const satisfies Record<CellType, Partial<SchemaElement>>;

async function writeGroup(
  writer: ParquetWriter,
  columns: readonly Column[],
  group: readonly TableRow[],
): Promise<void> {
  const columnData = columns.map(({ name, type }) => ({
    name,
    data: group.map((row) => cellOf(row[name], type)),
  }));
  await writer.write({ columnData, rowGroupSize: ROWS_A_GROUP });
}

function cellOf(
  cell: string | number | undefined,
  type: CellType,
): string | number | bigint | undefined {
  if (cell === undefined) return undefined;
  if (type === 'integer') return BigInt(cell);
  return type === 'text' ? String(cell) : Number(cell);
}

/** What was written since the last call; the positions that the file keeps go on counting. */
function takeBytes(bytes: ByteWriter): Uint8Array {
  const taken = bytes.getBytes().slice();
  bytes.index = 0;
  return taken;
}
