import { InvalidArgumentError } from '@steatosis/core';
import {
  anySeed,
  completeParameters,
  type NumberRule,
  type Rule,
  wholeFrom0,
  wholeFrom1,
} from '../data/parameters.js';
import type { CustomMetric, MetricName } from './metrics/metric.js';
import { metricFor } from './metrics/metric-named.js';
import type { CustomObjective } from './objectives/custom-objective.js';
import type { ObjectiveName } from './objectives/objective-for.js';

/**
 * Parameters of {@link XGBClassifier}, {@link XGBRegressor} and {@link Booster.train}; meanings and defaults are those
 * of XGBoost's `tree_method=hist`. Numbers become float32, as in XGBoost.
 */
export interface XGBParameters {
  /** Number of boosting rounds; default 100. {@link Booster.train} has `rounds` among its options instead. */
  nEstimators?: number | undefined;
  /** Greatest depth of a tree, 0 for no limit; default 6. */
  maxDepth?: number | undefined;
  /** Greatest number of leaves of a tree, 0 for no limit; default 0. */
  maxLeaves?: number | undefined;
  /** Order of growth: level by level, or the split with the greatest gain first; default `depthwise`. */
  growPolicy?: 'depthwise' | 'lossguide' | undefined;
  /** Factor on every leaf (XGBoost's `eta`), > 0; default 0.3. */
  learningRate?: number | undefined;
  /** Greatest number of bins of a numeric feature, 2 … 65535; default 256. */
  maxBin?: number | undefined;
  /** L2 penalty on leaf weights, ≥ 0; default 1. */
  lambda?: number | undefined;
  /** L1 penalty on leaf weights, ≥ 0; default 0. */
  alpha?: number | undefined;
  /** Least loss reduction of a split, ≥ 0; default 0. */
  gamma?: number | undefined;
  /** Least hessian sum on each side of a split, ≥ 0; default 1. */
  minChildWeight?: number | undefined;
  /** Greatest absolute weight of a leaf, before the learning rate, 0 for no limit; default 0, of `count:poisson` 0.7. */
  maxDeltaStep?: number | undefined;
  /**
   * Factor on the weights of rows of the second class, > 0; default 1. For `binary:logistic` only: others refuse a
   * factor that is not 1, {@link XGBRegressor} any.
   */
  scalePosWeight?: number | undefined;
  /**
   * 1, −1 or 0 per feature: predictions never fall as it grows, never rise, or may do either. By index, or by name
   * for the features that are constrained; default none.
   */
  monotoneConstraints?: readonly number[] | Readonly<Record<string, number>> | undefined;
  /** Groups of features that may stand together on a path from the root, by index or name; default all. */
  interactionConstraints?: readonly (readonly (number | string)[])[] | undefined;
  /** `'c'` for features whose values are categories 0, 1, 2, …, `'q'` for numbers; default all numbers. */
  featureTypes?: readonly ('q' | 'c')[] | undefined;
  /** Names of the features, all different; default none. They are kept in model files. */
  featureNames?: readonly string[] | undefined;
  /** Categorical features with fewer categories are split one category against the rest; default 4. */
  maxCatToOnehot?: number | undefined;
  /** Greatest number of categories on one side of a split; default 64. */
  maxCatThreshold?: number | undefined;
  /** Share of the rows that each tree sees, > 0 … 1; default 1. The others are drawn by `seed` and weigh nothing. */
  subsample?: number | undefined;
  /** Share of the features drawn for each tree, > 0 … 1; default 1. */
  colsampleBytree?: number | undefined;
  /** Share of a tree's features drawn for each of its levels, > 0 … 1; default 1. */
  colsampleBylevel?: number | undefined;
  /** Share of a level's features drawn for each of its nodes, > 0 … 1; default 1. */
  colsampleBynode?: number | undefined;
  /** Trees per round and output, a forest whose outputs are averaged; default 1. */
  numParallelTree?: number | undefined;
  /**
   * Prediction to start from: a probability, a count, an outcome; of several classes a margin, the same for all.
   * Default: estimated from the labels as XGBoost does.
   */
  baseScore?: number | undefined;
  /**
   * Loss. Of classifiers `binary:logistic` or `multi:softprob`, by default as the number of classes demands; of
   * regressors `reg:squarederror` (default), `reg:absoluteerror` or `count:poisson`. A function gives derivatives of a
   * loss of your own, and predictions are then made as for the default one.
   */
  objective?: ObjectiveName | CustomObjective | undefined;
  /** What evaluation sets are judged by, one or several; the last one decides on early stopping. Default: the loss's own. */
  evalMetric?: MetricName | CustomMetric | readonly (MetricName | CustomMetric)[] | undefined;
  /** Stop after so many rounds without a better value on the last evaluation set; default never. */
  earlyStoppingRounds?: number | undefined;
  /** Seed of what `subsample` and the column shares draw, an integer; default 0. Ignored when nothing is drawn. */
  seed?: number | undefined;
}

type WithoutDefault =
  | 'baseScore'
  | 'objective'
  | 'evalMetric'
  | 'earlyStoppingRounds'
  | 'maxDeltaStep'
  | 'monotoneConstraints'
  | 'interactionConstraints'
  | 'featureTypes'
  | 'featureNames';

