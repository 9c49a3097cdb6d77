import { createRandom, InvalidArgumentError } from '@steatosis/core';
import { type FeatureInput, rowsOf } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { type GroupVector, type Numbered, numberLabels, type SplitWarning } from './groups.js';

/** One division of the rows: their indices, ascending. */
export interface Fold {
  train: Int32Array;
  test: Int32Array;
}

/** Options of the cross-validation splitters. */
export interface KFoldOptions {
  /** Number of folds, ≥ 2; default 5. */
  splits?: number | undefined;
  /** Whether chance decides which rows (or groups) share a fold; default false: their order does. */
  shuffle?: boolean | undefined;
  /** Seed of the shuffling, an integer; default 0, ignored unless `shuffle`. */
  seed?: number | undefined;
  /** Told about splits that a study should not trust. */
  onWarning?: ((warning: SplitWarning) => void) | undefined;
}

/** {@link KFoldOptions} with the defaults filled in. */
export interface CompleteKFoldOptions {
  splits: number;
  shuffle: boolean;
  seed: number;
  onWarning: ((warning: SplitWarning) => void) | undefined;
}

export function completeKFoldOptions(owner: string, options: KFoldOptions): CompleteKFoldOptions {
  checkNames(owner, options, ['splits', 'shuffle', 'seed', 'onWarning'], []);
  const { splits = 5, shuffle = false, seed = 0, onWarning } = options;
  if (!Number.isInteger(splits) || splits < 2) {
    throw new InvalidArgumentError(`${owner}'s splits`, splits, 'an integer ≥ 2');
  }
  if (typeof shuffle !== 'boolean') {
    throw new InvalidArgumentError(`${owner}'s shuffle`, shuffle, 'true or false');
  }
  createRandom(seed);
  return { splits, shuffle, seed, onWarning };
}

/** Number of rows, which must be at least the number of folds. */
export function rowsForFolds(x: FeatureInput, splits: number): number {
  const rows = rowsOf(x);
  if (rows < splits) {
    throw new InvalidArgumentError('splits', splits, `at most the number of rows, ${rows}`);
  }
  return rows;
}

/** The groups of the rows, of which there must be at least as many as folds. */
export function groupsForFolds(groups: GroupVector, rows: number, splits: number): Numbered {
  const numbered = numberLabels('groups', groups, rows);
  if (numbered.labels.length < splits) {
    throw new InvalidArgumentError(
      'splits',
      splits,
      `at most the number of groups, ${numbered.labels.length}`,
    );
  }
  return numbered;
}

/** One fold after the other as test set. */
export function foldsFrom(foldOf: ArrayLike<number>, splits: number): Fold[] {
  const rows = Array.from({ length: foldOf.length }, (_, row) => row);
  return Array.from({ length: splits }, (_, fold) => ({
    train: Int32Array.from(rows.filter((row) => foldOf[row] !== fold)),
    test: Int32Array.from(rows.filter((row) => foldOf[row] === fold)),
  }));
}
