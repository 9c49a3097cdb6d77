import type { LongTaskOptions } from '@steatosis/core';
import { InvalidArgumentError } from '@steatosis/core';
import ndarray, { type NdArray } from 'ndarray';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { checkNames, checkObject } from '../data/parameters.js';
import type { TreeEnsemble } from '../explain/tree-ensemble.js';
import { trainingSetup } from './booster-setup.js';
import { DMatrix } from './dmatrix.js';
import type { EvaluationHistory } from './evaluation.js';
import { explainableTree } from './explain-trees.js';
import { marginsGiven } from './given-margins.js';
import { type ImportanceKind, importances } from './importance.js';
import { modelJson, modelUbjson, readModelFile } from './model-files/model-files.js';
import type { ObjectiveName } from './objectives/objective-for.js';
import type { Objective, StoredObjective } from './objectives/objective.js';
import { completeXGBParameters, type XGBParameters } from './parameters.js';
import { addTrees, predictLeaves } from './predict/predict.js';
import { checkPredictOptions, type PredictOptions, treeRange } from './predictions.js';
import { trainHere } from './run-training.js';
import { trainedParts } from './trained-parts.js';
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
  /** What evaluation sets gave while the model was trained. */
  history?: EvaluationHistory;
  /** Free strings stored with the model, such as `best_iteration`. */
  attributes?: Readonly<Record<string, string>>;
}

/** Parameters of {@link Booster.train}. */
export interface BoosterParameters extends Omit<XGBParameters, 'nEstimators'> {
  /** Number of classes, 2 … 65535; for `multi:softprob`, `multi:softmax` and losses of your own with several outputs only. */
  numClass?: number | undefined;
}

/** More classes than anyone has; far more of them would take time and memory without end. */
const MOST_CLASSES = 65535;

