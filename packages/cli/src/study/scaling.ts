import { MinMaxScaler } from '@steatosis/ensembles';

/** Rows of numbers, row-major. */
export interface Table {
  data: Float64Array;
  rows: number;
  columns: number;
}

/** What was learned from the training rows: which columns are kept and how they are scaled. */
export interface Preparation {
  /** Indices of the columns that vary over the training rows. */
  kept: Int32Array;
  scaler: MinMaxScaler;
}

/**
 * Drop the columns that are constant over the training rows and learn the min–max scaling of the others
 * there. The paper normalises "the difference between the maximum and minimum values of the different
 * features".
 */
export function learnPreparation(table: Table, rows: ArrayLike<number>): Preparation {
  const varies = (column: number) => {
    const first = table.data[rows[0]! * table.columns + column];
    for (let r = 1; r < rows.length; r++) {
      if (table.data[rows[r]! * table.columns + column] !== first) return true;
    }
    return false;
  };
  const kept = Int32Array.from({ length: table.columns }, (_, column) => column).filter(varies);
  return { kept, scaler: new MinMaxScaler().fit(select(table, rows, kept)) };
}

/** Apply a preparation; rows that were not trained on may leave 0 … 1. */
export function prepare(
  table: Table,
  rows: ArrayLike<number>,
  { kept, scaler }: Preparation,
): Table {
  return scaler.transform(select(table, rows, kept));
}

function select(table: Table, rows: ArrayLike<number>, columns: Int32Array): Table {
  const data = new Float64Array(rows.length * columns.length);
  for (let r = 0; r < rows.length; r++) {
    const offset = rows[r]! * table.columns;
    for (let k = 0; k < columns.length; k++) {
      data[r * columns.length + k] = table.data[offset + columns[k]!]!;
    }
  }
  return { data, rows: rows.length, columns: columns.length };
}
