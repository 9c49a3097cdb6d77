import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { twoColumns } from '../data/probabilities.js';
import { withStoredParameters } from '../data/stored-model.js';
import {
  caseWeights,
  checkWeighedClasses,
  encodeBinaryLabels,
  type NumericVector,
} from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import { boostTrees, rawPredictions } from './boost.js';
import {
  type FittedBoosting,
  impurityImportances,
  readBoosting,
  type SerialisedGradientBoosting,
  storeBoosting,
} from './fitted.js';
import { binomialDeviance } from './losses.js';
import {
  type CompleteGradientBoostingParameters,
  completeGradientBoostingParameters,
  type GradientBoostingParameters,
} from './parameters.js';

/**
 * Gradient boosting of exact regression trees on log loss for two classes, with scikit-learn 1.9's conventions.
 *
 * Features are float32 and must not be missing. Where several splits are equally good the lowest feature and
 * threshold win; scikit-learn lets its random generator choose. Friedman 2001, doi:10.1214/aos/1013203451.
 *
 * @example
 * ```ts
 * import { GradientBoostingClassifier } from '@steatosis/ensembles';
 *
 * const x = [[0.2, 7], [0.4, 5], [0.5, 6], [1.6, 6], [1.8, 5], [2.1, 7]];
 * const model = new GradientBoostingClassifier({ nEstimators: 20 }).fit(x, [0, 0, 0, 1, 1, 1]);
 * console.log(model.predict([[0.3, 6], [2, 6]])); // Float64Array(2) [ 0, 1 ]
 * console.log(model.predictProba([[2, 6]]).get(0, 1).toFixed(3)); // 0.934
 * ```
 */
export class GradientBoostingClassifier {
  readonly parameters: Readonly<CompleteGradientBoostingParameters>;
  #fitted: FittedBoosting | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: GradientBoostingParameters = {}) {
    this.parameters = completeGradientBoostingParameters('GradientBoostingClassifier', parameters);
  }

  /**
   * Train on `x` (rows × features, no NaN) and `y`, one label of two per row; the greater label is the
   * positive class. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('GradientBoostingClassifier', options);
    const matrix = this.#matrix(x);
    const { classes, codes } = encodeBinaryLabels(y, matrix.rows, 'GradientBoostingClassifier');
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    checkWeighedClasses(codes, weights);
    const targets = Float64Array.from(codes);
    const boosted = boostTrees(
      binomialDeviance,
      matrix,
      targets,
      weights,
      this.parameters,
      options,
    );
    this.#fitted = { features: matrix.columns, classes, boosted };
    return this;
  }

  /** The two labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** Share of each feature in the reduction of squared error of the trees, summing to 1. */
  get featureImportances(): Float64Array {
    return impurityImportances(this.#get('featureImportances'));
  }

  /** Mean binomial deviance of the training rows after each tree. */
  get trainScore(): Float64Array {
    return this.#get('trainScore').boosted.trainScore.slice();
  }

  /** Log odds of the second class, [rows]. */
  decisionFunction(x: FeatureInput): NdArray<Float64Array> {
    const raw = this.#raw(x);
    return ndarray(raw, [raw.length]);
  }

  /** The more probable label of each row; the first one where both are equally probable. */
  predict(x: FeatureInput): Float64Array {
    const { classes } = this.#get('predictions');
    return this.#raw(x).map((raw) => classes[raw > 0 ? 1 : 0]);
  }

  /** Probabilities, [rows, 2]: columns in the order of `classes`. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    return twoColumns(this.#raw(x).map((raw) => 1 / (1 + Math.exp(-raw))));
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedGradientBoosting {
    return storeBoosting('GradientBoostingClassifier', this.parameters, this.#get('toJSON'));
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): GradientBoostingClassifier {
    const { parameters, fitted } = readBoosting('GradientBoostingClassifier', json);
    const model = withStoredParameters(() => new GradientBoostingClassifier(parameters));
    model.#fitted = fitted;
    return model;
  }

  #raw(x: FeatureInput): Float64Array {
    const { boosted, features } = this.#get('predictions');
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, features, 'GradientBoostingClassifier');
    return rawPredictions(boosted, matrix);
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'GradientBoostingClassifier' });
  }

  #get(wanted: string): FittedBoosting {
    if (!this.#fitted) throw new NotFittedError('GradientBoostingClassifier', wanted);
    return this.#fitted;
  }
}