/** What {@link Booster.train} takes beside parameters and data. */
export interface BoosterTrainOptions extends Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /** Number of boosting rounds; default 10. */
  rounds?: number | undefined;
  /** Sets to judge the model by after each round; early stopping goes by the last one. */
  evals?: readonly { data: DMatrix; name?: string | undefined }[] | undefined;
  /** A booster whose training is continued; default none. */
  initialModel?: Booster | undefined;
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
  /** Values of the metrics after each round of training, by set and metric; empty for a model that was loaded. */
  readonly evaluationHistory: EvaluationHistory;
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
    this.evaluationHistory = parts.history ?? {};
  }

  /**
   * Train as XGBoost's Python function `train` does.
   *
   * @param parameters as of the estimators, without `nEstimators`; `numClass` with the losses of several classes
   * @throws InvalidArgumentError for parameters that cannot be meant
   * @throws InvalidDataError for data that cannot be learned from
   *
   * @example
   * ```ts
   * import { Booster, DMatrix } from '@steatosis/ensembles';
   *
   * const data = new DMatrix([[1], [2], [3], [4]], { label: [0, 0, 1, 2], weight: [1, 1, 2, 1] });
   * const booster = Booster.train({ objective: 'count:poisson', maxDepth: 2 }, data, {
   *   rounds: 5,
   *   evals: [{ data, name: 'train' }],
   * });
   * console.log(booster.evaluationHistory.train['poisson-nloglik'].length); // 5
   * ```
   */
  static train(
    parameters: BoosterParameters,
    data: DMatrix,
    options: BoosterTrainOptions = {},
  ): Booster {
    checkNames(
      'Booster.train',
      options,
      ['rounds', 'evals', 'initialModel', 'signal', 'onProgress'],
      [],
    );
    if (!(data instanceof DMatrix)) {
      throw new InvalidArgumentError('data', data, 'a DMatrix');
    }
    checkObject('Booster.train', parameters);
    const { numClass, ...own } = parameters;
    const { rounds = 10, evals = [], initialModel } = options;
    if (!Number.isInteger(rounds) || rounds < 1) {
      throw new InvalidArgumentError("Booster.train's rounds", rounds, 'an integer ≥ 1');
    }
    if ('nEstimators' in own) {
      throw new InvalidArgumentError('nEstimators', 'a parameter', 'rounds among the options');
    }
    evaluationSets(evals);
    const complete = completeXGBParameters('Booster.train', own);
    const named = typeof complete.objective === 'string' ? complete.objective : undefined;
    const objective: ObjectiveName =
      named ?? (numClass === undefined ? 'reg:squarederror' : 'multi:softprob');
    const several = objective.startsWith('multi:');
    if (
      several !== (numClass !== undefined) ||
      (several && !(Number.isInteger(numClass) && numClass! > 1 && numClass! <= MOST_CLASSES))
    ) {
      throw new InvalidArgumentError(
        "Booster.train's numClass",
        numClass,
        several ? `an integer 2 … ${MOST_CLASSES} for ${objective}` : `nothing for ${objective}`,
      );
    }
    const setup = trainingSetup(complete, {
      owner: 'Booster.train',
      objective,
      outputs: numClass ?? 1,
      rounds,
      data,
      evaluations: evals.map((set, i) => ({ name: set.name ?? `eval_${i}`, data: set.data })),
      initial: initialModel,
    });
    return new Booster(trainedParts(setup, trainHere(setup, options)));
  }

  /**
   * Read a model file of XGBoost 1.0 or newer, or of {@link Booster.save}: JSON as text or as bytes, or the bytes of
   * UBJSON; the contents tell which.
   *
   * Supported: `gbtree` models with one output per leaf, grown in any way, with numeric and categorical splits,
   * boosted forests included. Objectives: `binary:logistic`, `binary:logitraw`, `count:poisson`, `multi:softmax`,
   * `multi:softprob`, `reg:absoluteerror`, `reg:gamma`, `reg:logistic`, `reg:pseudohubererror`, `reg:squarederror`
   * (`reg:linear`), `reg:squaredlogerror` and `reg:tweedie`.
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
  save(format: 'json' | 'ubj'): string | Uint8Array;
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
  predictMargin(x: FeatureInput | DMatrix, options: PredictOptions = {}): Float32Array {
    const { matrix, margins } = this.#start(x, options);
    addTrees(this, matrix, margins, treeRange(this, options.iterationRange));
    return margins;
  }

  /**
   * Predictions, float32, rows × outputs row by row: probabilities (of class 1 alone if there are two), counts or
   * outcomes; for `multi:softmax` the class, one number per row.
   */
  predict(x: FeatureInput | DMatrix, options: PredictOptions = {}): Float32Array {
    return this.#objective.predictionsOf(this.predictMargin(x, options));
  }

  /** The leaf that each row reaches in each tree, [rows, trees], by XGBoost's node numbers. */
  predictLeaf(
    x: FeatureInput | DMatrix,
    options: Pick<PredictOptions, 'iterationRange'> = {},
  ): NdArray<Int32Array> {
    checkNames('predictLeaf', options, ['iterationRange'], []);
    const matrix = this.#matrix(x);
    const range = treeRange(this, options.iterationRange);
    return ndarray(predictLeaves(this, matrix, range), [matrix.rows, range.end - range.begin]);
  }

  /** {@link Booster.predictMargin} after each round of the range, one after the other. */
  *stagedPredictMargin(
    x: FeatureInput | DMatrix,
    options: PredictOptions = {},
  ): Generator<Float32Array, void> {
    const { matrix, margins } = this.#start(x, options);
    treeRange(this, options.iterationRange);
    const [begin, end] = options.iterationRange ?? [0, this.rounds];
    for (let round = begin; round < end; round++) {
      addTrees(this, matrix, margins, treeRange(this, [round, round + 1]));
      yield margins.slice();
    }
  }

  /** {@link Booster.predict} after each round of the range, one after the other. */
  *stagedPredict(
    x: FeatureInput | DMatrix,
    options: PredictOptions = {},
  ): Generator<Float32Array, void> {
    for (const margins of this.stagedPredictMargin(x, options)) {
      yield this.#objective.predictionsOf(margins);
    }
  }

  /** XGBoost's importance of each feature, 0 for those without a split; over all trees. */
  importance(kind: ImportanceKind): Float64Array {
    return importances(this.trees, this.features, kind);
  }

  /** All trees with the margins that predictions begin with. */
  treeEnsemble(): TreeEnsemble {
    return {
      features: this.features,
      base: Float64Array.from(this.#baseMargins()),
      trees: this.trees.map((tree, at) => explainableTree(tree, this.treeInfo[at])),
      takesMissing: true,
      iterationStarts: this.iterationStarts,
    };
  }

  /** Number of boosting rounds. */
  get rounds(): number {
    return this.iterationStarts.length - 1;
  }

  /** Best round of a model whose training stopped early. */
  get bestIteration(): number | undefined {
    return numberIn(this.attributes.best_iteration);
  }

  /** The metric's value at {@link Booster.bestIteration}. */
  get bestScore(): number | undefined {
    return numberIn(this.attributes.best_score);
  }

  /** Global bias, the first one of several outputs. */
  get baseScore(): number {
    return this.baseScores[0];
  }

  /** The parameters of the objective, as a model file has them. */
  get storedObjective(): StoredObjective {
    return this.#objective.stored;
  }

  #baseMargins(): Float32Array {
    return this.baseScores.map((score) => this.#objective.marginOf(score));
  }

  #matrix(x: FeatureInput | DMatrix): DenseMatrix<Float32Array> {
    const matrix = x instanceof DMatrix ? x.x : float32Matrix(x, { missing: 'allow' });
    sameColumns(matrix.columns, this.features, 'the booster');
    return matrix;
  }

  #start(
    x: FeatureInput | DMatrix,
    options: PredictOptions,
  ): { matrix: DenseMatrix<Float32Array>; margins: Float32Array } {
    checkPredictOptions(options);
    const matrix = this.#matrix(x);
    const given = options.baseMargin ?? (x instanceof DMatrix ? x.baseMargin : undefined);
    const margins = marginsGiven(given, matrix.rows, this.outputs);
    if (margins) return { matrix, margins };
    const base = this.#baseMargins();
    const filled = new Float32Array(matrix.rows * this.outputs);
    for (let i = 0; i < filled.length; i++) filled[i] = base[i % this.outputs]!;
    return { matrix, margins: filled };
  }
}

/** Throw unless the sets to judge by are such. */
function evaluationSets(evals: unknown): void {
  if (!Array.isArray(evals)) {
    throw new InvalidArgumentError("Booster.train's evals", evals, 'an array of { data, name? }');
  }
  for (const [i, set] of evals.entries()) {
    const owner = `evals[${i}] of Booster.train`;
    checkObject(owner, set);
    const { data, name } = set as { data?: unknown; name?: unknown };
    checkNames(owner, set as object, ['data', 'name'], []);
    if (!(data instanceof DMatrix)) {
      throw new InvalidArgumentError(`${owner}: data`, data, 'a DMatrix');
    }
    if (name !== undefined && typeof name !== 'string') {
      throw new InvalidArgumentError(`${owner}: name`, name, 'a string');
    }
  }
}

function numberIn(text: string | undefined): number | undefined {
  return text === undefined || !Number.isFinite(Number(text)) ? undefined : Number(text);
}
