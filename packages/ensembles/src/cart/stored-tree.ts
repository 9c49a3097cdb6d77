import type { Field } from '../data/json-fields.js';
import type { DecisionTree } from './decision-tree.js';

/** A {@link DecisionTree} with plain arrays. */
export type StoredTree = { [K in keyof DecisionTree]: number[] };

export function storeTree(tree: DecisionTree): StoredTree {
  return {
    left: [...tree.left],
    right: [...tree.right],
    feature: [...tree.feature],
    threshold: [...tree.threshold],
    impurity: [...tree.impurity],
    weight: [...tree.weight],
    value: [...tree.value],
  };
}

/**
 * Read a tree; children have to follow their parents and have one each, so that no walk runs in a circle and there are no
 * more paths than nodes.
 */
export function readTree(field: Field, features: number, valueLength: number): DecisionTree {
  const nodes = field.get('left').items().length;
  if (nodes === 0) field.fail('it has no nodes');
  const tree: DecisionTree = {
    left: field.get('left').integers(nodes, -1, nodes - 1),
    right: field.get('right').integers(nodes, -1, nodes - 1),
    feature: field.get('feature').integers(nodes, -2, features - 1),
    threshold: field.get('threshold').doubles(nodes),
    impurity: field.get('impurity').doubles(nodes),
    weight: field.get('weight').doubles(nodes),
    value: field.get('value').doubles(nodes * valueLength),
  };
  const hasParent = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const left = tree.left[node];
    const right = tree.right[node];
    const isLeaf = left === -1 && right === -1;
    if (!isLeaf && (left <= node || right <= node || left === right || tree.feature[node] < 0)) {
      field.fail(`node ${node} has impossible children or no feature`);
    }
    if (isLeaf) continue;
    for (const child of [left, right]) {
      if (hasParent[child] === 1) field.fail(`node ${child} has more than one parent`);
      hasParent[child] = 1;
    }
  }
  return tree;
}
