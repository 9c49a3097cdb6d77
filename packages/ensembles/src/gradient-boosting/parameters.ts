import { anySeed, completeParameters, positive, wholeFrom1 } from '../data/parameters.js';

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
  /** Loss: that of the class is the only one supported yet, `log_loss` or `squared_error`. */
  loss?: 'log_loss' | 'squared_error' | undefined;
  /** Share of rows that each tree sees: 1 is the only value supported yet. */
  subsample?: 1 | undefined;
  /**
   * Seed of the random choices, an integer; default 0. It is checked and kept with the model and has no other effect
   * so far: without subsampling nothing is left to chance, ties between splits neither.
   */
  seed?: number | undefined;
}

export type CompleteGradientBoostingParameters = {
  [K in keyof GradientBoostingParameters]-?: NonNullable<GradientBoostingParameters[K]>;
};

const defaults = {
  nEstimators: 100,
  learningRate: 0.1,
  maxDepth: 3,
  minSamplesLeaf: 1,
  subsample: 1,
  seed: 0,
} as const satisfies GradientBoostingParameters;

const rules = {
  nEstimators: wholeFrom1,
  learningRate: positive,
  maxDepth: wholeFrom1,
  minSamplesLeaf: wholeFrom1,
  loss: 'default only',
  subsample: 'default only',
  seed: anySeed,
} as const;

/** Check the parameters and fill in the defaults. */
export function completeGradientBoostingParameters(
  owner: 'GradientBoostingClassifier' | 'GradientBoostingRegressor',
  given: GradientBoostingParameters,
): CompleteGradientBoostingParameters {
  const loss = owner === 'GradientBoostingClassifier' ? 'log_loss' : 'squared_error';
  return completeParameters<CompleteGradientBoostingParameters>(
    owner,
    given,
    { ...defaults, loss },
    rules,
    ['maxFeatures', 'maxLeafNodes'],
  );
}
