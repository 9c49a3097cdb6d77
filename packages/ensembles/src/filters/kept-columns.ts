import type { Field } from '../data/json-fields.js';
import { type DenseMatrix, type FeatureInput, sameColumns } from '../data/matrix.js';
import { denseMatrix, takeColumns } from '../data/take.js';

/** Which columns a filter keeps of how many. */
export interface KeptColumns {
  /** Number of columns that it was fitted to. */
  features: number;
  /** Indices of the columns that stay, ascending. */
  kept: Int32Array;
}

/** The columns that stay, NaN and number format as they were. */
export function filterColumns(
  owner: string,
  x: FeatureInput,
  { features, kept }: KeptColumns,
): DenseMatrix {
  const matrix = denseMatrix(x);
  sameColumns(matrix.columns, features, owner);
  return takeColumns(matrix, kept);
}

/** Read what every filter stores. */
export function readKept(document: Field): KeptColumns {
  const features = document.get('features').integer(1, 2 ** 31 - 1);
  const field = document.get('kept');
  const kept = field.integers(field.items().length, 0, features - 1);
  if (kept.length === 0 || kept.some((column, i) => i > 0 && column <= kept[i - 1])) {
    field.fail('at least one column is expected, all in ascending order');
  }
  return { features, kept };
}
