import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { leavesOf } from '../cart/leaf-values.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { withStoredParameters } from '../data/stored-model.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import type { TreeEnsemble, TreeModel } from '../explain/tree-ensemble.js';
import { rawPredictions, stagedRawPredictions } from './boost.js';
import {
  boostedEnsemble,
  type FittedBoosting,
  impurityImportances,
  readBoosting,
  type SerialisedGradientBoosting,
  storeBoosting,
} from './fitted.js';
import type { Loss } from './losses/loss.js';
import { absoluteError, huberLoss, quantileLoss, squaredError } from './losses/outcome-losses.js';
import {
  type CompleteGradientBoostingRegressorParameters,
  completeGradientBoostingRegressorParameters,
  type GradientBoostingRegressorParameters,
} from './parameters.js';
import { trainBoosting } from './train.js';

/**
 * Gradient boosting of exact regression trees on squared, absolute, Huber's or a quantile's loss, with scikit-learn
 * 1.9's conventions.
 *
 * Features are float32 and must not be missing. Where several splits are equally good the lowest feature and
 * threshold win; scikit-learn lets its random generator choose. Friedman 2001, doi:10.1214/aos/1013203451.
 *
 * @example
 * ```ts
 * import { GradientBoostingRegressor } from '@steatosis/ensembles';
 *
 * const model = new GradientBoostingRegressor().fit([[1], [2], [3], [4]], [2, 2, 5, 9]);
 * console.log(Array.from(model.predict([[1.4], [4]]), (value) => value.toFixed(2))); // [ '2.00', '9.00' ]
 * ```
 */
export class GradientBoostingRegressor implements TreeModel {
  readonly parameters: Readonly<CompleteGradientBoostingRegressorParameters>;
  #fitted: FittedBoosting | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: GradientBoostingRegressorParameters = {}) {
    this.parameters = completeGradientBoostingRegressorParameters(parameters);
  }

  /**
   * Train on `x` (rows × features, no NaN) and `y`, one outcome per row. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('GradientBoostingRegressor', options);
    const matrix = this.#matrix(x);
    const targets = outcomes(y, matrix.rows);
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    const rows = { x: matrix, y: targets, weights };
    const boosted = trainBoosting(this.#loss(), rows, this.parameters, options, 0);
    this.#fitted = { features: matrix.columns, classes: [], boosted };
    return this;
  }

  /** Share of each feature in the reduction of squared error of the trees, summing to 1. */
  get featureImportances(): Float64Array {
    return impurityImportances(this.#get('featureImportances'));
  }

  /** Mean loss of the training rows after each round, of those that it drew with `subsample`. */
  get trainScore(): Float64Array {
    return this.#get('trainScore').boosted.trainScore.slice();
  }

  /** Fall of the mean loss of the rows that each round left out; undefined unless `subsample` is below 1. */
  get oobImprovement(): Float64Array | undefined {
    return this.#get('oobImprovement').boosted.oobImprovement?.slice();
  }

  /** Predicted outcomes, one per row. */
  predict(x: FeatureInput): Float64Array {
    const { boosted } = this.#get('predictions');
    return rawPredictions(boosted, this.#checked(x));
  }

  /** {@link predict} after the first round, after two, and so on to all. */
  *stagedPredict(x: FeatureInput): Generator<Float64Array, void, undefined> {
    const { boosted } = this.#get('stagedPredict');
    for (const raw of stagedRawPredictions(boosted, this.#checked(x))) yield raw.slice();
  }

  /** Index of the leaf that each row ends in, [rows, rounds]. */
  apply(x: FeatureInput): NdArray<Int32Array> {
    const { trees } = this.#get('apply').boosted;
    const matrix = this.#checked(x);
    return ndarray(leavesOf(trees, matrix), [matrix.rows, trees.length]);
  }

  /** The predictions as a sum of trees. */
  treeEnsemble(): TreeEnsemble {
    return boostedEnsemble(this.#get('treeEnsemble'));
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedGradientBoosting {
    return storeBoosting('GradientBoostingRegressor', this.parameters, this.#get('toJSON'));
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): GradientBoostingRegressor {
    const { parameters, fitted } = readBoosting('GradientBoostingRegressor', json);
    const model = withStoredParameters(() => new GradientBoostingRegressor(parameters));
    model.#fitted = fitted;
    return model;
  }

  #loss(): Loss {
    const { loss, alpha } = this.parameters;
    if (loss === 'absolute_error') return absoluteError;
    if (loss === 'huber') return huberLoss(alpha);
    return loss === 'quantile' ? quantileLoss(alpha) : squaredError;
  }

  #checked(x: FeatureInput): DenseMatrix<Float32Array> {
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, this.#get('predictions').features, 'GradientBoostingRegressor');
    return matrix;
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'GradientBoostingRegressor' });
  }

  #get(wanted: string): FittedBoosting {
    if (!this.#fitted) throw new NotFittedError('GradientBoostingRegressor', wanted);
    return this.#fitted;
  }
}
