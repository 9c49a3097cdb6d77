import { readTree, type StoredTree, storeTree } from '../cart/stored-tree.js';
import type { Field } from '../data/json-fields.js';
import type { StoredHeader } from '../data/stored-model.js';
import type { AdaBoostParameters, AdaBoostRegressorParameters } from './parameters.js';
import type { WeightedTree } from './samme.js';

interface StoredEstimator {
  tree: StoredTree;
  weight: number;
  error: number;
}

/** What {@link AdaBoostClassifier.toJSON} gives. */
export interface SerialisedAdaBoost extends StoredHeader {
  model: 'AdaBoostClassifier';
  parameters: AdaBoostParameters;
  classes: number[];
  features: number;
  estimators: StoredEstimator[];
}

/** What {@link AdaBoostRegressor.toJSON} gives. */
export interface SerialisedAdaBoostRegressor extends StoredHeader {
  model: 'AdaBoostRegressor';
  parameters: AdaBoostRegressorParameters;
  features: number;
  estimators: StoredEstimator[];
}

export function storeEstimators(trees: readonly WeightedTree[]): StoredEstimator[] {
  return trees.map(({ tree, weight, error }) => ({ tree: storeTree(tree), weight, error }));
}

/** Read at least one tree. */
export function readEstimators(
  field: Field,
  features: number,
  valueLength: number,
): WeightedTree[] {
  const trees = field.items().map((item) => ({
    tree: readTree(item.get('tree'), features, valueLength),
    weight: item.get('weight').number(),
    error: item.get('error').number(),
  }));
  if (trees.length === 0) field.fail('it is empty; at least one is expected');
  return trees;
}
