import type { FeatureInput } from '../data/matrix.js';
import { rowsOf } from '../data/matrix.js';
import { InvalidDataError } from '../errors.js';
import { type Fold, foldsFrom } from './folds.js';
import { type GroupVector, numberLabels } from './groups.js';

/**
 * One fold per group, in ascending order of the groups' labels: each group is tested by a model that has seen all
 * others. With hospitals or scanners for groups this asks how a model does where it has not been.
 *
 * @example
 * ```ts
 * import { LeaveOneGroupOut } from '@steatosis/ensembles';
 *
 * const scanners = ['C', 'A', 'B', 'A'];
 * const folds = new LeaveOneGroupOut().split([[1], [2], [3], [4]], undefined, scanners);
 * console.log(folds.map(({ test }) => [...test])); // [ [ 1, 3 ], [ 2 ], [ 0 ] ]
 * ```
 */
export class LeaveOneGroupOut {
  /**
   * Divide the rows.
   *
   * @param x features; only their number of rows matters
   * @param _y classes or outcomes, which have no influence; the place is that of the other splitters
   * @param groups one group per row
   * @throws InvalidDataError when all rows are of one group
   */
  split(x: FeatureInput, _y: GroupVector | undefined, groups: GroupVector): Fold[] {
    const { labels, codes } = numberLabels('groups', groups, rowsOf(x));
    if (labels.length < 2) {
      throw new InvalidDataError('groups', 'all rows are of one group; at least two are needed.');
    }
    return foldsFrom(codes, labels.length);
  }
}
