import ndarray, { type NdArray } from 'ndarray';
import { InvalidArgumentError } from '@steatosis/core';
import { type FeatureInput, rowsOf } from '../data/matrix.js';
import { twoColumns } from '../data/probabilities.js';
import { withStoredParameters } from '../data/stored-model.js';
import { checkWeighedClasses, encodeLabels, type NumericVector } from '../data/targets.js';
import { InvalidDataError, NotFittedError } from '../errors.js';
import { trainingSetup } from './booster-setup.js';
import { DMatrix } from './dmatrix.js';
import { fitBooster } from './fit-run.js';
import type { ObjectiveName } from './objectives/objective-for.js';
import {
  type CompleteXGBParameters,
  completeXGBParameters,
  type XGBParameters,
} from './parameters.js';
import type { PredictOptions } from './predictions.js';
import { readXGB, type SerialisedXGB, writeXGB } from './serialise.js';
import type { TrainingSetup } from './training-setup.js';
import { checkXGBFitOptions, type XGBFitOptions } from './xgb-fit-options.js';
import { checkEvaluationSet, XGBModel } from './xgb-model.js';

/**
 * Gradient-boosted trees for two or more classes by XGBoost's histogram algorithm: the same trees as XGBoost 3.2 with
 * `tree_method=hist` and one thread, save where rows or features are drawn at random.
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
 *
 * @example Early stopping on a set that was held back
 * ```ts
 * import { XGBClassifier } from '@steatosis/ensembles';
 *
 * const x = Array.from({ length: 60 }, (_, i) => [i % 10, (i * 7) % 11]);
 * const y = x.map(([a, b], i) => (a + b + (i % 5) > 12 ? 2 : a > 4 ? 1 : 0));
 * const held = (_: unknown, i: number) => i % 3 === 0;
 * const model = new XGBClassifier({ earlyStoppingRounds: 5, evalMetric: ['merror', 'mlogloss'] });
 * model.fit(x.filter((_, i) => i % 3 !== 0), y.filter((_, i) => i % 3 !== 0), {
 *   evalSet: [{ x: x.filter(held), y: y.filter(held), name: 'held back' }],
 * });
 * console.log(model.evaluationHistory['held back'].mlogloss.length - 1 - model.bestIteration!); // 5
 * ```
 */
export class XGBClassifier extends XGBModel {
  readonly parameters: Readonly<CompleteXGBParameters>;
  #classes: readonly number[] | undefined;

  /** @throws InvalidArgumentError for parameters that cannot be meant */
  constructor(parameters: XGBParameters = {}) {
    super('XGBClassifier');
    this.parameters = completeXGBParameters('XGBClassifier', parameters);
  }

  /**
   * Train on `x` (rows × features, NaN is missing) and `y`, one label per row, any numbers; of two classes the greater
   * label is the positive one. An earlier fit is forgotten.
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
    const { setup, classes } = this.#setup(x, y, options);
    return fitBooster(setup, options, (booster) => {
      this.setBooster(booster);
      this.#classes = classes;
      return this;
    });
  }

  /** The labels, ascending. */
  get classes(): readonly number[] {
    return this.#fitted('classes');
  }

  /** The most probable label of each row; of two classes the greater one above probability 0.5. */
  predict(x: FeatureInput, options: PredictOptions = {}): Float64Array {
    const classes = this.#fitted('predictions');
    return labelsOf(this.booster.predict(x, this.withBest(options)), classes, this.booster.outputs);
  }

  /** Probabilities, [rows, classes]: columns in the order of `classes`. */
  predictProba(x: FeatureInput, options: PredictOptions = {}): NdArray<Float64Array> {
    this.#fitted('predictions');
    return probabilities(this.booster.predict(x, this.withBest(options)), this.booster.outputs);
  }

  /** {@link XGBClassifier.predict} after each round, one after the other. */
  *stagedPredict(x: FeatureInput, options: PredictOptions = {}): Generator<Float64Array, void> {
    const classes = this.#fitted('predictions');
    for (const predicted of this.booster.stagedPredict(x, this.withBest(options))) {
      yield labelsOf(predicted, classes, this.booster.outputs);
    }
  }

