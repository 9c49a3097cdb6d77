import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { withStoredParameters } from '../data/stored-model.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import { boostTrees, rawPredictions } from './boost.js';
import {
  type FittedBoosting,
  impurityImportances,
  readBoosting,
  type SerialisedGradientBoosting,
  storeBoosting,
} from './fitted.js';
import { squaredLoss } from './losses.js';
import {
  type CompleteGradientBoostingParameters,
  completeGradientBoostingParameters,
  type GradientBoostingParameters,
} from './parameters.js';

/**
 * Gradient boosting of exact regression trees on squared error, with scikit-learn 1.9's conventions.
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
export class GradientBoostingRegressor {
  readonly parameters: Readonly<CompleteGradientBoostingParameters>;
  #fitted: FittedBoosting | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: GradientBoostingParameters = {}) {
    this.parameters = completeGradientBoostingParameters('GradientBoostingRegressor', parameters);
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
    const boosted = boostTrees(squaredLoss, matrix, targets, weights, this.parameters, options);
    this.#fitted = { features: matrix.columns, classes: [], boosted };
    return this;
  }

  /** Share of each feature in the reduction of squared error of the trees, summing to 1. */
  get featureImportances(): Float64Array {
    return impurityImportances(this.#get('featureImportances'));
  }

  /** Mean squared error of the training rows after each tree. */
  get trainScore(): Float64Array {
    return this.#get('trainScore').boosted.trainScore.slice();
  }

  /** Predicted outcomes, one per row. */
  predict(x: FeatureInput): Float64Array {
    const { boosted, features } = this.#get('predictions');
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, features, 'GradientBoostingRegressor');
    return rawPredictions(boosted, matrix);
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

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'GradientBoostingRegressor' });
  }

  #get(wanted: string): FittedBoosting {
    if (!this.#fitted) throw new NotFittedError('GradientBoostingRegressor', wanted);
    return this.#fitted;
  }
}
