import { InvalidArgumentError } from '@steatosis/core';
import {
  checkChoice,
  checkNumberOrNull,
  notNegative,
  properShare,
  share,
  wholeFrom2,
} from '../cart/parameter-checks.js';
import type { GrowthRules } from '../cart/tree-builder.js';
import { anySeed, completeParameters, positive, wholeFrom1 } from '../data/parameters.js';

/** Parameters that the classifier and the regressor have in common; defaults are scikit-learn's. */
interface SharedParameters {
  /** Number of rounds, ≥ 1; default 100. Early stopping may end boosting before. */
  nEstimators?: number | undefined;
  /** Factor on every tree, > 0; default 0.1. */
  learningRate?: number | undefined;
  /** Depth of the trees, ≥ 1, null for no limit; default 3. */
  maxDepth?: number | null | undefined;
  /** Least number of training rows that a node needs to be split, ≥ 2; default 2. */
  minSamplesSplit?: number | undefined;
  /** Least number of training rows in a leaf, ≥ 1; default 1. */
  minSamplesLeaf?: number | undefined;
  /**
   * Least reduction of the weighted variance by which a node is split, as a share of the weight of all rows, ≥ 0;
   * default 0.
   */
  minImpurityDecrease?: number | undefined;
  /**
   * Greatest number of leaves, ≥ 2: nodes are then split in the order of what that brings, the lower node of equals
   * first. Default null: no limit, and trees grow depth first.
   */
  maxLeafNodes?: number | null | undefined;
  /**
   * Features that each node looks at: a whole number ≥ 1 of them, a share below 1, `sqrt` or `log2` of all (all rounded
   * down, at least one); default null: all. They are drawn anew for each node.
   */
  maxFeatures?: number | 'sqrt' | 'log2' | null | undefined;
  /** Share of rows that each round draws without replacement, (0, 1]; default 1. Below 1 there is `oobImprovement`. */
  subsample?: number | undefined;
  /**
   * Rounds after which boosting ends if the loss of the validation rows has not fallen by `tol`, ≥ 1; default null: no
   * early stopping.
   */
  nIterNoChange?: number | null | undefined;
  /** Share of rows set aside for early stopping, (0, 1); default 0.1. Ignored without `nIterNoChange`. */
  validationFraction?: number | undefined;
  /** Fall of the loss that counts as one, ≥ 0; default 1e-4. Ignored without `nIterNoChange`. */
  tol?: number | undefined;
  /**
   * Seed of what is drawn: rows (`subsample`), features (`maxFeatures`), validation rows (`nIterNoChange`). An integer;
   * default 0. Nothing else is left to chance, ties between splits neither.
   */
  seed?: number | undefined;
}

/** Parameters of {@link GradientBoostingClassifier}; defaults are scikit-learn's. */
export interface GradientBoostingParameters extends SharedParameters {
  /** `log_loss` (default) for two or more classes; `exponential`, AdaBoost's loss, for two. */
  loss?: 'log_loss' | 'exponential' | undefined;
}

/** Parameters of {@link GradientBoostingRegressor}; defaults are scikit-learn's. */
export interface GradientBoostingRegressorParameters extends SharedParameters {
  /** `squared_error` (default), `absolute_error`, `huber` or `quantile`. */
  loss?: 'squared_error' | 'absolute_error' | 'huber' | 'quantile' | undefined;
  /**
   * The quantile that `quantile` predicts, or that of the absolute errors up to which `huber` is squared, (0, 1);
   * default 0.9. Ignored by other losses.
   */
  alpha?: number | undefined;
}

type Complete<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
export type CompleteGradientBoostingParameters = Complete<GradientBoostingParameters>;
export type CompleteGradientBoostingRegressorParameters =
  Complete<GradientBoostingRegressorParameters>;

const shared = {
  nEstimators: 100,
  learningRate: 0.1,
  maxDepth: 3,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  minImpurityDecrease: 0,
  maxLeafNodes: null,
  maxFeatures: null,
  subsample: 1,
  nIterNoChange: null,
  validationFraction: 0.1,
  tol: 1e-4,
  seed: 0,
} as const;

