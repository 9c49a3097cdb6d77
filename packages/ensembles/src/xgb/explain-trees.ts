import type { ExplainableTree } from '../explain/tree-ensemble.js';
import type { RegressionTree } from './tree.js';

/**
 * A tree of a booster as explanations see it.
 *
 * @param output which output of the model the tree adds to
 */
export function explainableTree(tree: RegressionTree, output: number): ExplainableTree {
  const { leftChildren, rightChildren, splitIndices, splitConditions } = tree;
  return {
    left: leftChildren,
    right: rightChildren,
    feature: splitIndices,
    value: Float64Array.from(splitConditions),
    cover: Float64Array.from(tree.sumHessian),
    output,
    goesLeft: (node, value) => goesLeft(tree, node, value),
  };
}

/** Whether a value goes left at an inner node: NaN as training chose, categories of the node's set never. */
function goesLeft(tree: RegressionTree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return tree.defaultLeft[node] === 1;
  const { categorical } = tree;
  if (categorical?.isCategorical[node] !== 1) {
    return Math.fround(value) < tree.splitConditions[node];
  }
  const { starts, categories } = categorical;
  const category = Math.trunc(value);
  for (let i = starts[node]; i < starts[node + 1]; i++) {
    if (categories[i] === category) return false;
  }
  return true;
}
