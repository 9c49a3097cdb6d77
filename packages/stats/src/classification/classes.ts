import { InvalidArgumentError } from '@steatosis/core';
import { sameLength } from '../checks.js';

/** A class of a multiclass problem: a whole number or a word. */
export type ClassLabel = number | string;

/** Labels as positions in the list of classes. */
export interface CodedLabels {
  /** In their order; whole numbers upwards or words by code point unless the caller gave another. */
  classes: readonly ClassLabel[];
  /** One array for each given one; −1 for a missing label (NaN). */
  codes: Int32Array[];
}

/**
 * @throws InvalidArgumentError for labels that are neither whole numbers nor words, both kinds at once, arrays of
 * different length, labels that are not among given `classes`, or a class given twice
 * @internal
 */
export function codedLabels(
  columns: Readonly<Record<string, ArrayLike<ClassLabel>>>,
  given?: readonly ClassLabel[],
): CodedLabels {
  const names = Object.keys(columns);
  for (const name of names) sameLength(names[0], columns[names[0]], name, columns[name]);
  const seen = new Set<ClassLabel>(given);
  if (given !== undefined) {
    if (seen.size !== given.length) {
      throw new InvalidArgumentError('classes', given, 'each class once');
    }
    given.forEach((label, i) => checkedLabel(`classes[${i}]`, label));
  }
  for (const name of names) collect(name, columns[name], seen, given);
  const kinds = new Set([...seen].map((label) => typeof label));
  if (kinds.size > 1) {
    throw new InvalidArgumentError(names.join(' and '), [...seen], 'only numbers or only words');
  }
  const classes = given ?? [...seen].sort((a, b) => (a < b ? -1 : 1));
  const positions = new Map(classes.map((label, i) => [label, i]));
  const codes = names.map((name) =>
    Int32Array.from(columns[name], (label) => positions.get(label) ?? -1),
  );
  return { classes, codes };
}

function collect(
  name: string,
  labels: ArrayLike<ClassLabel>,
  seen: Set<ClassLabel>,
  given: readonly ClassLabel[] | undefined,
): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (seen.has(label) || Number.isNaN(label)) continue;
    checkedLabel(`${name}[${i}]`, label);
    if (given !== undefined) {
      throw new InvalidArgumentError(`${name}[${i}]`, label, `one of ${given.join(', ')}`);
    }
    seen.add(label);
  }
}

function checkedLabel(name: string, label: unknown): void {
  if (typeof label !== 'string' && !Number.isSafeInteger(label)) {
    throw new InvalidArgumentError(name, label, 'a whole number or a word');
  }
}

/** Tables grow with the square of it; more classes are identifiers or measurements by mistake. */
const MOST_CLASSES = 2000;

/**
 * Pairs of codes counted: the first in rows, the second in columns; pairs with a missing label are left out.
 *
 * @throws InvalidArgumentError for more classes than a table can sensibly have
 */
export function crossTable(size: number, rows: Int32Array, columns: Int32Array): number[][] {
  if (size > MOST_CLASSES) {
    throw new InvalidArgumentError('labels', `${size} classes`, `at most ${MOST_CLASSES}`);
  }
  const table = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] >= 0 && columns[i] >= 0) table[rows[i]][columns[i]]++;
  }
  return table;
}
