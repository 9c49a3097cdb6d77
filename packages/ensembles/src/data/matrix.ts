import type { NdArray } from 'ndarray';
import type { AbstractMatrix } from 'ml-matrix';
import { InvalidArgumentError } from '@steatosis/core';
import { InvalidDataError } from '../errors.js';

/** Rows × columns in one typed array, row by row: the form that needs no conversion. */
export interface DenseMatrix<T extends Float32Array | Float64Array = Float32Array | Float64Array> {
  /** rows·columns values, row-major. */
  readonly data: T;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Features, one row per case: a {@link DenseMatrix}, an ml-matrix `Matrix`, a 2-D `NdArray` of any strides, or
 * an array of rows.
 */
export type FeatureInput =
  | DenseMatrix
  | AbstractMatrix
  | NdArray
  | readonly (readonly number[] | Float32Array | Float64Array)[];

/** What a model does with NaN: take it as missing, or refuse it. */
export type MissingPolicy = { missing: 'allow' } | { missing: 'refuse'; owner: string };

/** A uniform way to read one value, however the input is laid out. */
interface Shaped {
  rows: number;
  columns: number;
  at(row: number, column: number): number;
}

/**
 * The features as float32, row-major. A float32 {@link DenseMatrix} is returned as it is, without a copy.
 *
 * XGBoost and scikit-learn's trees compare float32 values too, so thresholds mean the same here as there.
 */
export function float32Matrix(x: FeatureInput, policy: MissingPolicy): DenseMatrix<Float32Array> {
  const dense = asDense(x);
  const matrix =
    dense?.data instanceof Float32Array
      ? { data: dense.data, rows: dense.rows, columns: dense.columns }
      : copyInto(dense ? fromDense(dense) : shaped(x), (n) => new Float32Array(n));
  checkFinite(matrix, policy);
  return matrix;
}

/** The features as float64, row-major, always a copy. */
export function float64Matrix(x: FeatureInput, policy: MissingPolicy): DenseMatrix<Float64Array> {
  const dense = asDense(x);
  const matrix = copyInto(dense ? fromDense(dense) : shaped(x), (n) => new Float64Array(n));
  checkFinite(matrix, policy);
  return matrix;
}

/** Number of rows. */
export function rowsOf(x: FeatureInput): number {
  return (asDense(x) ?? shaped(x)).rows;
}

/** Throw unless the number of columns is that of the training data. */
export function sameColumns(found: number, expected: number, owner: string): void {
  if (found !== expected) {
    throw new InvalidDataError(
      'x',
      `it has ${found} columns; ${owner} was fitted to ${expected} and needs the same features in the same order.`,
    );
  }
}

function asDense(x: FeatureInput): DenseMatrix | undefined {
  if (typeof x !== 'object' || x === null || Array.isArray(x) || 'shape' in x) return undefined;
  const { data, rows, columns } = x as Partial<DenseMatrix>;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return undefined;
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) return undefined;
  checkSize(rows!, columns!);
  if (data.length !== rows! * columns!) {
    throw new InvalidDataError(
      'x',
      `data holds ${data.length} values; rows × columns = ${rows} × ${columns} needs ${rows! * columns!}.`,
    );
  }
  return { data, rows: rows!, columns: columns! };
}

function fromDense({ data, rows, columns }: DenseMatrix): Shaped {
  return { rows, columns, at: (row, column) => data[row * columns + column] };
}

function shaped(x: FeatureInput): Shaped {
  if (Array.isArray(x)) return fromRows(x as readonly ArrayLike<number>[]);
  if (typeof x === 'object' && x !== null) {
    if ('shape' in x && 'stride' in x) return fromNdArray(x);
    if ('rows' in x && 'columns' in x && typeof (x as AbstractMatrix).get === 'function') {
      const matrix = x as AbstractMatrix;
      checkSize(matrix.rows, matrix.columns);
      return { rows: matrix.rows, columns: matrix.columns, at: (r, c) => matrix.get(r, c) };
    }
  }
  throw new InvalidArgumentError(
    'x',
    x,
    'an ml-matrix Matrix, a 2-D ndarray, an array of rows, or { data: Float32Array | Float64Array, rows, columns }',
  );
}

function fromRows(rows: readonly ArrayLike<number>[]): Shaped {
  const columns = rows[0]?.length ?? 0;
  checkSize(rows.length, columns);
  rows.forEach((row, index) => {
    if (row?.length !== columns) {
      throw new InvalidDataError(
        'x',
        `it has ${row?.length ?? 'no'} values; row 0 has ${columns}, and all rows need as many.`,
        { row: index },
      );
    }
  });
  return { rows: rows.length, columns, at: (row, column) => rows[row][column] };
}

function fromNdArray(array: NdArray): Shaped {
  if (array.shape.length !== 2) {
    throw new InvalidArgumentError('x.shape', array.shape, 'two axes: rows, columns');
  }
  const [rows = 0, columns = 0] = array.shape;
  checkSize(rows, columns);
  return { rows, columns, at: (row, column) => array.get(row, column) };
}

function checkSize(rows: number, columns: number): void {
  if (rows < 1 || columns < 1) {
    throw new InvalidDataError(
      'x',
      `it has ${rows} rows and ${columns} columns; at least one of each is needed.`,
    );
  }
}

function copyInto<T extends Float32Array | Float64Array>(
  source: Shaped,
  make: (length: number) => T,
): DenseMatrix<T> {
  const { rows, columns } = source;
  const data = make(rows * columns);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = source.at(row, column);
      if (typeof value !== 'number') {
        throw new InvalidDataError('x', `found ${String(value)}; a number is needed.`, {
          row,
          column,
        });
      }
      data[to++] = value;
    }
  }
  return { data, rows, columns };
}

/** Values that are looked at together before one of them is looked for. */
const CHECKED_AT_ONCE = 4096;

/** Whether a stretch of values is finite: every difference of a value and itself is 0. */
function areFinite(values: Float32Array | Float64Array, from: number): boolean {
  const end = Math.min(from + CHECKED_AT_ONCE, values.length);
  let sum = 0;
  for (let i = from; i < end; i++) sum += values[i] - values[i];
  return sum === 0;
}

function checkFinite({ data, columns }: DenseMatrix, policy: MissingPolicy): void {
  for (let i = 0; i < data.length; i++) {
    if (i % CHECKED_AT_ONCE === 0 && areFinite(data, i)) {
      i += CHECKED_AT_ONCE - 1;
      continue;
    }
    const value = data[i];
    if (value - value === 0) continue;
    const place = { row: Math.floor(i / columns), column: i % columns };
    if (!Number.isNaN(value)) {
      throw new InvalidDataError(
        'x',
        `the value is ${value} (or too large for float32); only finite values have an order among thresholds.`,
        place,
      );
    }
    if (policy.missing === 'refuse') {
      throw new InvalidDataError(
        'x',
        `the value is NaN; ${policy.owner} takes no missing values: fill them in, or use XGBClassifier or XGBRegressor.`,
        place,
      );
    }
  }
}
