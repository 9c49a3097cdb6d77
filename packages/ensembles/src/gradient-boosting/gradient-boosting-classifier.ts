import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { leavesOf } from '../cart/leaf-values.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { twoColumns } from '../data/probabilities.js';
import { withStoredParameters } from '../data/stored-model.js';
import {
  caseWeights,
  checkWeighedClasses,
  encodeLabels,
  type NumericVector,
} from '../data/targets.js';
import { InvalidDataError, NotFittedError } from '../errors.js';
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
import {
  binomialDeviance,
  exponentialLoss,
  multinomialDeviance,
  softmaxRows,
} from './losses/class-losses.js';
import type { Loss } from './losses/loss.js';
import {
  type CompleteGradientBoostingParameters,
  completeGradientBoostingParameters,
  type GradientBoostingParameters,
} from './parameters.js';
import { trainBoosting } from './train.js';

/**
 * Gradient boosting of exact regression trees on log loss for two or more classes, or on exponential loss for two, with
 * scikit-learn 1.9's conventions.
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
export class GradientBoostingClassifier implements TreeModel {
  readonly parameters: Readonly<CompleteGradientBoostingParameters>;
  #fitted: FittedBoosting | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: GradientBoostingParameters = {}) {
    this.parameters = completeGradientBoostingParameters(parameters);
  }

  /**
   * Train on `x` (rows × features, no NaN) and `y`, one label per row; of two the greater label is the positive class.
   * An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('GradientBoostingClassifier', options);
    const matrix = this.#matrix(x);
    const { classes, codes } = encodeLabels(y, matrix.rows);
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    checkWeighedClasses(codes, weights);
    const rows = { x: matrix, y: Float64Array.from(codes), weights };
    const loss = this.#loss(classes.length);
    const boosted = trainBoosting(loss, rows, this.parameters, options, classes.length);
    this.#fitted = { features: matrix.columns, classes, boosted };
    return this;
  }

  /** The labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** Share of each feature in the reduction of squared error of the trees, summing to 1. */
  get featureImportances(): Float64Array {
    return impurityImportances(this.#get('featureImportances'));
  }

  /**
   * Mean loss of the training rows after each round, of those that it drew with `subsample`: −2 · log likelihood for two
   * classes, −log likelihood for more, or the exponential loss.
   */
  get trainScore(): Float64Array {
    return this.#get('trainScore').boosted.trainScore.slice();
  }

  /** Fall of the mean loss of the rows that each round left out; undefined unless `subsample` is below 1. */
  get oobImprovement(): Float64Array | undefined {
    return this.#get('oobImprovement').boosted.oobImprovement?.slice();
  }

  /** Log odds of the second of two classes, half of them with exponential loss, [rows]; or one score a class, [rows, classes]. */
  decisionFunction(x: FeatureInput): NdArray<Float64Array> {
    const { boosted } = this.#get('decisionFunction');
    return this.#decisions(rawPredictions(boosted, this.#checked(x)));
  }

  /** {@link decisionFunction} after the first round, after two, and so on to all. */
  *stagedDecisionFunction(x: FeatureInput): Generator<NdArray<Float64Array>, void, undefined> {
    const { boosted } = this.#get('stagedDecisionFunction');
    for (const raw of stagedRawPredictions(boosted, this.#checked(x))) {
      yield this.#decisions(raw.slice());
    }
  }

  /** The most probable label of each row; the first one of equally probable ones. */
  predict(x: FeatureInput): Float64Array {
    return this.#labels(this.decisionFunction(x));
  }

  /** {@link predict} after the first round, after two, and so on to all. */
  *stagedPredict(x: FeatureInput): Generator<Float64Array, void, undefined> {
    for (const decisions of this.stagedDecisionFunction(x)) yield this.#labels(decisions);
  }

  /** Probabilities, [rows, classes]: columns in the order of `classes`. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    return this.#probabilities(this.decisionFunction(x));
  }

  /** {@link predictProba} after the first round, after two, and so on to all. */
  *stagedPredictProba(x: FeatureInput): Generator<NdArray<Float64Array>, void, undefined> {
    for (const decisions of this.stagedDecisionFunction(x)) yield this.#probabilities(decisions);
  }

  /** Index of the leaf that each row ends in, [rows, rounds, outputs]: one output for two classes, else one a class. */
  apply(x: FeatureInput): NdArray<Int32Array> {
    const { trees, initial } = this.#get('apply').boosted;
    const matrix = this.#checked(x);
    const shape = [matrix.rows, trees.length / initial.length, initial.length];
    return ndarray(leavesOf(trees, matrix), shape);
  }

  /** The decision function as a sum of trees. */
  treeEnsemble(): TreeEnsemble {
    return boostedEnsemble(this.#get('treeEnsemble'));
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

  #loss(classes: number): Loss {
    if (this.parameters.loss === 'log_loss') {
      return classes === 2 ? binomialDeviance : multinomialDeviance(classes);
    }
    if (classes > 2) {
      throw new InvalidDataError(
        'y',
        `there are ${classes} classes; exponential loss separates two. Take loss 'log_loss'.`,
      );
    }
    return exponentialLoss;
  }

  #decisions(raw: Float64Array): NdArray<Float64Array> {
    const outputs = this.#get('predictions').boosted.initial.length;
    const rows = raw.length / outputs;
    return ndarray(raw, outputs === 1 ? [rows] : [rows, outputs]);
  }

  #labels({ data, shape }: NdArray<Float64Array>): Float64Array {
    const { classes } = this.#get('predictions');
    const outputs = shape[1];
    if (outputs === undefined) return data.map((raw) => classes[raw > 0 ? 1 : 0]);
    return Float64Array.from({ length: shape[0] }, (_, row) => {
      let best = 0;
      for (let k = 1; k < outputs; k++) {
        if (data[row * outputs + k] > data[row * outputs + best]) best = k;
      }
      return classes[best];
    });
  }

  #probabilities({ data, shape }: NdArray<Float64Array>): NdArray<Float64Array> {
    const outputs = shape[1];
    if (outputs !== undefined) {
      softmaxRows(data, outputs);
      return ndarray(data, shape);
    }
    const factor = this.parameters.loss === 'exponential' ? 2 : 1;
    return twoColumns(data.map((raw) => 1 / (1 + Math.exp(-factor * raw))));
  }

  #checked(x: FeatureInput): DenseMatrix<Float32Array> {
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, this.#get('predictions').features, 'GradientBoostingClassifier');
    return matrix;
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'GradientBoostingClassifier' });
  }

  #get(wanted: string): FittedBoosting {
    if (!this.#fitted) throw new NotFittedError('GradientBoostingClassifier', wanted);
    return this.#fitted;
  }
}
