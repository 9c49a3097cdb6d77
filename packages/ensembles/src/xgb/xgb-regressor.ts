import { type FeatureInput, float32Matrix } from '../data/matrix.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { withStoredParameters } from '../data/stored-model.js';
import { asFloat32, caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import type { Booster } from './booster.js';
import { gainImportances } from './importance.js';
import { squaredError } from './objectives/pointwise.js';
import {
  type CompleteXGBParameters,
  completeXGBParameters,
  type XGBParameters,
} from './parameters.js';
import { readXGB, type SerialisedXGB, writeXGB } from './serialise.js';
import { trainBooster } from './train.js';

/**
 * Gradient-boosted trees for a continuous outcome by XGBoost's histogram algorithm: the same trees as
 * XGBoost 3.2 with `tree_method=hist`, `objective=reg:squarederror` and one thread.
 *
 * Values and outcomes are float32 and NaN is a missing value.
 *
 * @example
 * ```ts
 * import { XGBRegressor } from '@steatosis/ensembles';
 *
 * const x = [[1], [2], [3], [4], [5], [6]];
 * const model = new XGBRegressor({ nEstimators: 50, maxDepth: 2 }).fit(x, [2, 2, 2, 7, 7, 7]);
 * console.log(Array.from(model.predict([[2], [5]]), (value) => value.toFixed(2))); // [ '2.00', '7.00' ]
 * ```
 */
export class XGBRegressor {
  readonly parameters: Readonly<CompleteXGBParameters>;
  #booster: Booster | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: Omit<XGBParameters, 'scalePosWeight'> = {}) {
    this.parameters = completeXGBParameters('XGBRegressor', parameters, squaredError());
  }

  /**
   * Train on `x` (rows × features, NaN is missing) and `y`, one outcome per row. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('XGBRegressor', options);
    const matrix = float32Matrix(x, { missing: 'allow' });
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    const data = {
      x: matrix,
      labels: asFloat32('y', outcomes(y, matrix.rows)),
      weights: weights && asFloat32('sampleWeight', weights),
    };
    this.#booster = trainBooster(squaredError(), data, this.parameters, options);
    return this;
  }

  /** The trained trees, for XGBoost's own model files. */
  get booster(): Booster {
    if (!this.#booster) throw new NotFittedError('XGBRegressor', 'booster');
    return this.#booster;
  }

  /** Mean loss reduction of each feature's splits, summing to 1. */
  get featureImportances(): Float64Array {
    return gainImportances(this.booster.trees, this.booster.features);
  }

  /** Predicted outcomes, one float32 per row. */
  predict(x: FeatureInput): Float32Array {
    return this.booster.predict(x);
  }

  /** The same as {@link XGBRegressor.predict}: with squared error the margin is the outcome. */
  predictMargin(x: FeatureInput): Float32Array {
    return this.booster.predictMargin(x);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedXGB {
    return writeXGB('XGBRegressor', this.parameters, this.booster, undefined);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): XGBRegressor {
    const { parameters, booster } = readXGB('XGBRegressor', json);
    const model = withStoredParameters(() => new XGBRegressor(parameters));
    model.#booster = booster;
    return model;
  }
}
