import { InvalidArgumentError } from '@steatosis/core';
import {
  anySeed,
  completeParameters,
  type NumberRule,
  wholeFrom0,
  wholeFrom1,
} from '../data/parameters.js';
import type { TrainingObjective } from './objectives/training-objective.js';

/**
 * Parameters of {@link XGBClassifier} and {@link XGBRegressor}; meanings and defaults are XGBoost's for
 * `tree_method=hist` with depth-wise growth.
 */
export interface XGBParameters {
  /** Number of boosting rounds, one tree each; default 100. */
  nEstimators?: number | undefined;
  /** Greatest depth of a tree, 0 for no limit; default 6. */
  maxDepth?: number | undefined;
  /** Factor on every leaf (XGBoost's `eta`), > 0; default 0.3. */
  learningRate?: number | undefined;
  /** Greatest number of bins per feature, 2 … 65535; default 256. */
  maxBin?: number | undefined;
  /** L2 penalty on leaf weights, ≥ 0; default 1. */
  lambda?: number | undefined;
  /** Least loss reduction of a split, ≥ 0; default 0. */
  gamma?: number | undefined;
  /** Least hessian sum on each side of a split, ≥ 0; default 1. */
  minChildWeight?: number | undefined;
  /** Factor on the weight of rows of the second class, > 0; default 1. {@link XGBRegressor} has none. */
  scalePosWeight?: number | undefined;
  /**
   * Prediction to start from: a probability for the classifier, an outcome for the regressor. Default:
   * estimated from the labels as XGBoost does.
   */
  baseScore?: number | undefined;
  /** Order of growth: level by level is the only one supported yet. */
  growPolicy?: 'depthwise' | undefined;
  /** Greatest number of leaves: 0, no limit, is the only value supported yet. */
  maxLeaves?: 0 | undefined;
  /** L1 penalty on leaf weights: 0 is the only value supported yet. */
  alpha?: 0 | undefined;
  /** Greatest step of a leaf: 0, no limit, is the only value supported yet. */
  maxDeltaStep?: 0 | undefined;
  /** Share of rows that each tree sees: 1 is the only value supported yet. */
  subsample?: 1 | undefined;
  /** Share of features that each tree sees: 1 is the only value supported yet. */
  colsampleBytree?: 1 | undefined;
  /** Loss: that of the class is the only one, `binary:logistic` or `reg:squarederror`. */
  objective?: 'binary:logistic' | 'reg:squarederror' | undefined;
  /** What evaluations measure: the loss's own metric is the only one supported yet, `logloss` or `rmse`. */
  evalMetric?: 'logloss' | 'rmse' | undefined;
  /**
   * Seed of the random choices, an integer; default 0. It is checked and kept with the model and has no other effect
   * so far: without subsampling nothing is left to chance.
   */
  seed?: number | undefined;
}

/** {@link XGBParameters} with every default filled in; an absent `baseScore` is estimated. */
export type CompleteXGBParameters = {
  [K in Exclude<keyof XGBParameters, 'baseScore'>]-?: NonNullable<XGBParameters[K]>;
} & Pick<XGBParameters, 'baseScore'>;

const bins: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 2 && value <= 65535,
  expected: 'an integer 2 … 65535',
};

/** XGBoost keeps its parameters as float32. */
const positive: NumberRule = {
  test: (value) => Math.fround(value) > 0 && Math.fround(value) < Infinity,
  expected: 'a finite float32 > 0',
};

const notNegative: NumberRule = {
  test: (value) => value >= 0 && Math.fround(value) < Infinity,
  expected: 'a finite float32 ≥ 0',
};

const defaults = {
  nEstimators: 100,
  maxDepth: 6,
  learningRate: 0.3,
  maxBin: 256,
  lambda: 1,
  gamma: 0,
  minChildWeight: 1,
  scalePosWeight: 1,
  baseScore: undefined,
  growPolicy: 'depthwise',
  maxLeaves: 0,
  alpha: 0,
  maxDeltaStep: 0,
  subsample: 1,
  colsampleBytree: 1,
  seed: 0,
} as const satisfies XGBParameters;

const rules = {
  nEstimators: wholeFrom1,
  maxDepth: wholeFrom0,
  learningRate: positive,
  maxBin: bins,
  lambda: notNegative,
  gamma: notNegative,
  minChildWeight: notNegative,
  scalePosWeight: positive,
  baseScore: undefined,
  growPolicy: 'default only',
  maxLeaves: 'default only',
  alpha: 'default only',
  maxDeltaStep: 'default only',
  subsample: 'default only',
  colsampleBytree: 'default only',
  objective: 'default only',
  evalMetric: 'default only',
  seed: anySeed,
} as const;

const notYet = [
  'monotoneConstraints',
  'interactionConstraints',
  'featureTypes',
  'maxCatToOnehot',
  'maxCatThreshold',
  'earlyStoppingRounds',
] as const;

/** Check the parameters and fill in the defaults. */
export function completeXGBParameters(
  owner: 'XGBClassifier' | 'XGBRegressor',
  given: XGBParameters,
  objective: TrainingObjective,
): CompleteXGBParameters {
  if (owner === 'XGBRegressor' && given.scalePosWeight !== undefined) {
    throw new InvalidArgumentError(
      'scalePosWeight',
      given.scalePosWeight,
      'no such parameter for a regression; use sampleWeight',
    );
  }
  const complete: CompleteXGBParameters = completeParameters<CompleteXGBParameters>(
    owner,
    given,
    {
      ...defaults,
      objective: objective.name as CompleteXGBParameters['objective'],
      evalMetric: objective.metric,
    },
    rules,
    notYet,
  );
  const { baseScore } = complete;
  if (baseScore !== undefined && !objective.isBaseScore(baseScore)) {
    throw new InvalidArgumentError(
      `${owner}'s baseScore`,
      baseScore,
      owner === 'XGBClassifier' ? 'a probability between 0 and 1' : 'a finite number',
    );
  }
  return complete;
}
