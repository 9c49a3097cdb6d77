import type { DenseMatrix } from '../data/matrix.js';
import type { ExplainableTree } from '../explain/tree-ensemble.js';

/**
 * A binary tree in scikit-learn's layout: node 0 is the root, children follow their parents, and nodes are numbered
 * depth first, left before right, or in the order in which they were split where the best split came first.
 */
export interface DecisionTree {
  /** Index of the left child, −1 in leaves. */
  readonly left: Int32Array;
  /** Index of the right child, −1 in leaves. */
  readonly right: Int32Array;
  /** Feature that the node tests, −2 in leaves. */
  readonly feature: Int32Array;
  /** A value goes left if it is at most this; −2 in leaves. */
  readonly threshold: Float64Array;
  readonly impurity: Float64Array;
  /** Weight of the node's training rows. */
  readonly weight: Float64Array;
  /** Prediction of each node: one number, or one share per class. */
  readonly value: Float64Array;
}

/** Leaf that one row of `matrix` ends in. */
export function leafOf(tree: DecisionTree, matrix: DenseMatrix<Float32Array>, row: number): number {
  const { left, right, feature, threshold } = tree;
  const offset = row * matrix.columns;
  let node = 0;
  for (let child = left[0]; child !== -1; child = left[node]) {
    node = matrix.data[offset + feature[node]] <= threshold[node] ? child : right[node];
  }
  return node;
}

/** Rows that are sent through all trees before the next ones: their features stay in the nearest cache. */
const BLOCK = 64;

/**
 * Add what the leaves hold to `target` (rows × width): tree t, in whose `values` each node has as many numbers as it
 * has outputs, adds them to the outputs from `outputs[t]` on.
 */
export function addLeafValues(
  trees: readonly LeafValues[],
  matrix: DenseMatrix<Float32Array>,
  target: Float64Array,
  width: number,
): void {
  const { rows } = matrix;
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    for (const { tree, values, each, output } of trees) {
      for (let row = start; row < end; row++) {
        const from = leafOf(tree, matrix, row) * each;
        const to = row * width + output;
        for (let k = 0; k < each; k++) target[to + k] += values[from + k];
      }
    }
  }
}

/** What a tree adds to outputs: `each` numbers for every node, the first to output `output`. */
export interface LeafValues {
  tree: DecisionTree;
  values: Float64Array;
  each: number;
  output: number;
}

/** Leaf of each row in each tree, rows × trees. */
export function leavesOf(
  trees: readonly DecisionTree[],
  matrix: DenseMatrix<Float32Array>,
): Int32Array {
  const leaves = new Int32Array(matrix.rows * trees.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let t = 0; t < trees.length; t++) {
      leaves[row * trees.length + t] = leafOf(trees[t], matrix, row);
    }
  }
  return leaves;
}

/** Add to `sums` what each feature's splits take off the weighted impurity, as a share of the root's weight. */
export function addImpurityDecreases(
  { left, right, feature, impurity, weight }: DecisionTree,
  sums: Float64Array,
): void {
  const of = (node: number) => weight[node] * impurity[node];
  for (let node = 0; node < left.length; node++) {
    if (left[node] === -1) continue;
    sums[feature[node]] += (of(node) - of(left[node]) - of(right[node])) / weight[0];
  }
}

/** The tree as explanations see it, with `value` at its leaves. */
export function explainable(
  { left, right, feature, threshold, weight }: DecisionTree,
  value: Float64Array,
  output: number,
): ExplainableTree {
  return {
    left,
    right,
    feature,
    value,
    cover: weight,
    output,
    goesLeft: (node, given) => given <= threshold[node],
  };
}