  /** {@link XGBClassifier.predictProba} after each round, one after the other. */
  *stagedPredictProba(
    x: FeatureInput,
    options: PredictOptions = {},
  ): Generator<NdArray<Float64Array>, void> {
    this.#fitted('predictions');
    for (const predicted of this.booster.stagedPredict(x, this.withBest(options))) {
      yield probabilities(predicted, this.booster.outputs);
    }
  }

  /**
   * A plain object that `JSON.stringify` keeps to the last bit.
   *
   * @throws UnsupportedParameterError when the objective or a metric is a function; `booster.save` keeps the trees
   */
  toJSON(): SerialisedXGB {
    const classes = this.#fitted('toJSON');
    return writeXGB('XGBClassifier', this.parameters, this.booster, classes);
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): XGBClassifier {
    const { parameters, booster, classes } = readXGB('XGBClassifier', json);
    const model = withStoredParameters(() => new XGBClassifier(parameters));
    model.setBooster(booster);
    model.#classes = classes;
    return model;
  }

  #fitted(wanted: string): readonly number[] {
    if (!this.#classes) throw new NotFittedError('XGBClassifier', wanted);
    return this.#classes;
  }

  #setup(
    x: FeatureInput,
    y: NumericVector,
    options: XGBFitOptions,
  ): { setup: TrainingSetup; classes: readonly number[] } {
    checkXGBFitOptions('XGBClassifier', options);
    const { sampleWeight, baseMargin, evalSet = [], initialModel } = options;
    const { classes, codes } = encodeLabels(y, rowsOf(x));
    const data = new DMatrix(x, { label: codes, weight: sampleWeight, baseMargin });
    checkWeighedClasses(codes, data.weight && Float64Array.from(data.weight));
    const objective = objectiveOf(this.parameters.objective, classes.length);
    const codeOf = new Map(classes.map((label, code) => [label, code]));
    const evaluations = evalSet.map((set, i) => {
      checkEvaluationSet(set, i);
      const name = set.name ?? `validation_${i}`;
      const label = Array.from(set.y, (value, row) => {
        const code = codeOf.get(value);
        if (code === undefined) {
          throw new InvalidDataError(
            `y of ${name}`,
            `the label ${value} is none of the training labels ${classes.slice(0, 10).join(', ')}.`,
            { row },
          );
        }
        return code;
      });
      const { sampleWeight: weight, baseMargin: margins } = set;
      return { name, data: new DMatrix(set.x, { label, weight, baseMargin: margins }) };
    });
    const setup = trainingSetup(this.parameters, {
      owner: 'XGBClassifier',
      objective,
      outputs: objective === 'binary:logistic' ? 1 : classes.length,
      rounds: this.parameters.nEstimators,
      data,
      evaluations,
      initial: initialModel,
    });
    return { setup, classes };
  }
}

function objectiveOf(given: XGBParameters['objective'], classes: number): ObjectiveName {
  const natural = classes === 2 ? 'binary:logistic' : 'multi:softprob';
  if (given === undefined || typeof given === 'function') return natural;
  if (given === 'binary:logistic' && classes > 2) {
    throw new InvalidArgumentError(
      "XGBClassifier's objective",
      given,
      `multi:softprob (or nothing) for the ${classes} classes of y`,
    );
  }
  return given;
}

function labelsOf(
  predicted: Float32Array,
  classes: readonly number[],
  outputs: number,
): Float64Array {
  if (outputs === 1) return Float64Array.from(predicted, (p) => classes[p > 0.5 ? 1 : 0]);
  return Float64Array.from({ length: predicted.length / outputs }, (_, row) => {
    const first = row * outputs;
    let best = 0;
    for (let k = 1; k < outputs; k++) if (predicted[first + k] > predicted[first + best]) best = k;
    return classes[best];
  });
}

function probabilities(predicted: Float32Array, outputs: number): NdArray<Float64Array> {
  return outputs === 1
    ? twoColumns(predicted)
    : ndarray(Float64Array.from(predicted), [predicted.length / outputs, outputs]);
}
