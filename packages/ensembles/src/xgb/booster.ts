import { InvalidArgumentError } from '@steatosis/core';
import { type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { modelJson, modelUbjson, readModelFile } from './model-files/model-files.js';
import type { TreeEnsemble } from '../explain/tree-ensemble.js';
import { explainableTree } from './explain-trees.js';
import type { Objective, StoredObjective } from './objectives/objective.js';
import { predictMargins } from './predictor.js';
import type { RegressionTree } from './tree.js';

/** What a booster consists of. */
export interface BoosterParts {
  objective: Objective;
  /** Number of features. */
  features: number;
  /**
   * Global bias of each output, float32, in the space that XGBoost stores: predictions for most objectives, margins
   * for the softmax ones.
   */
  baseScores: Float32Array;
  trees: readonly RegressionTree[];
  /** Output that each tree adds to: the class, or 0. */
  treeInfo: Int32Array;
  /** Trees of iteration i are iterationStarts[i] … iterationStarts[i + 1] − 1. */
  iterationStarts: Int32Array;
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
  readonly objective: string;
  /** Outputs per row: the number of classes if there are more than two, else 1. */
  readonly outputs: number;
  /** Number of features that `x` must have. */
  readonly features: number;
  /** Global bias of each output: predictions (a probability for `binary:logistic`), margins for several classes. */
  readonly baseScores: Float32Array;
  readonly trees: readonly RegressionTree[];
  /** Output that each tree adds to: the class, or 0. */
  readonly treeInfo: Int32Array;
  /** Trees of boosting round i are iterationStarts[i] … iterationStarts[i + 1] − 1; one number more than rounds. */
  readonly iterationStarts: Int32Array;
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly #objective: Objective;

  /** @internal */
  constructor(parts: BoosterParts) {
    this.#objective = parts.objective;
    this.objective = parts.objective.name;
    this.features = parts.features;
    this.outputs = parts.objective.outputs;
    this.baseScores = parts.baseScores;
    this.trees = parts.trees;
    this.treeInfo = parts.treeInfo;
    this.iterationStarts = parts.iterationStarts;
    this.featureNames = parts.featureNames ?? [];
    this.featureTypes = parts.featureTypes ?? [];
    this.attributes = parts.attributes ?? {};
  }

  /**
   * Read a model file of XGBoost 1.0 or newer, or of {@link Booster.save}: JSON as text or as bytes, or the bytes of
   * UBJSON; the contents tell which.
   *
   * Supported: `gbtree` models with one output per leaf, grown in any way, with numeric and categorical splits,
   * boosted forests included. Objectives: `binary:logistic`, `binary:logitraw`, `count:poisson`, `multi:softmax`,
   * `multi:softprob`, `reg:absoluteerror`, `reg:gamma`, `reg:logistic`, `reg:squarederror` (`reg:linear`) and
   * `reg:tweedie`.
   *
   * @param source the file's text, or its bytes
   * @throws ModelFormatError when it is truncated, contradicts itself, or is of another kind; its `path` says where
   */
  static load(source: string | Uint8Array): Booster {
    return new Booster(readModelFile(source));
  }

  /**
   * The model as a file that XGBoost loads: the text of a `.json` file or the bytes of a `.ubj` file.
   *
   * @throws InvalidArgumentError for another format
   */
  save(format: 'json'): string;
  save(format: 'ubj'): Uint8Array;
  save(format: 'json' | 'ubj'): string | Uint8Array {
    if (format === 'json') return modelJson(this);
    if (format === 'ubj') return modelUbjson(this);
    throw new InvalidArgumentError('format', format, "'json' or 'ubj'");
  }

  /**
   * Sums of the trees' outputs and the bias, float32, rows × outputs row by row: log odds for `binary:logistic`.
   *
   * @param x rows × features; NaN is a missing value and goes the way that training chose
   */
  predictMargin(x: FeatureInput): Float32Array {
    const matrix = float32Matrix(x, { missing: 'allow' });
    sameColumns(matrix.columns, this.features, 'the booster');
    const bases = this.#baseMargins();
    if (this.outputs === 1) return predictMargins(this.trees, matrix, bases[0]!);
    const margins = new Float32Array(matrix.rows * this.outputs);
    bases.forEach((base, output) => {
      const trees = this.trees.filter((_, tree) => this.treeInfo[tree] === output);
      const column = predictMargins(trees, matrix, base);
      for (let row = 0; row < matrix.rows; row++)
        margins[row * this.outputs + output] = column[row]!;
    });
    return margins;
  }

  /** Predictions, float32, rows × outputs row by row: probabilities (of class 1 alone if there are two), or outcomes. */
  predict(x: FeatureInput): Float32Array {
    return this.#objective.predictionsOf(this.predictMargin(x));
  }

  /** All trees with the margins that predictions begin with. */
  treeEnsemble(): TreeEnsemble {
    return {
      features: this.features,
      base: Float64Array.from(this.#baseMargins()),
      trees: this.trees.map((tree, at) => explainableTree(tree, this.treeInfo[at]!)),
      takesMissing: true,
      iterationStarts: this.iterationStarts,
    };
  }

  /** Global bias, the first one of several outputs. */
  get baseScore(): number {
    return this.baseScores[0]!;
  }

  /** The parameters of the objective, as a model file has them. */
  get storedObjective(): StoredObjective {
    return this.#objective.stored;
  }

  #baseMargins(): Float32Array {
    return this.baseScores.map((score) => this.#objective.marginOf(score));
  }
}
