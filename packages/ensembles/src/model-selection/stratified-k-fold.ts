import { createRandom, InvalidArgumentError } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import {
  type CompleteKFoldOptions,
  completeKFoldOptions,
  type Fold,
  foldsFrom,
  type KFoldOptions,
  rowsForFolds,
} from './folds.js';
import { type GroupVector, type Numbered, numberLabels, warnOfSharedGroups } from './groups.js';

/**
 * Folds with the same shares of classes as the whole. Rows are independent of each other here: for several
 * rows per patient take {@link StratifiedGroupKFold}.
 *
 * Without shuffling the folds are those of scikit-learn's class of the same name.
 *
 * @example
 * ```ts
 * import { StratifiedKFold } from '@steatosis/ensembles';
 *
 * const y = [0, 0, 0, 1, 1, 1];
 * const folds = new StratifiedKFold({ splits: 3 }).split(y.map((label) => [label]), y);
 * console.log(folds.map(({ test }) => [...test])); // [ [ 0, 3 ], [ 1, 4 ], [ 2, 5 ] ]
 * ```
 */
export class StratifiedKFold {
  readonly options: Readonly<CompleteKFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    this.options = completeKFoldOptions('StratifiedKFold', options);
  }

  /**
   * Divide the rows; fold i is tested in the i-th result.
   *
   * @param x features; only their number of rows matters
   * @param y one class per row
   * @param groups if given, `onWarning` is told of every fold that tears groups apart
   */
  split(x: FeatureInput, y: GroupVector, groups?: GroupVector): Fold[] {
    const { splits, onWarning } = this.options;
    const rows = rowsForFolds(x, splits);
    if (groups) numberLabels('groups', groups, rows);
    const classes = numberLabels('y', y, rows);
    this.#checkClasses(classes);
    const folds = foldsFrom(this.#assign(classes), splits);
    if (groups) {
      for (const { train, test } of folds) warnOfSharedGroups(groups, train, test, onWarning);
    }
    return folds;
  }

  /** Each class is dealt out to the folds in blocks whose sizes follow from dealing all rows sorted by class. */
  #assign({ labels, codes }: Numbered): Int32Array {
    const { splits, shuffle, seed } = this.options;
    // Classes in the order in which they first appear, as scikit-learn takes them.
    const appearance = [...new Set(codes)];
    const rank = new Int32Array(labels.length);
    appearance.forEach((code, index) => (rank[code] = index));
    const sizes = appearance.map(() => Array.from({ length: splits }, () => 0));
    const sorted = Array.from(codes, (code) => rank[code]).sort((a, b) => a - b);
    sorted.forEach((cls, i) => sizes[cls][i % splits]++);
    const foldOf = new Int32Array(codes.length);
    appearance.forEach((code, cls) => {
      const deal = sizes[cls].flatMap((size, fold) => Array.from({ length: size }, () => fold));
      const order = shuffle
        ? createRandom(seed).split(cls).permutation(deal.length)
        : deal.map((_, i) => i);
      let next = 0;
      codes.forEach((own, row) => {
        if (own === code) foldOf[row] = deal[order[next++]]!;
      });
    });
    return foldOf;
  }

  #checkClasses({ labels, codes }: Numbered): void {
    const { splits, onWarning } = this.options;
    const sizes = new Int32Array(labels.length);
    for (const code of codes) sizes[code]++;
    const rare = labels.filter((_, code) => sizes[code] < splits);
    if (rare.length === labels.length) {
      throw new InvalidArgumentError(
        'splits',
        splits,
        `at most the size of the largest class, ${Math.max(...sizes)}`,
      );
    }
    if (rare.length > 0) {
      onWarning?.({
        code: 'RARE_CLASS',
        message: `${rare.join(', ')}: fewer rows than the ${splits} folds, so some folds test none of them.`,
        labels: rare,
      });
    }
  }
}
