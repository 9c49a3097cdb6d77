import type { DecisionTree } from '../cart/decision-tree.js';

/** Class with the greatest share in each node; the lower one of equals. */
export function majorities({ left, value }: DecisionTree, classes: number): Int32Array {
  return Int32Array.from(left, (_, node) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (value[node * classes + k] > value[node * classes + best]) best = k;
    }
    return best;
  });
}

/** Logarithms of the class shares of each node, shares being at least 2⁻⁵². */
export function clippedLogarithms({ value }: DecisionTree): Float64Array {
  return value.map((probability) => Math.log(Math.max(probability, Number.EPSILON)));
}

/**
 * What each node votes, nodes × classes. SAMME: the tree's say for its class, −say / (K − 1) for the others.
 * SAMME.R: (K − 1)(log pₖ − mean log p).
 */
export function nodeVotes(
  tree: DecisionTree,
  say: number,
  classes: number,
  algorithm: 'SAMME' | 'SAMME.R',
): Float64Array {
  const nodes = tree.left.length;
  if (algorithm === 'SAMME') {
    const votes = new Float64Array(nodes * classes).fill(-say / (classes - 1));
    majorities(tree, classes).forEach((k, node) => (votes[node * classes + k] = say));
    return votes;
  }
  const votes = clippedLogarithms(tree);
  for (let at = 0; at < votes.length; at += classes) {
    const own = votes.subarray(at, at + classes);
    const mean = own.reduce((sum, value) => sum + value, 0) / classes;
    own.forEach((value, k) => (own[k] = (classes - 1) * (value - mean)));
  }
  return votes;
}
