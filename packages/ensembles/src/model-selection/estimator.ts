import type { NdArray } from 'ndarray';
import type { FitOptions } from '../data/fit-options.js';
import type { DenseMatrix, FeatureInput } from '../data/matrix.js';
import type { NumericVector } from '../data/targets.js';
import type { GroupVector } from './groups.js';

/** What an estimator's `fit` may be given here beside features and labels. */
export interface GroupedFitOptions extends FitOptions {
  /** One group (patient) per row, for estimators whose `takesGroups` is true. */
  groups?: GroupVector | undefined;
}

/**
 * Anything that learns from rows and predicts: every model of this package, a `Pipeline`, a `CalibratedClassifier`,
 * or one of your own. `fit` may give a promise where the caller of it can wait.
 */
export interface Estimator {
  fit(x: FeatureInput, y: NumericVector, options?: GroupedFitOptions): unknown;
  /** One label or outcome per row. */
  predict(x: FeatureInput): ArrayLike<number>;
  /** Probabilities, [rows, classes]. An estimator with this method counts as a classifier. */
  predictProba?(x: FeatureInput): NdArray;
  /** [rows], rising with the second class, or [rows, classes]. */
  decisionFunction?(x: FeatureInput): NdArray;
  /** The labels, ascending, once fitted; classifiers have it. */
  readonly classes?: readonly number[];
  /** Where it is given, it decides whether the estimator counts as a classifier. */
  readonly estimatorType?: 'classifier' | 'regressor';
  /** Whether `fit` makes use of `options.groups`. */
  readonly takesGroups?: boolean;
  /** What the constructor takes; with it an unfitted copy can be made. */
  readonly parameters?: object;
  /** A plain object that `JSON.stringify` keeps. */
  toJSON?(): unknown;
}

/** Anything that learns from features how to change or choose them: scalers, filters, or one of your own. */
export interface Transformer {
  fit(x: FeatureInput, y?: NumericVector): unknown;
  transform(x: FeatureInput): DenseMatrix;
  /** For one that leaves columns out: which columns of the input stay, once fitted. */
  readonly kept?: Int32Array;
  /** What the constructor takes; with it an unfitted copy can be made. */
  readonly parameters?: object;
  /** A plain object that `JSON.stringify` keeps. */
  toJSON?(): unknown;
}

/** Whether the estimator predicts labels rather than outcomes. */
export function isClassifier(estimator: Estimator): boolean {
  if (estimator.estimatorType) return estimator.estimatorType === 'classifier';
  return typeof estimator.predictProba === 'function';
}
