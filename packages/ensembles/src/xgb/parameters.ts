import { InvalidArgumentError } from '@steatosis/core';
import {
  completeParameters,
  notNegative,
  type NumberRule,
  positive,
  wholeFrom0,
  wholeFrom1,
} from '../data/parameters.js';
import type { Objective } from './objective.js';

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
}

/** {@link XGBParameters} with every default filled in; an absent `baseScore` is estimated. */
export type CompleteXGBParameters = {
  [K in Exclude<keyof XGBParameters, 'baseScore'>]-?: NonNullable<XGBParameters[K]>;
} & Pick<XGBParameters, 'baseScore'>;

const bins: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 2 && value <= 65535,
  expected: 'an integer 2 … 65535',
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
} as const;

const notYet = [
  'growPolicy',
  'maxLeaves',
  'alpha',
  'maxDeltaStep',
  'monotoneConstraints',
  'interactionConstraints',
  'featureTypes',
  'maxCatToOnehot',
  'maxCatThreshold',
  'subsample',
  'colsampleBytree',
  'objective',
  'evalMetric',
  'earlyStoppingRounds',
  'seed',
] as const;

/** Check the parameters and fill in the defaults. */
export function completeXGBParameters(
  owner: 'XGBClassifier' | 'XGBRegressor',
  given: XGBParameters,
  objective: Objective,
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
    defaults,
    rules,
    notYet,
  );
  const { baseScore } = complete;
  if (baseScore !== undefined && !objective.isPrediction(baseScore)) {
    throw new InvalidArgumentError(
      `${owner}'s baseScore`,
      baseScore,
      owner === 'XGBClassifier' ? 'a probability between 0 and 1' : 'a finite number',
    );
  }
  return complete;
}
