import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { keptObservations, keptValues, type Numbers, sameLength } from '../checks.js';
import type { NanPolicy } from '../reason.js';

/** Arrays of equal length by name, or in an array (then called `'1'`, `'2'`, …). */
export type Columns = Readonly<Record<string, Numbers>> | readonly Numbers[];

/** Which observations are left out where values are missing. */
export interface MatrixDeletion {
  nanPolicy?: NanPolicy;
  deletion?: 'pairwise' | 'listwise';
}

/** Checked variables. */
export interface Variables {
  names: string[];
  values: Float64Array[];
  /** Whether a variable still holds NaN. */
  missing: boolean[];
  /** Whether pairs leave out what they miss. */
  pairwise: boolean;
}

/**
 * @throws InvalidArgumentError for no variable, arrays of different length, values that are no numbers, a NaN under `raise`, or an
 * impossible option
 * @internal
 */
export function variablesOf(columns: Columns, options: MatrixDeletion): Variables {
  const { nanPolicy = 'propagate' } = options;
  const { names, lists } = namedLists(columns);
  lists.forEach((list, j) => sameLength(names[0], lists[0], names[j], list));
  if (options.deletion !== undefined && nanPolicy !== 'omit') {
    throw new InvalidArgumentError(
      'deletion',
      options.deletion,
      "nothing, unless nanPolicy is 'omit'",
    );
  }
  const deletion = checkedChoice('deletion', options.deletion ?? 'pairwise', [
    'pairwise',
    'listwise',
  ]);
  const byName: Record<string, Numbers> = {};
  lists.forEach((list, j) => (byName[`columns.${names[j]}`] = list));
  const kept = keptObservations(byName, nanPolicy);
  const common = deletion === 'listwise' && kept !== 'nan' ? kept : 'all';
  const values = lists.map((list) => keptValues(list, common));
  const missing = values.map((list) => list.some(Number.isNaN));
  return { names, values, missing, pairwise: nanPolicy === 'omit' };
}

function namedLists(columns: Columns): { names: string[]; lists: Numbers[] } {
  const given: unknown = columns;
  const isObject = typeof given === 'object' && given !== null && !ArrayBuffer.isView(given);
  const entries = isObject ? Object.entries(columns) : [];
  if (entries.length === 0) {
    throw new InvalidArgumentError('columns', given, 'arrays of numbers by name, or in an array');
  }
  return {
    names: entries.map(([name]) => (Array.isArray(given) ? `${Number(name) + 1}` : name)),
    lists: entries.map(([, list]) => list),
  };
}
