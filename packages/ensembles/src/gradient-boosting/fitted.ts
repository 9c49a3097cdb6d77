import { addImpurityDecreases, explainable } from '../cart/decision-tree.js';
import { readTree, type StoredTree, storeTree } from '../cart/stored-tree.js';
import type { Field } from '../data/json-fields.js';
import { FORMAT_VERSION, openStored, type StoredHeader } from '../data/stored-model.js';
import { readClasses } from '../data/targets.js';
import type { TreeEnsemble } from '../explain/tree-ensemble.js';
import { type BoostedTrees, scaledLeaves } from './boost.js';
import type {
  GradientBoostingParameters,
  GradientBoostingRegressorParameters,
} from './parameters.js';

/** What `fit` leaves behind. */
export interface FittedBoosting {
  features: number;
  /** The labels; empty for a regressor. */
  classes: readonly number[];
  boosted: BoostedTrees;
}

/** What `toJSON` of {@link GradientBoostingClassifier} and {@link GradientBoostingRegressor} gives. */
export interface SerialisedGradientBoosting extends StoredHeader {
  model: 'GradientBoostingClassifier' | 'GradientBoostingRegressor';
  parameters: GradientBoostingParameters | GradientBoostingRegressorParameters;
  classes: number[];
  features: number;
  /** One number per output: three or more classes have an output each, everything else has one. */
  initial: number[];
  learningRate: number;
  trainScore: number[];
  /** Absent without subsampling. */
  oobImprovement?: number[];
  trees: StoredTree[];
}

/** Share of each feature in the reduction of squared error, summing to 1; all 0 if no tree splits. */
export function impurityImportances({ features, boosted }: FittedBoosting): Float64Array {
  const sums = new Float64Array(features);
  for (const tree of boosted.trees) addImpurityDecreases(tree, sums);
  const total = sums.reduce((sum, value) => sum + value, 0);
  return total > 0 ? sums.map((value) => value / total) : sums;
}

/** The raw predictions as a sum of trees. */
export function boostedEnsemble({ features, boosted }: FittedBoosting): TreeEnsemble {
  const { initial, learningRate, trees } = boosted;
  return {
    features,
    base: initial.slice(),
    trees: scaledLeaves(trees, learningRate, initial.length).map(({ tree, values, output }) =>
      explainable(tree, values, output),
    ),
    takesMissing: false,
  };
}

export function storeBoosting(
  model: SerialisedGradientBoosting['model'],
  parameters: SerialisedGradientBoosting['parameters'],
  { features, classes, boosted }: FittedBoosting,
): SerialisedGradientBoosting {
  const { oobImprovement } = boosted;
  return {
    model,
    formatVersion: FORMAT_VERSION,
    parameters: { ...parameters },
    classes: [...classes],
    features,
    initial: [...boosted.initial],
    learningRate: boosted.learningRate,
    trainScore: [...boosted.trainScore],
    ...(oobImprovement && { oobImprovement: [...oobImprovement] }),
    trees: boosted.trees.map(storeTree),
  };
}

export function readBoosting(
  owner: SerialisedGradientBoosting['model'],
  json: unknown,
): { parameters: Record<string, unknown>; fitted: FittedBoosting } {
  const document = openStored(owner, json);
  const features = document.get('features').integer(1, 2 ** 31 - 1);
  const trees = document
    .get('trees')
    .items()
    .map((tree) => readTree(tree, features, 1));
  const classes =
    owner === 'GradientBoostingClassifier' ? readClasses(document.get('classes')) : [];
  const outputs = classes.length > 2 ? classes.length : 1;
  if (trees.length === 0 || trees.length % outputs !== 0) {
    document
      .get('trees')
      .fail(`it has ${trees.length} entries; ${outputs} for each round are expected`);
  }
  const rounds = trees.length / outputs;
  return {
    parameters: document.get('parameters').record(),
    fitted: {
      features,
      classes,
      boosted: {
        initial: readInitial(document, outputs),
        learningRate: document.get('learningRate').number(),
        trees,
        trainScore: document.get('trainScore').doubles(rounds),
        oobImprovement: document.optional('oobImprovement')?.doubles(rounds),
      },
    },
  };
}

/** Documents of models with one output may hold a bare number. */
function readInitial(document: Field, outputs: number): Float64Array {
  const field = document.get('initial');
  if (outputs === 1 && typeof document.record().initial === 'number') {
    return Float64Array.of(field.number());
  }
  return field.doubles(outputs);
}
