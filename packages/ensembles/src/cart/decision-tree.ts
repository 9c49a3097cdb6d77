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
