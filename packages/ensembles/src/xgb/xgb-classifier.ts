import type { NdArray } from 'ndarray';
import { type FeatureInput, float32Matrix } from '../data/matrix.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { twoColumns } from '../data/probabilities.js';
import { withStoredParameters } from '../data/stored-model.js';
import { asFloat32, caseWeights, encodeBinaryLabels, type NumericVector } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import type { Booster } from './booster.js';
import { gainImportances } from './importance.js';
import { logistic } from './objectives/pointwise.js';
import {
  type CompleteXGBParameters,
  completeXGBParameters,
  type XGBParameters,
} from './parameters.js';
import { readXGB, type SerialisedXGB, writeXGB } from './serialise.js';
import { trainBooster } from './train.js';

/**
 * Gradient-boosted trees for two classes by XGBoost's histogram algorithm: the same trees as XGBoost 3.2 with
 * `tree_method=hist`, `objective=binary:logistic` and one thread.
 *
 * Values are compared as float32 and NaN is a missing value. Chen and Guestrin 2016, doi:10.1145/2939672.2939785.
 *
 * @example
 * ```ts
 * import { XGBClassifier } from '@steatosis/ensembles';
 *
 * const x = [[0.2, 7], [0.4, 5], [0.5, NaN], [1.6, 6], [1.8, 5], [2.1, 7]];
 * const y = [0, 0, 0, 1, 1, 1];
 * const model = new XGBClassifier({ nEstimators: 20, maxDepth: 2, minChildWeight: 0 }).fit(x, y);
 * console.log(model.predict([[0.3, 6], [2, NaN]])); // Float64Array(2) [ 0, 1 ]
 * console.log(model.predictProba([[2, NaN]]).get(0, 1).toFixed(3)); // 0.921
 * ```
 */
export class XGBClassifier {
  readonly parameters: Readonly<CompleteXGBParameters>;
  #fitted: { booster: Booster; classes: readonly number[] } | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: XGBParameters = {}) {
    this.parameters = completeXGBParameters('XGBClassifier', parameters, logistic(1));
  }

  /**
   * Train on `x` (rows × features, NaN is missing) and `y`, one label of two per row; the greater label is
   * the positive class. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('XGBClassifier', options);
    const matrix = float32Matrix(x, { missing: 'allow' });
    const { classes, codes } = encodeBinaryLabels(y, matrix.rows, 'XGBClassifier');
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    const data = {
      x: matrix,
      labels: Float32Array.from(codes),
      weights: weights && asFloat32('sampleWeight', weights),
    };
    this.#fitted = {
      booster: trainBooster(
        logistic(this.parameters.scalePosWeight),
        data,
        this.parameters,
        options,
      ),
      classes,
    };
    return this;
  }

  /** The trained trees, for XGBoost's own model files. */
  get booster(): Booster {
    return this.#get('booster').booster;
  }

  /** The two labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** Mean loss reduction of each feature's splits, summing to 1. */
  get featureImportances(): Float64Array {
    const { trees, features } = this.#get('featureImportances').booster;
    return gainImportances(trees, features);
  }

  /** The more probable label of each row (probability above 0.5). */
  predict(x: FeatureInput): Float64Array {
    const { booster, classes } = this.#get('predictions');
    return Float64Array.from(booster.predict(x), (p) => classes[p > 0.5 ? 1 : 0]);
  }

  /** Probabilities, [rows, 2]: columns in the order of `classes`. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    return twoColumns(this.#get('predictions').booster.predict(x));
  }

  /** Log odds of the second class, one float32 per row. */
  predictMargin(x: FeatureInput): Float32Array {
    return this.#get('predictions').booster.predictMargin(x);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedXGB {
    const { booster, classes } = this.#get('toJSON');
    return writeXGB('XGBClassifier', this.parameters, booster, classes);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): XGBClassifier {
    const { parameters, booster, classes } = readXGB('XGBClassifier', json);
    const model = withStoredParameters(() => new XGBClassifier(parameters));
    model.#fitted = { booster, classes };
    return model;
  }

  #get(wanted: string): { booster: Booster; classes: readonly number[] } {
    if (!this.#fitted) throw new NotFittedError('XGBClassifier', wanted);
    return this.#fitted;
  }
}
