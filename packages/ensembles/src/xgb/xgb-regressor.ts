import type { FeatureInput } from '../data/matrix.js';
import { withStoredParameters } from '../data/stored-model.js';
import type { NumericVector } from '../data/targets.js';
import { trainingSetup } from './booster-setup.js';
import { DMatrix } from './dmatrix.js';
import { fitBooster } from './fit-run.js';
import {
  type CompleteXGBParameters,
  completeXGBParameters,
  type XGBParameters,
} from './parameters.js';
import type { PredictOptions } from './predictions.js';
import { readXGB, type SerialisedXGB, writeXGB } from './serialise.js';
import { checkXGBFitOptions, type XGBFitOptions } from './xgb-fit-options.js';
import { checkEvaluationSet, XGBModel } from './xgb-model.js';

/**
 * Gradient-boosted trees for outcomes or counts by XGBoost's histogram algorithm: the same trees as XGBoost 3.2 with
 * `tree_method=hist` and one thread, save where rows or features are drawn at random.
 *
 * Values and outcomes are float32 and NaN is a missing value. Chen and Guestrin 2016, doi:10.1145/2939672.2939785.
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
export class XGBRegressor extends XGBModel {
  readonly parameters: Readonly<CompleteXGBParameters>;

  /** @throws InvalidArgumentError for parameters that cannot be meant */
  constructor(parameters: Omit<XGBParameters, 'scalePosWeight'> = {}) {
    super('XGBRegressor');
    this.parameters = completeXGBParameters('XGBRegressor', parameters);
  }

  /**
   * Train on `x` (rows × features, NaN is missing) and `y`, one outcome per row. An earlier fit is forgotten.
   *
   * @returns this model; a promise of it if `workers` is given
   * @throws InvalidDataError when the data cannot be learned from
   * @throws AbortedError when `signal` aborts
   */
  fit(x: FeatureInput, y: NumericVector, options?: XGBFitOptions & { workers?: undefined }): this;
  fit(
    x: FeatureInput,
    y: NumericVector,
    options: XGBFitOptions & { workers: number },
  ): Promise<this>;
  fit(x: FeatureInput, y: NumericVector, options?: XGBFitOptions): this | Promise<this>;
  fit(x: FeatureInput, y: NumericVector, options: XGBFitOptions = {}): this | Promise<this> {
    checkXGBFitOptions('XGBRegressor', options);
    const { sampleWeight, baseMargin, evalSet = [], initialModel } = options;
    const { objective } = this.parameters;
    const setup = trainingSetup(this.parameters, {
      owner: 'XGBRegressor',
      objective: typeof objective === 'string' ? objective : 'reg:squarederror',
      outputs: 1,
      rounds: this.parameters.nEstimators,
      data: new DMatrix(x, { label: y, weight: sampleWeight, baseMargin }),
      evaluations: evalSet.map((set, i) => {
        checkEvaluationSet(set, i);
        const data = new DMatrix(set.x, {
          label: set.y,
          weight: set.sampleWeight,
          baseMargin: set.baseMargin,
        });
        return { name: set.name ?? `validation_${i}`, data };
      }),
      initial: initialModel,
    });
    return fitBooster(setup, options, (booster) => {
      this.setBooster(booster);
      return this;
    });
  }

  /** Predicted outcomes or mean counts, one float32 per row. */
  predict(x: FeatureInput, options: PredictOptions = {}): Float32Array {
    return this.fittedBooster('predictions').predict(x, this.withBest(options));
  }

  /** {@link XGBRegressor.predict} after each round, one after the other. */
  stagedPredict(x: FeatureInput, options: PredictOptions = {}): Generator<Float32Array, void> {
    return this.fittedBooster('predictions').stagedPredict(x, this.withBest(options));
  }

  /**
   * A plain object that `JSON.stringify` keeps to the last bit.
   *
   * @throws UnsupportedParameterError when the objective or a metric is a function; `booster.save` keeps the trees
   */
  toJSON(): SerialisedXGB {
    const booster = this.fittedBooster('toJSON');
    return writeXGB('XGBRegressor', this.parameters, booster, undefined);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): XGBRegressor {
    const { parameters, booster } = readXGB('XGBRegressor', json);
    const model = withStoredParameters(() => new XGBRegressor(parameters));
    model.setBooster(booster);
    return model;
  }
}
