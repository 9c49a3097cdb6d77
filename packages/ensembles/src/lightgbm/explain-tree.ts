import type { ExplainableTree } from '../explain/tree-ensemble.js';
import { goesLeft, type LightGBMTree } from './tree.js';

/**
 * A LightGBM tree as explanations see it: the inner nodes, then the leaves. What counts are training rows, as in
 * LightGBM's own SHAP values.
 */
export function explainableTree(tree: LightGBMTree, output: number): ExplainableTree {
  const inner = tree.left.length;
  const nodes = inner + tree.leafValue.length;
  const left = new Int32Array(nodes).fill(-1);
  const right = new Int32Array(nodes).fill(-1);
  const feature = new Int32Array(nodes);
  const value = new Float64Array(nodes);
  const cover = new Float64Array(nodes);
  const nodeOf = (child: number) => (child < 0 ? inner + ~child : child);
  for (let node = 0; node < inner; node++) {
    left[node] = nodeOf(tree.left[node]);
    right[node] = nodeOf(tree.right[node]);
  }
  feature.set(tree.feature);
  cover.set(tree.count);
  cover.set(tree.leafCount, inner);
  value.set(tree.leafValue, inner);
  return {
    left,
    right,
    feature,
    value,
    cover,
    output,
    goesLeft: (node, x) => goesLeft(tree, node, x),
  };
}