/** {@link XGBParameters} with every default filled in that does not depend on the data. */
export type CompleteXGBParameters = {
  [K in Exclude<keyof XGBParameters, WithoutDefault>]-?: NonNullable<XGBParameters[K]>;
} & Pick<XGBParameters, WithoutDefault>;

/** Whose parameters they are. */
export type ParameterOwner = 'XGBClassifier' | 'XGBRegressor' | 'Booster.train';

const bins: NumberRule = {
  test: (value) => Number.isInteger(value) && value >= 2 && value <= 65535,
  expected: 'an integer 2 … 65535',
};

const positive: NumberRule = {
  test: (value) => Math.fround(value) > 0 && Math.fround(value) < Infinity,
  expected: 'a finite float32 > 0',
};

const notNegative: NumberRule = {
  test: (value) => value >= 0 && Math.fround(value) < Infinity,
  expected: 'a finite float32 ≥ 0',
};

const share: NumberRule = {
  test: (value) => Math.fround(value) > 0 && value <= 1,
  expected: 'a share > 0 … 1',
};

const finite: NumberRule = {
  test: (value) => Number.isFinite(Math.fround(value)),
  expected: 'a finite float32',
};

const defaults = {
  nEstimators: 100,
  maxDepth: 6,
  maxLeaves: 0,
  growPolicy: 'depthwise',
  learningRate: 0.3,
  maxBin: 256,
  lambda: 1,
  alpha: 0,
  gamma: 0,
  minChildWeight: 1,
  scalePosWeight: 1,
  maxCatToOnehot: 4,
  maxCatThreshold: 64,
  subsample: 1,
  colsampleBytree: 1,
  colsampleBylevel: 1,
  colsampleBynode: 1,
  numParallelTree: 1,
  seed: 0,
} as const satisfies XGBParameters;

const rules: { readonly [K in keyof Required<XGBParameters>]: Rule } = {
  nEstimators: wholeFrom1,
  maxDepth: wholeFrom0,
  maxLeaves: wholeFrom0,
  growPolicy: undefined,
  learningRate: positive,
  maxBin: bins,
  lambda: notNegative,
  alpha: notNegative,
  gamma: notNegative,
  minChildWeight: notNegative,
  maxDeltaStep: notNegative,
  scalePosWeight: positive,
  monotoneConstraints: undefined,
  interactionConstraints: undefined,
  featureTypes: undefined,
  featureNames: undefined,
  maxCatToOnehot: wholeFrom1,
  maxCatThreshold: wholeFrom1,
  subsample: share,
  colsampleBytree: share,
  colsampleBylevel: share,
  colsampleBynode: share,
  numParallelTree: wholeFrom1,
  baseScore: finite,
  objective: undefined,
  evalMetric: undefined,
  earlyStoppingRounds: wholeFrom1,
  seed: anySeed,
};

const OBJECTIVES: Record<ParameterOwner, readonly ObjectiveName[]> = {
  XGBClassifier: ['binary:logistic', 'multi:softprob'],
  XGBRegressor: ['reg:squarederror', 'reg:absoluteerror', 'count:poisson'],
  'Booster.train': [
    'reg:squarederror',
    'reg:absoluteerror',
    'count:poisson',
    'binary:logistic',
    'multi:softprob',
    'multi:softmax',
  ],
};

/**
 * Check what can be checked without data, and fill in the defaults.
 *
 * @throws InvalidArgumentError for names that do not exist and values that cannot be meant
 */
export function completeXGBParameters(
  owner: ParameterOwner,
  given: XGBParameters,
): CompleteXGBParameters {
  const complete = completeParameters<CompleteXGBParameters>(owner, given, defaults, rules, []);
  const { objective, growPolicy } = complete;
  // 1 changes nothing and stands among the complete parameters, of which a second model may be made.
  if (owner === 'XGBRegressor' && complete.scalePosWeight !== 1) {
    throw new InvalidArgumentError(
      'scalePosWeight',
      given.scalePosWeight,
      'no such parameter for a regression; use sampleWeight',
    );
  }
  if (growPolicy !== 'depthwise' && growPolicy !== 'lossguide') {
    throw new InvalidArgumentError(
      `${owner}'s growPolicy`,
      growPolicy,
      "'depthwise' or 'lossguide'",
    );
  }
  if (
    objective !== undefined &&
    typeof objective !== 'function' &&
    !OBJECTIVES[owner].includes(objective)
  ) {
    throw new InvalidArgumentError(
      `${owner}'s objective`,
      objective,
      `${OBJECTIVES[owner].join(', ')}, or a function that gives gradient and hessian`,
    );
  }
  metricsOf(complete).forEach(metricFor);
  return complete;
}

/** The metrics asked for, none if that is left to the loss. */
export function metricsOf({
  evalMetric,
}: Pick<XGBParameters, 'evalMetric'>): readonly (MetricName | CustomMetric)[] {
  if (evalMetric === undefined) return [];
  return Array.isArray(evalMetric)
    ? (evalMetric as readonly (MetricName | CustomMetric)[])
    : [evalMetric as MetricName | CustomMetric];
}
