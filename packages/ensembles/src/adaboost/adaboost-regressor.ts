import { leavesOf } from '../cart/leaf-values.js';
import { weightedImportances } from '../cart/importances.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { FORMAT_VERSION, openStored, withStoredParameters } from '../data/stored-model.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import {
  type AdaBoostRegressorParameters,
  type CompleteAdaBoostRegressorParameters,
  completeAdaBoostRegressorParameters,
  growthRules,
} from './parameters.js';
import { boostR2, weightedSamples } from './r2.js';
import type { WeightedTree } from './samme.js';
import { readEstimators, type SerialisedAdaBoostRegressor, storeEstimators } from './stored.js';
import { weightedMedian } from './weighted-median.js';

interface Fitted {
  features: number;
  trees: readonly WeightedTree[];
}

/**
 * AdaBoost.R2 over regression trees with scikit-learn's conventions: each tree is fitted to a sample of the rows that
 * is drawn by their weights, and the prediction is the weighted median of the trees'.
 *
 * The samples come from a seeded generator of this library, so models do not equal scikit-learn's tree for tree; given
 * the same samples they do. Drucker 1997, Improving regressors using boosting techniques.
 *
 * @example
 * ```ts
 * import { AdaBoostRegressor } from '@steatosis/ensembles';
 *
 * const x = [[1], [2], [3], [4], [5], [6]];
 * const model = new AdaBoostRegressor({ nEstimators: 20, seed: 1 }).fit(x, [1, 1, 2, 6, 7, 7]);
 * console.log(model.predict([[1], [6]])); // Float64Array(2) [ 1, 7 ]
 * ```
 */
export class AdaBoostRegressor {
  readonly parameters: Readonly<CompleteAdaBoostRegressorParameters>;
  #fitted: Fitted | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: AdaBoostRegressorParameters = {}) {
    this.parameters = completeAdaBoostRegressorParameters(parameters);
  }

  /**
   * Train on `x` (rows × features, no NaN) and `y`, one outcome per row. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('AdaBoostRegressor', options);
    const matrix = this.#matrix(x);
    const rows = {
      x: matrix,
      y: outcomes(y, matrix.rows),
      weights: caseWeights(options.sampleWeight, matrix.rows),
    };
    const { seed } = this.parameters;
    const settings = {
      ...this.parameters,
      rules: growthRules(this.parameters),
      draw: weightedSamples(seed),
    };
    this.#fitted = { features: matrix.columns, trees: boostR2(rows, settings, options) };
    return this;
  }

  /** Weight of each tree in the median: learningRate · ln((1 − e) / e) with its error e. */
  get estimatorWeights(): Float64Array {
    return Float64Array.from(this.#get('estimatorWeights').trees, ({ weight }) => weight);
  }

  /** Weighted mean loss of each tree, between 0 and ½; more only in a single tree that is no better. */
  get estimatorErrors(): Float64Array {
    return Float64Array.from(this.#get('estimatorErrors').trees, ({ error }) => error);
  }

  /** Share of each feature in the reduction of squared error, trees weighted as in the median. */
  get featureImportances(): Float64Array {
    const { trees, features } = this.#get('featureImportances');
    return weightedImportances(trees, features);
  }

  /** Predicted outcomes, one per row: the weighted median of the trees' predictions. */
  predict(x: FeatureInput): Float64Array {
    const { trees } = this.#get('predictions');
    return this.#medians(this.#predictions(x), trees.length);
  }

  /** {@link predict} with the first tree, with the first two, and so on to all. */
  *stagedPredict(x: FeatureInput): Generator<Float64Array, void, undefined> {
    const { trees } = this.#get('stagedPredict');
    const predictions = this.#predictions(x);
    for (let used = 1; used <= trees.length; used++) yield this.#medians(predictions, used);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedAdaBoostRegressor {
    const { features, trees } = this.#get('toJSON');
    return {
      model: 'AdaBoostRegressor',
      formatVersion: FORMAT_VERSION,
      parameters: { ...this.parameters },
      features,
      estimators: storeEstimators(trees),
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): AdaBoostRegressor {
    const document = openStored('AdaBoostRegressor', json);
    const parameters = document.get('parameters').record();
    const model = withStoredParameters(() => new AdaBoostRegressor(parameters));
    const features = document.get('features').integer(1, 2 ** 31 - 1);
    const field = document.get('estimators');
    const trees = readEstimators(field, features, 1);
    if (trees.some(({ weight }) => weight < 0)) field.fail('weights are ≥ 0');
    model.#fitted = { features, trees };
    return model;
  }

  /** Predictions of the single trees, rows × trees. */
  #predictions(x: FeatureInput): Float64Array {
    const { trees, features } = this.#get('predictions');
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, features, 'AdaBoostRegressor');
    const leaves = leavesOf(
      trees.map(({ tree }) => tree),
      matrix,
    );
    return Float64Array.from(leaves, (leaf, i) => trees[i % trees.length].tree.value[leaf]);
  }

  /** Medians of the predictions of the first `used` trees. */
  #medians(predictions: Float64Array, used: number): Float64Array {
    const { trees } = this.#get('predictions');
    const weights = this.estimatorWeights.subarray(0, used);
    return Float64Array.from({ length: predictions.length / trees.length }, (_, row) => {
      const at = row * trees.length;
      return weightedMedian(predictions.subarray(at, at + used), weights);
    });
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'AdaBoostRegressor' });
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('AdaBoostRegressor', wanted);
    return this.#fitted;
  }
}
