import type { ReadDecisions } from './decisions.js';
import type { LeafPaths } from './leaf-paths.js';
import type { PlainTree } from './tree-ensemble.js';

/**
 * Contributions by the path that each row takes: a split's feature gets the change of the mean output from the node
 * to the child that the row goes to (Saabas 2014, “Interpreting random forests”). Fast, and biased towards
 * features near the leaves.
 *
 * @returns the mean output of the tree
 */
export function addApproximate(
  tree: PlainTree,
  paths: LeafPaths,
  read: ReadDecisions,
  add: { rows: number; to: Float64Array; firstOf: (row: number) => number },
): number {
  const { nodes, right, places } = paths;
  const means = nodeMeans(tree, paths);
  const goesLeft = new Uint8Array(places.length);
  for (let row = 0; row < add.rows; row++) {
    read(row, goesLeft);
    const first = add.firstOf(row);
    for (let at = 0; places[at] >= 0;) {
      const next = goesLeft[at] === 1 ? at + 1 : right[at];
      add.to[first + tree.feature[nodes[at]]] += means[next] - means[at];
      at = next;
    }
  }
  return means[0];
}

/** Mean output below each position, rows divided in the shares of the training weight. */
function nodeMeans({ value }: PlainTree, paths: LeafPaths): Float64Array {
  const { nodes, right, places, sharesLeft } = paths;
  const means = new Float64Array(nodes.length);
  for (let at = nodes.length - 1; at >= 0; at--) {
    means[at] =
      places[at] < 0
        ? value[nodes[at]]
        : sharesLeft[at] * means[at + 1] + (1 - sharesLeft[at]) * means[right[at]];
  }
  return means;
}
