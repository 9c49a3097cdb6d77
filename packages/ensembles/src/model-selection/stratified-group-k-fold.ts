import { createRandom } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import { assignGroups, countClasses } from './assign-groups.js';
import {
  type CompleteKFoldOptions,
  completeKFoldOptions,
  type Fold,
  foldsFrom,
  groupsForFolds,
  type KFoldOptions,
  rowsForFolds,
} from './folds.js';
import { type GroupVector, numberLabels } from './groups.js';

/**
 * Folds of whole groups, each with about the same shares of classes: the splitter for several rows per patient.
 *
 * Without shuffling the folds are those of scikit-learn's class of the same name.
 *
 * @example
 * ```ts
 * import { StratifiedGroupKFold } from '@steatosis/ensembles';
 *
 * const patients = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'];
 * const steatosis = [0, 0, 1, 1, 0, 0, 1, 1];
 * const folds = new StratifiedGroupKFold({ splits: 2 }).split(patients.map(() => [0]), steatosis, patients);
 * console.log(folds.map(({ test }) => [...test].map((row) => patients[row]).join(''))); // [ 'aadd', 'bbcc' ]
 * ```
 */
export class StratifiedGroupKFold {
  readonly options: Readonly<CompleteKFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    this.options = completeKFoldOptions('StratifiedGroupKFold', options);
  }

  /**
   * Divide the rows; fold i is tested in the i-th result.
   *
   * @param x features; only their number of rows matters
   * @param y one class per row
   * @param groups one group per row
   */
  split(x: FeatureInput, y: GroupVector, groups: GroupVector): Fold[] {
    const { splits, shuffle, seed } = this.options;
    const rows = rowsForFolds(x, splits);
    const classes = numberLabels('y', y, rows);
    const { labels, codes } = groupsForFolds(groups, rows, splits);
    const foldOf = assignGroups(
      countClasses(codes, labels.length, classes.codes, classes.labels.length),
      shuffle ? createRandom(seed).permutation(labels.length) : labels.map((_, code) => code),
      Array.from({ length: splits }, () => 1 / splits),
    );
    return foldsFrom(
      codes.map((code) => foldOf[code]),
      splits,
    );
  }
}
