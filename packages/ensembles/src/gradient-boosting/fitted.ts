import { addImpurityDecreases } from '../cart/decision-tree.js';
import { readTree, type StoredTree, storeTree } from '../cart/stored-tree.js';
import { FORMAT_VERSION, openStored, type StoredHeader } from '../data/stored-model.js';
import { readClasses } from '../data/targets.js';
import type { BoostedTrees } from './boost.js';
import type { GradientBoostingParameters } from './parameters.js';

/** What `fit` leaves behind. */
export interface FittedBoosting {
  features: number;
  /** The two labels; empty for a regressor. */
  classes: readonly number[];
  boosted: BoostedTrees;
}

/** What `toJSON` of {@link GradientBoostingClassifier} and {@link GradientBoostingRegressor} gives. */
export interface SerialisedGradientBoosting extends StoredHeader {
  model: 'GradientBoostingClassifier' | 'GradientBoostingRegressor';
  parameters: GradientBoostingParameters;
  classes: number[];
  features: number;
  initial: number;
  learningRate: number;
  trainScore: number[];
  trees: StoredTree[];
}

/** Share of each feature in the reduction of squared error, summing to 1; all 0 if no tree splits. */
export function impurityImportances({ features, boosted }: FittedBoosting): Float64Array {
  const sums = new Float64Array(features);
  for (const tree of boosted.trees) addImpurityDecreases(tree, sums);
  const total = sums.reduce((sum, value) => sum + value, 0);
  return total > 0 ? sums.map((value) => value / total) : sums;
}

export function storeBoosting(
  model: SerialisedGradientBoosting['model'],
  parameters: GradientBoostingParameters,
  { features, classes, boosted }: FittedBoosting,
): SerialisedGradientBoosting {
  return {
    model,
    formatVersion: FORMAT_VERSION,
    parameters: { ...parameters },
    classes: [...classes],
    features,
    initial: boosted.initial,
    learningRate: boosted.learningRate,
    trainScore: [...boosted.trainScore],
    trees: boosted.trees.map(storeTree),
  };
}

export function readBoosting(
  owner: SerialisedGradientBoosting['model'],
  json: unknown,
): { parameters: GradientBoostingParameters; fitted: FittedBoosting } {
  const document = openStored(owner, json);
  const features = document.get('features').integer(1, 2 ** 31 - 1);
  const trees = document
    .get('trees')
    .items()
    .map((tree) => readTree(tree, features, 1));
  const isClassifier = owner === 'GradientBoostingClassifier';
  const classes = isClassifier ? readClasses(document.get('classes')) : [];
  if (isClassifier && classes.length !== 2) document.get('classes').fail('two labels are expected');
  return {
    parameters: document.get('parameters').record(),
    fitted: {
      features,
      classes,
      boosted: {
        initial: document.get('initial').number(),
        learningRate: document.get('learningRate').number(),
        trees,
        trainScore: document.get('trainScore').doubles(trees.length),
      },
    },
  };
}
