import { InvalidArgumentError } from '@steatosis/core';
import { type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { readModel } from './model-reader.js';
import { writeModel } from './model-writer.js';
import type { Objective } from './objective.js';
import { predictMargins } from './predictor.js';
import type { RegressionTree } from './tree.js';

/** What a booster consists of. */
export interface BoosterParts {
  objective: Objective;
  /** Number of features. */
  features: number;
  /** Global bias as a prediction, float32. */
  baseScore: number;
  trees: readonly RegressionTree[];
  /** Names of the features; empty if they have none. */
  featureNames?: readonly string[];
  /** XGBoost's types of the features; empty if none are stored. */
  featureTypes?: readonly string[];
  /** Free strings stored with the model, such as `best_iteration`. */
  attributes?: Readonly<Record<string, string>>;
}

/**
 * Boosted trees as XGBoost stores them: what {@link XGBClassifier} and {@link XGBRegressor} train, and what
 * a model file of XGBoost holds.
 *
 * @example
 * ```ts
 * import { Booster, XGBRegressor } from '@steatosis/ensembles';
 *
 * const model = new XGBRegressor({ nEstimators: 1, learningRate: 1, lambda: 0 });
 * model.fit([[1], [2], [3], [4]], [1.5, 1.5, 4.5, 4.5]);
 * const text = model.booster.save('json'); // XGBoost's own model file
 * console.log(Booster.load(text).predict([[2], [3]])); // Float32Array(2) [ 1.5, 4.5 ]
 * ```
 */
export class Booster {
  /** XGBoost's name of the loss. */
  readonly objective: Objective['name'];
  /** Number of features that `x` must have. */
  readonly features: number;
  /** Global bias as a prediction (a probability for `binary:logistic`). */
  readonly baseScore: number;
  readonly trees: readonly RegressionTree[];
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly #objective: Objective;

  /** @internal */
  constructor(parts: BoosterParts) {
    this.#objective = parts.objective;
    this.objective = parts.objective.name;
    this.features = parts.features;
    this.baseScore = parts.baseScore;
    this.trees = parts.trees;
    this.featureNames = parts.featureNames ?? [];
    this.featureTypes = parts.featureTypes ?? [];
    this.attributes = parts.attributes ?? {};
  }

  /**
   * Read a model that XGBoost 2.0 or newer, or {@link Booster.save}, wrote as JSON.
   *
   * Supported: `gbtree` models of `binary:logistic` or `reg:squarederror` with numeric splits, grown in any
   * way.
   *
   * @param source the file's text, or its bytes in UTF-8
   * @throws ModelFormatError when it is truncated, contradicts itself or is of another kind
   */
  static load(source: string | Uint8Array): Booster {
    return new Booster(readModel(source));
  }

  /**
   * The model in XGBoost's JSON format, which XGBoost 2.0 and newer load.
   *
   * @throws InvalidArgumentError for another format: UBJSON is not supported yet
   */
  save(format: 'json'): string {
    if (format !== 'json') {
      throw new InvalidArgumentError('format', format, "'json', the only format supported yet");
    }
    return writeModel(this);
  }

  /**
   * Sum of the trees' outputs and the bias, one float32 per row: log odds for `binary:logistic`.
   *
   * @param x rows × features; NaN is a missing value and goes the way that training chose
   */
  predictMargin(x: FeatureInput): Float32Array {
    const matrix = float32Matrix(x, { missing: 'allow' });
    sameColumns(matrix.columns, this.features, 'the booster');
    return predictMargins(this.trees, matrix, this.#objective.marginOf(this.baseScore));
  }

  /** Predictions, one float32 per row: the probability of class 1, or the outcome. */
  predict(x: FeatureInput): Float32Array {
    return this.predictMargin(x).map((margin) => this.#objective.transform(margin));
  }
}
