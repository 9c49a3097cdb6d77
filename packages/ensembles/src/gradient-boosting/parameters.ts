import { completeParameters, positive, wholeFrom1 } from '../data/parameters.js';

/**
 * Parameters of {@link GradientBoostingClassifier} and {@link GradientBoostingRegressor}; defaults are
 * scikit-learn's.
 */
export interface GradientBoostingParameters {
  /** Number of trees, ≥ 1; default 100. */
  nEstimators?: number | undefined;
  /** Factor on every tree, > 0; default 0.1. */
  learningRate?: number | undefined;
  /** Depth of the trees, ≥ 1; default 3. */
  maxDepth?: number | undefined;
  /** Least number of training rows in a leaf, ≥ 1; default 1. */
  minSamplesLeaf?: number | undefined;
}

export type CompleteGradientBoostingParameters = {
  [K in keyof GradientBoostingParameters]-?: number;
};

const defaults = {
  nEstimators: 100,
  learningRate: 0.1,
  maxDepth: 3,
  minSamplesLeaf: 1,
} as const satisfies GradientBoostingParameters;

const rules = {
  nEstimators: wholeFrom1,
  learningRate: positive,
  maxDepth: wholeFrom1,
  minSamplesLeaf: wholeFrom1,
} as const;

/** Check the parameters and fill in the defaults. */
export function completeGradientBoostingParameters(
  owner: string,
  given: GradientBoostingParameters,
): CompleteGradientBoostingParameters {
  const notYet = ['loss', 'subsample', 'maxFeatures', 'maxLeafNodes', 'seed'];
  return completeParameters<CompleteGradientBoostingParameters>(
    owner,
    given,
    defaults,
    rules,
    notYet,
  );
}
