import { checkChoice, checkNumberOrNull, wholeFrom2 } from '../cart/parameter-checks.js';
import { anySeed, completeParameters, positive, wholeFrom1 } from '../data/parameters.js';

/** Parameters that {@link AdaBoostClassifier} and {@link AdaBoostRegressor} have in common. */
interface SharedParameters {
  /** Greatest number of trees, ≥ 1; default 50. Boosting ends earlier when a tree is perfect or useless. */
  nEstimators?: number | undefined;
  /** Factor on every tree's say, > 0; default 1. */
  learningRate?: number | undefined;
  /** Least number of training rows that a node of a tree needs to be split, ≥ 2; default 2. */
  minSamplesSplit?: number | undefined;
  /** Least number of training rows in a leaf, ≥ 1; default 1. */
  minSamplesLeaf?: number | undefined;
}

/** Parameters of {@link AdaBoostClassifier}; defaults are scikit-learn's. */
export interface AdaBoostParameters extends SharedParameters {
  /** Depth of the trees, ≥ 1, null for no limit; default 1: stumps. */
  maxDepth?: number | null | undefined;
  /**
   * `SAMME` (default): trees vote for a class, each with a say of its own. `SAMME.R`: trees add up the logarithms of
   * their class probabilities; scikit-learn had it up to version 1.5.
   */
  algorithm?: 'SAMME' | 'SAMME.R' | undefined;
  /**
   * Seed of the random choices, an integer; default 0. It is checked and kept with the model and has no effect:
   * nothing here is left to chance, ties between splits neither.
   */
  seed?: number | undefined;
}

/** Parameters of {@link AdaBoostRegressor}; defaults are scikit-learn's. */
export interface AdaBoostRegressorParameters extends SharedParameters {
  /** Depth of the trees, ≥ 1, null for no limit; default 3. */
  maxDepth?: number | null | undefined;
  /**
   * How a row's error e, as a share of the greatest one, counts: `linear` (default) e, `square` e²,
   * `exponential` 1 − exp(−e).
   */
  loss?: 'linear' | 'square' | 'exponential' | undefined;
  /** Seed of the samples that the trees are fitted to, an integer; default 0. */
  seed?: number | undefined;
}

export type CompleteAdaBoostParameters = {
  [K in keyof AdaBoostParameters]-?: Exclude<AdaBoostParameters[K], undefined>;
};

export type CompleteAdaBoostRegressorParameters = {
  [K in keyof AdaBoostRegressorParameters]-?: Exclude<AdaBoostRegressorParameters[K], undefined>;
};

const shared = {
  nEstimators: 50,
  learningRate: 1,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  seed: 0,
} as const;

const sharedRules = {
  nEstimators: wholeFrom1,
  learningRate: positive,
  maxDepth: undefined,
  minSamplesSplit: wholeFrom2,
  minSamplesLeaf: wholeFrom1,
  seed: anySeed,
} as const;

/** Check the parameters and fill in the defaults. */
export function completeAdaBoostParameters(given: AdaBoostParameters): CompleteAdaBoostParameters {
  const owner = 'AdaBoostClassifier';
  const complete = completeParameters<CompleteAdaBoostParameters>(
    owner,
    given,
    { ...shared, maxDepth: 1, algorithm: 'SAMME' },
    { ...sharedRules, algorithm: undefined },
    ['estimator'],
  );
  checkNumberOrNull(owner, 'maxDepth', complete.maxDepth, wholeFrom1);
  checkChoice(owner, 'algorithm', complete.algorithm, ['SAMME', 'SAMME.R']);
  return complete;
}

/** As {@link completeAdaBoostParameters}, for the regressor. */
export function completeAdaBoostRegressorParameters(
  given: AdaBoostRegressorParameters,
): CompleteAdaBoostRegressorParameters {
  const owner = 'AdaBoostRegressor';
  const complete = completeParameters<CompleteAdaBoostRegressorParameters>(
    owner,
    given,
    { ...shared, maxDepth: 3, loss: 'linear' },
    { ...sharedRules, loss: undefined },
    ['estimator'],
  );
  checkNumberOrNull(owner, 'maxDepth', complete.maxDepth, wholeFrom1);
  checkChoice(owner, 'loss', complete.loss, ['linear', 'square', 'exponential']);
  return complete;
}

/** When the trees stop growing. */
export function growthRules({
  maxDepth,
  minSamplesSplit,
  minSamplesLeaf,
}: Pick<CompleteAdaBoostParameters, 'maxDepth' | 'minSamplesSplit' | 'minSamplesLeaf'>) {
  return { maxDepth: maxDepth ?? Infinity, minSamplesSplit, minSamplesLeaf };
}
