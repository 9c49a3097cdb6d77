import { createRandom, InvalidArgumentError } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import type { Fold } from './folds.js';
import { GroupKFold } from './group-k-fold.js';
import type { GroupVector, SplitWarning } from './groups.js';
import { KFold } from './k-fold.js';
import { StratifiedGroupKFold } from './stratified-group-k-fold.js';
import { StratifiedKFold } from './stratified-k-fold.js';

/** Anything that divides rows into training and test sets: the splitters here, or one of your own. */
export interface Splitter {
  /**
   * @param x features; only their number of rows matters
   * @param y labels or outcomes
   * @param groups one group per row, where there are groups
   */
  split(x: FeatureInput, y: GroupVector, groups?: GroupVector): Iterable<Fold>;
}

/** How rows are divided for cross-validation. */
export interface SplitOptions {
  /**
   * One group (patient) per row. No group is trained on and tested in one fold, unless `splits` is a splitter that
   * tears groups apart, which `onWarning` is then told.
   */
  groups?: GroupVector | undefined;
  /**
   * Number of folds ≥ 2, or a splitter; default 5. A number stands for {@link StratifiedGroupKFold} (classifier with
   * groups), {@link StratifiedKFold} (classifier without), {@link GroupKFold} or {@link KFold} (regressor).
   */
  splits?: number | Splitter | undefined;
  /** Whether chance decides which groups (or rows) share a fold; default false, ignored if `splits` is a splitter. */
  shuffle?: boolean | undefined;
  /** Seed of everything left to chance, an integer; default 0. */
  seed?: number | undefined;
  /** Told about splits that a study should not trust. */
  onWarning?: ((warning: SplitWarning) => void) | undefined;
}

/** The splitter that the options mean. */
export function splitterOf(options: SplitOptions, classifies: boolean): Splitter {
  const { splits = 5, shuffle = false, seed = 0, onWarning, groups } = options;
  createRandom(seed);
  if (typeof splits === 'object' && splits !== null && typeof splits.split === 'function') {
    return splits;
  }
  if (typeof splits !== 'number') {
    throw new InvalidArgumentError('splits', splits, 'a number of folds or a splitter');
  }
  const settings = { splits, shuffle, seed, onWarning };
  if (classifies) {
    return groups ? new StratifiedGroupKFold(settings) : new StratifiedKFold(settings);
  }
  return groups ? new GroupKFold(settings) : new KFold(settings);
}

/**
 * The folds of any splitter, checked.
 *
 * @throws InvalidArgumentError for folds that name rows which do not exist, are empty or test what they train on
 */
export function foldsOf(
  splitter: Splitter,
  x: FeatureInput,
  y: GroupVector,
  groups: GroupVector | undefined,
  rows: number,
): Fold[] {
  const folds = Array.from(splitter.split(x, y, groups));
  if (folds.length === 0) throw new InvalidArgumentError('splits', folds, 'at least one fold');
  folds.forEach((fold, index) => {
    const seen = new Uint8Array(rows);
    for (const side of ['train', 'test'] as const) {
      if (fold[side].length === 0) refuse(index, side, 'empty', 'at least one row');
      for (const row of fold[side]) {
        if (!Number.isInteger(row) || row < 0 || row >= rows) {
          refuse(index, side, row, `row numbers 0 … ${rows - 1}`);
        }
        if (seen[row]) refuse(index, side, row, 'every row at most once, in train or in test');
        seen[row] = 1;
      }
    }
  });
  return folds;
}

function refuse(fold: number, side: string, found: unknown, expected: string): never {
  throw new InvalidArgumentError(`folds[${fold}].${side}`, found, expected);
}
