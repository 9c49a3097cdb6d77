/** What the cells of a column are. */
export type CellType = 'text' | 'integer' | 'number';

/** A column of a table. */
export interface Column {
  name: string;
  type: CellType;
}

/** A row by the names of its columns; a column that is missing or undefined is an empty cell. */
export type TableRow = Readonly<Record<string, string | number | undefined>>;

/** A table whose rows come one after the other, so that it need not fit into memory. */
export interface Table {
  columns: readonly Column[];
  rows: AsyncIterable<TableRow> | Iterable<TableRow>;
}
