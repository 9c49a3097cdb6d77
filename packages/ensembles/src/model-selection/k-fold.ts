import { createRandom } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import {
  type CompleteKFoldOptions,
  completeKFoldOptions,
  type Fold,
  foldsFrom,
  type KFoldOptions,
  rowsForFolds,
} from './folds.js';
import { type GroupVector, numberLabels, warnOfSharedGroups } from './groups.js';

/**
 * Folds of neighbouring rows, or of rows drawn by chance if shuffled; classes and groups have no influence. With
 * several rows per patient take {@link GroupKFold} or {@link StratifiedGroupKFold}.
 *
 * Without shuffling the folds are those of scikit-learn's class of the same name: the first `rows % splits` folds have
 * one row more.
 *
 * @example
 * ```ts
 * import { KFold } from '@steatosis/ensembles';
 *
 * const folds = new KFold({ splits: 2 }).split([[1], [2], [3], [4], [5]]);
 * console.log(folds.map(({ test }) => [...test])); // [ [ 0, 1, 2 ], [ 3, 4 ] ]
 * ```
 */
export class KFold {
  readonly options: Readonly<CompleteKFoldOptions>;

  /** @throws InvalidArgumentError for options that cannot be meant */
  constructor(options: KFoldOptions = {}) {
    this.options = completeKFoldOptions('KFold', options);
  }

  /**
   * Divide the rows; fold i is tested in the i-th result.
   *
   * @param x features; only their number of rows matters
   * @param _y classes or outcomes, which have no influence; the place is that of the other splitters
   * @param groups if given, `onWarning` is told of every fold that tears groups apart
   * @throws InvalidArgumentError when there are fewer rows than folds
   */
  split(x: FeatureInput, _y?: GroupVector, groups?: GroupVector): Fold[] {
    const { splits, shuffle, seed, onWarning } = this.options;
    const rows = rowsForFolds(x, splits);
    if (groups) numberLabels('groups', groups, rows);
    const order = shuffle
      ? createRandom(seed).permutation(rows)
      : Uint32Array.from({ length: rows }, (_, row) => row);
    const longer = rows % splits;
    const length = Math.floor(rows / splits);
    const foldOf = new Int32Array(rows);
    let next = 0;
    for (let fold = 0; fold < splits; fold++) {
      const end = next + length + Number(fold < longer);
      for (; next < end; next++) foldOf[order[next]] = fold;
    }
    const folds = foldsFrom(foldOf, splits);
    if (groups) {
      for (const { train, test } of folds) warnOfSharedGroups(groups, train, test, onWarning);
    }
    return folds;
  }
}