const sharedRules = {
  nEstimators: wholeFrom1,
  learningRate: positive,
  maxDepth: undefined,
  minSamplesSplit: wholeFrom2,
  minSamplesLeaf: wholeFrom1,
  minImpurityDecrease: notNegative,
  maxLeafNodes: undefined,
  maxFeatures: undefined,
  subsample: share,
  nIterNoChange: undefined,
  validationFraction: properShare,
  tol: notNegative,
  seed: anySeed,
  loss: undefined,
} as const;

/** Names of scikit-learn's that mean something there and nothing here. */
const unsupported = ['minWeightFractionLeaf', 'ccpAlpha', 'init', 'warmStart'] as const;

/** Check the classifier's parameters and fill in the defaults. */
export function completeGradientBoostingParameters(
  given: GradientBoostingParameters,
): CompleteGradientBoostingParameters {
  const owner = 'GradientBoostingClassifier';
  const complete = completeParameters<CompleteGradientBoostingParameters>(
    owner,
    given,
    { ...shared, loss: 'log_loss' },
    sharedRules,
    unsupported,
  );
  checkShared(owner, complete);
  checkChoice(owner, 'loss', complete.loss, ['log_loss', 'exponential']);
  return complete;
}

/** Check the regressor's parameters and fill in the defaults. */
export function completeGradientBoostingRegressorParameters(
  given: GradientBoostingRegressorParameters,
): CompleteGradientBoostingRegressorParameters {
  const owner = 'GradientBoostingRegressor';
  const complete = completeParameters<CompleteGradientBoostingRegressorParameters>(
    owner,
    given,
    { ...shared, loss: 'squared_error', alpha: 0.9 },
    { ...sharedRules, alpha: properShare },
    unsupported,
  );
  checkShared(owner, complete);
  const losses = ['squared_error', 'absolute_error', 'huber', 'quantile'];
  checkChoice(owner, 'loss', complete.loss, losses);
  return complete;
}

function checkShared(owner: string, parameters: Complete<SharedParameters>): void {
  const { maxFeatures } = parameters;
  checkNumberOrNull(owner, 'maxDepth', parameters.maxDepth, wholeFrom1);
  checkNumberOrNull(owner, 'maxLeafNodes', parameters.maxLeafNodes, wholeFrom2);
  checkNumberOrNull(owner, 'nIterNoChange', parameters.nIterNoChange, wholeFrom1);
  const isNumber =
    typeof maxFeatures === 'number' &&
    maxFeatures > 0 &&
    (maxFeatures < 1 || Number.isInteger(maxFeatures));
  if (isNumber || maxFeatures === null || maxFeatures === 'sqrt' || maxFeatures === 'log2') return;
  throw new InvalidArgumentError(
    `${owner}'s maxFeatures`,
    maxFeatures,
    "a whole number ≥ 1, a share between 0 and 1, 'sqrt', 'log2', or null for all",
  );
}

/** The rules of the trees for data of so many features. */
export function growthRules(parameters: Complete<SharedParameters>, features: number): GrowthRules {
  const { maxDepth, minSamplesSplit, minSamplesLeaf, minImpurityDecrease } = parameters;
  return {
    maxDepth: maxDepth ?? Infinity,
    minSamplesSplit,
    minSamplesLeaf,
    minImpurityDecrease,
    maxLeafNodes: parameters.maxLeafNodes ?? Infinity,
    maxFeatures: featuresPerNode(parameters.maxFeatures, features),
  };
}

function featuresPerNode(maxFeatures: number | 'sqrt' | 'log2' | null, features: number): number {
  if (maxFeatures === null) return features;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(features)));
  if (maxFeatures === 'log2') return Math.max(1, Math.floor(Math.log2(features)));
  return maxFeatures < 1
    ? Math.max(1, Math.floor(maxFeatures * features))
    : Math.min(maxFeatures, features);
}
