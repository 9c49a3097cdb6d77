import type { DenseMatrix } from '../data/matrix.js';
import type { DecisionTree } from './decision-tree.js';
import { TreeWalk } from './tree-walk.js';

/** Rows that are sent through all trees before the next ones: their features stay in the nearest cache. */
const BLOCK = 64;

/** What a tree adds to outputs: `each` numbers for every node, the first to output `output`. */
export interface LeafValues {
  tree: DecisionTree;
  values: Float64Array;
  each: number;
  output: number;
}

/** Add what the leaves of all trees hold to `target`, rows × `width`. */
export function addLeafValues(
  trees: readonly LeafValues[],
  matrix: DenseMatrix<Float32Array>,
  target: Float64Array,
  width: number,
): void {
  const walks = trees.map(({ tree }) => new TreeWalk(tree));
  const leaves = new Int32Array(BLOCK);
  for (let start = 0; start < matrix.rows; start += BLOCK) {
    const end = Math.min(matrix.rows, start + BLOCK);
    for (let t = 0; t < walks.length; t++) {
      walks[t].leaves(matrix, start, end, leaves);
      const { values, each, output } = trees[t];
      let to = start * width + output;
      for (let i = 0; i < end - start; i++, to += width) {
        for (let k = 0; k < each; k++) target[to + k] += values[leaves[i] * each + k];
      }
    }
  }
}

/** Leaf of each row in each tree, rows × trees. */
export function leavesOf(
  trees: readonly DecisionTree[],
  matrix: DenseMatrix<Float32Array>,
): Int32Array {
  const all = new Int32Array(matrix.rows * trees.length);
  const walks = trees.map((tree) => new TreeWalk(tree));
  const leaves = new Int32Array(BLOCK);
  for (let start = 0; start < matrix.rows; start += BLOCK) {
    const end = Math.min(matrix.rows, start + BLOCK);
    walks.forEach((walk, t) => {
      walk.leaves(matrix, start, end, leaves);
      for (let row = start; row < end; row++) all[row * trees.length + t] = leaves[row - start];
    });
  }
  return all;
}
