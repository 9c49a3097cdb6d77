import { InvalidArgumentError } from '@steatosis/core';

/** A value of one subject; null, undefined, NaN and blank texts are missing. */
export type TableOneValue = string | number | boolean | null | undefined;

/** One record a subject, or one array a variable with the subjects in the same order. */
export type TableOneRows =
  | readonly Readonly<Record<string, TableOneValue>>[]
  | Readonly<Record<string, ArrayLike<TableOneValue>>>;

/** Values by variable, missing ones undefined. */
export interface Columns {
  n: number;
  names: readonly string[];
  /** @throws InvalidArgumentError for a name that no row has */
  get: (name: string, option: string) => readonly KnownValue[];
}

/** A value with everything that is missing made undefined. */
export type KnownValue = string | number | boolean | undefined;

/** @throws InvalidArgumentError unless the rows are records, or columns of one length, of values that may be */
export function columnsOf(rows: TableOneRows): Columns {
  const given: unknown = rows;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidArgumentError('rows', given, 'an array of records or a record of arrays');
  }
  return isRecords(rows) ? columnsOfRecords(rows) : columnsOfArrays(rows);
}

function isRecords(rows: TableOneRows): rows is readonly Readonly<Record<string, TableOneValue>>[] {
  return Array.isArray(rows);
}

function columnsOfRecords(rows: readonly Readonly<Record<string, TableOneValue>>[]): Columns {
  const names = new Set<string>();
  rows.forEach((row, i) => {
    const found: unknown = row;
    if (typeof found !== 'object' || found === null || Array.isArray(found)) {
      throw new InvalidArgumentError(`rows[${i}]`, found, 'a record of values by variable');
    }
    for (const name of Object.keys(row)) names.add(name);
  });
  return columns(rows.length, [...names], (name, i) =>
    Object.hasOwn(rows[i], name) ? rows[i][name] : undefined,
  );
}

function columnsOfArrays(rows: Readonly<Record<string, ArrayLike<TableOneValue>>>): Columns {
  const names = Object.keys(rows);
  for (const name of names) {
    const found: unknown = rows[name];
    if (typeof found !== 'object' || found === null || !('length' in found)) {
      throw new InvalidArgumentError(`rows.${name}`, found, 'an array of values');
    }
    if (rows[name].length !== rows[names[0]].length) {
      throw new InvalidArgumentError(
        `rows.${name}`,
        `${rows[name].length} values`,
        `as many as rows.${names[0]} (${rows[names[0]].length})`,
      );
    }
  }
  const n = names.length === 0 ? 0 : rows[names[0]].length;
  return columns(n, names, (name, i) => rows[name][i]);
}

function columns(
  n: number,
  names: readonly string[],
  read: (name: string, i: number) => unknown,
): Columns {
  return {
    n,
    names,
    get(name, option) {
      if (!names.includes(name)) {
        throw new InvalidArgumentError(
          option,
          name,
          `a variable of the rows (${names.join(', ')})`,
        );
      }
      return Array.from({ length: n }, (_, i) => known(name, i, read(name, i)));
    },
  };
}

function known(name: string, i: number, value: unknown): KnownValue {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'number') {
    throw new InvalidArgumentError(
      `${name}[${i}]`,
      value,
      'a text, number or boolean; null, NaN or undefined where it is missing',
    );
  }
  return Number.isNaN(value) ? undefined : value;
}

/** The distinct known values: numbers by size, then false and true, then texts by code points. */
export function distinctValues(values: readonly KnownValue[]): Exclude<KnownValue, undefined>[] {
  const found = [...new Set(values)].filter((value) => value !== undefined);
  const rank = { number: 0, boolean: 1, string: 2 };
  const kindOf = (value: string | number | boolean): number =>
    rank[typeof value as keyof typeof rank];
  return found.sort((a, b) => kindOf(a) - kindOf(b) || (a < b ? -1 : 1));
}
