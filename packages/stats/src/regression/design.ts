import { InvalidArgumentError } from '@steatosis/core';
import { finiteOrThrow, keptObservations, keptValues, type Numbers } from '../checks.js';
import type { NanPolicy } from '../reason.js';

/** A matrix that is read by position, as ml-matrix's `Matrix` is. */
export interface MatrixLike {
  readonly rows: number;
  readonly columns: number;
  get(row: number, column: number): number;
}

/** Predictors, one row for each observation: arrays of equal length or a matrix. */
export type Rows = ArrayLike<Numbers> | MatrixLike;

/** What the models have in common. */
export interface DesignOptions {
  /** Names of the predictors, in the order of the columns. Default x1, x2, … */
  names?: readonly string[];
  /** Whether the model has an intercept. Default true. */
  intercept?: boolean;
  /** What to do with rows in which any value is NaN. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** Checked predictors by column, with the values that stand beside each row. */
export interface Design<K extends string> {
  /** Predictors without the intercept. */
  columns: Float64Array[];
  /** Values beside the rows, as the response. */
  beside: Record<K, Float64Array>;
  /** Positive; absent where all are 1. */
  weights?: Float64Array;
  /** Of all coefficients, the intercept's first. */
  names: string[];
  intercept: boolean;
  /** Which rows are left, without those of weight 0. */
  kept: Uint32Array | 'all';
  /** How many that are. */
  n: number;
  /** Rows given. */
  rows: number;
}

/** What the intercept is called among the coefficients. */
const INTERCEPT = '(intercept)';

/**
 * The design of a model; `'nan'` when a value is NaN under `propagate`, with the names of the coefficients.
 *
 * @throws InvalidArgumentError for ragged rows, lengths that differ, values that are no numbers, infinities, names that are
 * too few or not distinct, or a model without any coefficient
 * @internal
 */
export function checkedDesign<K extends string>(
  rows: Rows,
  beside: Readonly<Record<K, Numbers>>,
  options: DesignOptions & { weights?: Numbers },
): Design<K> | { kept: 'nan'; names: string[]; rows: number } {
  const { intercept = true } = options;
  if (typeof intercept !== 'boolean') {
    throw new InvalidArgumentError('intercept', intercept, 'true or false');
  }
  const { n, columns } = byColumn(rows);
  const names = checkedNames(options.names, columns.length);
  const allNames = intercept ? [INTERCEPT, ...names] : names;
  if (allNames.length === 0) {
    throw new InvalidArgumentError('rows', rows, 'at least one predictor, or an intercept');
  }
  const labelled: Record<string, Numbers> = {};
  columns.forEach((column, j) => (labelled[`predictor ${names[j]}`] = column));
  const { weights } = options;
  const lists: Record<string, Numbers> = weights === undefined ? beside : { ...beside, weights };
  for (const name of Object.keys(lists)) {
    labelled[name] = lists[name];
    const found: unknown = lists[name];
    const length =
      typeof found === 'object' && found !== null && 'length' in found
        ? Number(found.length)
        : undefined;
    if (length !== n) {
      throw new InvalidArgumentError(
        name,
        length === undefined ? found : `${length} values`,
        `as many values as there are rows (${n})`,
      );
    }
  }
  const complete = keptObservations(labelled, options.nanPolicy);
  if (complete === 'nan') return { kept: complete, names: allNames, rows: n };
  const kept = weights === undefined ? complete : ofPositiveWeight(weights, complete);
  const values = {} as Record<K, Float64Array>;
  for (const name of Object.keys(beside) as K[]) values[name] = finite(name, beside[name], kept);
  return {
    columns: columns.map((column, j) => finite(`predictor ${names[j]}`, column, kept)),
    beside: values,
    ...(weights === undefined ? {} : { weights: keptValues(weights, kept) }),
    names: allNames,
    intercept,
    kept,
    n: kept === 'all' ? n : kept.length,
    rows: n,
  };
}

/** One value for each row given, NaN for those that were left out. */
export function spreadOverRows(
  values: Float64Array,
  { kept, rows }: { kept: Uint32Array | 'all'; rows: number },
): Float64Array {
  if (kept === 'all') return values;
  const spread = new Float64Array(rows).fill(Number.NaN);
  kept.forEach((row, i) => (spread[row] = values[i]));
  return spread;
}

/** @throws InvalidArgumentError for a negative or infinite weight */
function ofPositiveWeight(weights: Numbers, complete: Uint32Array | 'all'): Uint32Array {
  const rows =
    complete === 'all' ? Uint32Array.from({ length: weights.length }, (_, i) => i) : complete;
  for (const i of rows) {
    if (!(weights[i] >= 0 && weights[i] < Infinity)) {
      throw new InvalidArgumentError(`weights[${i}]`, weights[i], 'a finite number ≥ 0');
    }
  }
  return rows.filter((i) => weights[i] > 0);
}

function finite(name: string, values: Numbers, kept: Uint32Array | 'all'): Float64Array {
  const doubles = keptValues(values, kept);
  finiteOrThrow(name, doubles);
  return doubles;
}

function byColumn(rows: Rows): { n: number; columns: Float64Array[] } {
  const found: unknown = rows;
  if (typeof found !== 'object' || found === null) {
    throw new InvalidArgumentError('rows', found, 'an array of rows or a matrix');
  }
  if ('get' in rows && typeof rows.get === 'function') {
    return {
      n: rows.rows,
      columns: Array.from({ length: rows.columns }, (_, j) =>
        Float64Array.from({ length: rows.rows }, (_unused, i) => rows.get(i, j)),
      ),
    };
  }
  const list = rows as ArrayLike<Numbers>;
  const n = list.length;
  const p = n === 0 ? 0 : rowLength(list[0], 0);
  const columns = Array.from({ length: p }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const row = list[i];
    if (rowLength(row, i) !== p) {
      throw new InvalidArgumentError(
        `rows[${i}]`,
        `${row.length} values`,
        `${p}, as in the first row`,
      );
    }
    for (let j = 0; j < p; j++) {
      const value: unknown = row[j];
      if (typeof value !== 'number') {
        throw new InvalidArgumentError(
          `rows[${i}][${j}]`,
          value,
          'a number, NaN where it is missing',
        );
      }
      columns[j][i] = value;
    }
  }
  return { n, columns };
}

function rowLength(row: unknown, i: number): number {
  if (typeof row !== 'object' || row === null || !('length' in row)) {
    throw new InvalidArgumentError(
      `rows[${i}]`,
      row,
      'an array of the predictors of one observation',
    );
  }
  return Number(row.length);
}

function checkedNames(names: readonly string[] | undefined, p: number): string[] {
  if (names === undefined) return Array.from({ length: p }, (_, j) => `x${j + 1}`);
  // Without any row the number of predictors is known from the names alone.
  if (p > 0 && names.length !== p) {
    throw new InvalidArgumentError('names', names, `${p} names, one for each column`);
  }
  if (new Set([INTERCEPT, ...names]).size !== names.length + 1) {
    throw new InvalidArgumentError('names', names, `names that differ, none of them ${INTERCEPT}`);
  }
  return [...names];
}
