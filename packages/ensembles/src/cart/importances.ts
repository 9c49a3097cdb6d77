import { addImpurityDecreases, type DecisionTree } from './decision-tree.js';

/**
 * Share of each feature in the reduction of impurity: every tree's own shares sum to 1 and count by its weight. All 0 if
 * no tree splits; trees that do not split count as 0, so the sum may be below 1, as in scikit-learn.
 */
export function weightedImportances(
  trees: readonly { tree: DecisionTree; weight: number }[],
  features: number,
): Float64Array {
  const importances = new Float64Array(features);
  const given = trees.reduce((sum, { weight }) => sum + weight, 0);
  for (const { tree, weight } of trees) {
    const own = new Float64Array(features);
    addImpurityDecreases(tree, own);
    const total = own.reduce((sum, value) => sum + value, 0);
    if (total <= 0) continue;
    // A single useless tree has no say; its shares are all that there is.
    const share = given > 0 ? weight / given : 1 / trees.length;
    own.forEach((value, f) => (importances[f] += (share * value) / total));
  }
  return importances;
}
