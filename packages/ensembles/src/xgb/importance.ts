import { InvalidArgumentError } from '@steatosis/core';
import type { RegressionTree } from './tree.js';

/**
 * What makes a feature important: the number of splits on it (`weight`), their mean or total loss reduction (`gain`,
 * `total_gain`), or the mean or total hessian sum of the nodes that they split (`cover`, `total_cover`).
 */
export type ImportanceKind = 'weight' | 'gain' | 'cover' | 'total_gain' | 'total_cover';

/**
 * XGBoost's importances, one per feature, 0 for features without a split. Summed up in float32 as there.
 *
 * @throws InvalidArgumentError for another kind
 */
export function importances(
  trees: readonly RegressionTree[],
  features: number,
  kind: ImportanceKind,
): Float64Array {
  if (!['weight', 'gain', 'cover', 'total_gain', 'total_cover'].includes(kind)) {
    throw new InvalidArgumentError(
      'kind',
      kind,
      "'weight', 'gain', 'cover', 'total_gain' or 'total_cover'",
    );
  }
  const splits = new Uint32Array(features);
  const totals = new Float32Array(features);
  for (const { leftChildren, splitIndices, lossChanges, sumHessian } of trees) {
    const amounts = kind.endsWith('cover') ? sumHessian : lossChanges;
    for (let node = 0; node < leftChildren.length; node++) {
      if (leftChildren[node] === -1) continue;
      const feature = splitIndices[node];
      totals[feature] += amounts[node];
      splits[feature]++;
    }
  }
  if (kind === 'weight') return Float64Array.from(splits);
  const mean = !kind.startsWith('total');
  return Float64Array.from(totals, (total, feature) =>
    mean && splits[feature] > 0 ? Math.fround(total / splits[feature]) : total,
  );
}

/** Mean loss reductions scaled to sum 1, as XGBoost's `feature_importances_`; all 0 if no tree splits. */
export function gainImportances(trees: readonly RegressionTree[], features: number): Float64Array {
  const means = importances(trees, features, 'gain');
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return total > 0 ? means.map((mean) => mean / total) : means;
}
