import { InvalidArgumentError } from '@steatosis/core';
import type { NumericVector } from '../data/targets.js';
import { InvalidDataError } from '../errors.js';

/** Which patient (or other unit that must not be torn apart) each row belongs to. */
export type GroupVector = NumericVector | readonly (number | string)[];

/** Something about a split that a study should know. */
export interface SplitWarning {
  /**
   * `GROUP_ON_BOTH_SIDES`: the test set is not independent. `RARE_CLASS`: some folds test a class never.
   * `UNDEFINED_SCORE`: a fold's score is NaN, such as an area under the curve of one class.
   */
  code: 'GROUP_ON_BOTH_SIDES' | 'RARE_CLASS' | 'UNDEFINED_SCORE';
  message: string;
  /** Labels of the groups or classes, or names of the scores, that are meant. */
  labels: readonly (number | string)[];
}

/** Distinct labels, ascending, and for each row the index of its label. */
export interface Numbered {
  labels: (number | string)[];
  codes: Int32Array;
}

/** Number the distinct labels of `values` in ascending order. */
export function numberLabels(input: string, values: GroupVector, rows: number): Numbered {
  if (values === undefined || values === null) {
    throw new InvalidArgumentError(input, values, `one label per row, ${rows} in all`);
  }
  if (values.length !== rows) {
    throw new InvalidDataError(
      input,
      `it has ${values.length} values; x has ${rows} rows, and each needs one.`,
    );
  }
  const all: (number | string)[] = Array.from<number | string>(values);
  all.forEach((label, row) => {
    if (typeof label !== 'string' && !Number.isFinite(label)) {
      throw new InvalidDataError(input, `found ${label}; a finite number or a string is needed.`, {
        row,
      });
    }
  });
  const labels = [...new Set(all)].sort((a, b) => (a < b ? -1 : 1));
  const codeOf = new Map(labels.map((label, code) => [label, code]));
  return { labels, codes: Int32Array.from(all, (label) => codeOf.get(label)!) };
}

/**
 * Groups with rows in both sets, ascending. A model tested on a patient that it has seen looks better than it
 * is.
 *
 * @example
 * ```ts
 * import { sharedGroups } from '@steatosis/ensembles';
 *
 * const patients = ['a', 'a', 'b', 'b', 'c'];
 * console.log(sharedGroups(patients, [0, 2, 3], [1, 4])); // [ 'a' ]
 * ```
 */
export function sharedGroups(
  groups: GroupVector,
  train: ArrayLike<number>,
  test: ArrayLike<number>,
): (number | string)[] {
  const trained = new Set(Array.from(train, (row) => groups[row]));
  const both = new Set(
    Array.from(test, (row) => groups[row]).filter((group) => trained.has(group)),
  );
  return [...both].sort((a, b) => (a < b ? -1 : 1));
}

/** Tell `onWarning` if any group has rows in both sets. */
export function warnOfSharedGroups(
  groups: GroupVector,
  train: ArrayLike<number>,
  test: ArrayLike<number>,
  onWarning: ((warning: SplitWarning) => void) | undefined,
): void {
  if (!onWarning) return;
  const shared = sharedGroups(groups, train, test);
  if (shared.length === 0) return;
  onWarning({
    code: 'GROUP_ON_BOTH_SIDES',
    message:
      `${shared.length} groups have rows in both the training and the test set (${shared.slice(0, 3).join(', ')}` +
      `${shared.length > 3 ? ', …' : ''}): the test set is not independent. Split by group instead.`,
    labels: shared,
  });
}
