import type { FitOptions } from '../data/fit-options.js';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import type { NumericVector } from '../data/targets.js';
import type { Booster } from './booster.js';

/** A set on which a model is judged after every round. */
export interface EvaluationSet {
  /** Rows × features, with the columns of the training data. */
  x: FeatureInput;
  /** Labels or outcomes, one per row. */
  y: NumericVector;
  /** Name in the evaluation history; default `validation_0`, `validation_1`, …. */
  name?: string | undefined;
  /** One weight ≥ 0 per row; default all 1. */
  sampleWeight?: NumericVector | undefined;
  /** Margins to start from, as in {@link XGBFitOptions.baseMargin}; needed where the training has them. */
  baseMargin?: NumericVector | undefined;
}

/** What `fit` of {@link XGBClassifier} and {@link XGBRegressor} takes beside features and labels. */
export interface XGBFitOptions extends FitOptions {
  /** Sets to judge the model by; early stopping goes by the last one. */
  evalSet?: readonly EvaluationSet[] | undefined;
  /** Margins to start from instead of the base score: one per row and output, row by row. Default none. */
  baseMargin?: NumericVector | undefined;
  /** A booster whose training is continued, with its base score and trees; default none. */
  initialModel?: Booster | undefined;
  /**
   * Worker threads; 0 trains on the calling thread. If given, `fit` returns a promise. The model is the same for any
   * number. Default: train on the calling thread and return at once.
   */
  workers?: number | undefined;
}

/** Throw for options that do not exist. */
export function checkXGBFitOptions(owner: string, options: XGBFitOptions): void {
  checkNames(
    `${owner}.fit`,
    options,
    ['sampleWeight', 'evalSet', 'baseMargin', 'initialModel', 'workers', 'signal', 'onProgress'],
    [],
  );
}
