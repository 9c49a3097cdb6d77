import { createRandom } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import {
  type CompleteKFoldOptions,
  completeKFoldOptions,
  type Fold,
  foldsFrom,
  groupsForFolds,
  type KFoldOptions,
  rowsForFolds,
} from './folds.js';
import type { GroupVector } from './groups.js';

/**
 * Folds of whole groups and nearly equal numbers of rows: the largest group first, each to the fold with the
 * fewest rows. Equally large groups are taken in ascending order of their labels, or by chance if shuffled.
 *
 * @example
 * ```ts
 * import { GroupKFold } from '@steatosis/ensembles';
 *
 * const patients = ['a', 'a', 'b', 'c', 'c', 'd'];
 * const folds = new GroupKFold({ splits: 2 }).split(patients.map(() => [0]), undefined, patients);
 * console.log(folds.map(({ test }) => [...test])); // [ [ 0, 1, 2 ], [ 3, 4, 5 ] ]
 * ```
 */
export class GroupKFold {
  readonly options: Readonly<CompleteKFoldOptions>;

  constructor(options: KFoldOptions = {}) {
    this.options = completeKFoldOptions('GroupKFold', options);
  }

  /**
   * Divide the rows; fold i is tested in the i-th result.
   *
   * @param x features; only their number of rows matters
   * @param _y classes, which have no influence; the place is that of the other splitters
   * @param groups one group per row
   */
  split(x: FeatureInput, _y: GroupVector | undefined, groups: GroupVector): Fold[] {
    const { splits, shuffle, seed } = this.options;
    const { labels, codes } = groupsForFolds(groups, rowsForFolds(x, splits), splits);
    const sizes = new Int32Array(labels.length);
    for (const code of codes) sizes[code]++;
    const order: number[] = shuffle
      ? [...createRandom(seed).permutation(labels.length)]
      : labels.map((_, code) => code);
    const filled = new Int32Array(splits);
    const foldOf = new Int32Array(labels.length);
    for (const group of order.sort((a, b) => sizes[b] - sizes[a])) {
      const fold = filled.indexOf(Math.min(...filled));
      foldOf[group] = fold;
      filled[fold] += sizes[group];
    }
    return foldsFrom(
      codes.map((code) => foldOf[code]),
      splits,
    );
  }
}
