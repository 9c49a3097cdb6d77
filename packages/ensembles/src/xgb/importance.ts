import type { RegressionTree } from './tree.js';

/**
 * Mean loss reduction of a feature's splits, scaled to sum 1: XGBoost's `feature_importances_` with its default
 * `importance_type='gain'`. Features without a split have 0; all are 0 if no tree splits.
 */
export function gainImportances(trees: readonly RegressionTree[], features: number): Float64Array {
  const gains = new Float64Array(features);
  const splits = new Uint32Array(features);
  for (const { leftChildren, splitIndices, lossChanges } of trees) {
    for (let node = 0; node < leftChildren.length; node++) {
      if (leftChildren[node] === -1) continue;
      const feature = splitIndices[node];
      gains[feature] += lossChanges[node];
      splits[feature]++;
    }
  }
  const means = gains.map((gain, feature) => (splits[feature] === 0 ? 0 : gain / splits[feature]));
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return total > 0 ? means.map((mean) => mean / total) : means;
}
