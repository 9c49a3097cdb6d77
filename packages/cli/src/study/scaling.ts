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
  minimum: Float64Array;
  range: Float64Array;
}

/**
 * Learn the min–max scaling from the training rows and drop the columns that are constant there. The
 * paper normalises "the difference between the maximum and minimum values of the different features".
 */
export function learnPreparation(table: Table, rows: ArrayLike<number>): Preparation {
  const minimum = new Float64Array(table.columns).fill(Infinity);
  const maximum = new Float64Array(table.columns).fill(-Infinity);
  for (let r = 0; r < rows.length; r++) {
    const offset = rows[r]! * table.columns;
    for (let c = 0; c < table.columns; c++) {
      const value = table.data[offset + c]!;
      if (value < minimum[c]!) minimum[c] = value;
      if (value > maximum[c]!) maximum[c] = value;
    }
  }
  const kept = Int32Array.from({ length: table.columns }, (_, c) => c).filter(
    (c) => maximum[c]! > minimum[c]!,
  );
  return {
    kept,
    minimum: Float64Array.from(kept, (c) => minimum[c]!),
    range: Float64Array.from(kept, (c) => maximum[c]! - minimum[c]!),
  };
}

/** Apply a preparation; rows that were not trained on may leave 0 … 1. */
export function prepare(table: Table, rows: ArrayLike<number>, preparation: Preparation): Table {
  const { kept, minimum, range } = preparation;
  const data = new Float64Array(rows.length * kept.length);
  for (let r = 0; r < rows.length; r++) {
    const offset = rows[r]! * table.columns;
    for (let k = 0; k < kept.length; k++) {
      data[r * kept.length + k] = (table.data[offset + kept[k]!]! - minimum[k]!) / range[k]!;
    }
  }
  return { data, rows: rows.length, columns: kept.length };
}
