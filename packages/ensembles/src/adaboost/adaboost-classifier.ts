import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { addImpurityDecreases, leafOf } from '../cart/decision-tree.js';
import { readTree, type StoredTree, storeTree } from '../cart/stored-tree.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { anySeed, completeParameters, positive, wholeFrom1 } from '../data/parameters.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { caseWeights, encodeLabels, type NumericVector, readClasses } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import { boostSamme, majority, type WeightedTree } from './samme.js';

/** Parameters of {@link AdaBoostClassifier}; defaults are scikit-learn's. */
export interface AdaBoostParameters {
  /** Greatest number of trees, ≥ 1; default 50. Boosting ends earlier when a tree is perfect or useless. */
  nEstimators?: number | undefined;
  /** Factor on every tree's say, > 0; default 1. */
  learningRate?: number | undefined;
  /** Depth of the trees, ≥ 1; default 1: stumps. */
  maxDepth?: number | undefined;
  /** Kind of boosting: discrete SAMME is the only one supported yet. */
  algorithm?: 'SAMME' | undefined;
  /**
   * Seed of the random choices, an integer; default 0. It is checked and kept with the model and has no effect:
   * nothing here is left to chance, ties between splits neither.
   */
  seed?: number | undefined;
}

type CompleteAdaBoostParameters = {
  [K in keyof AdaBoostParameters]-?: NonNullable<AdaBoostParameters[K]>;
};

/** What {@link AdaBoostClassifier.toJSON} gives. */
export interface SerialisedAdaBoost extends StoredHeader {
  model: 'AdaBoostClassifier';
  parameters: AdaBoostParameters;
  classes: number[];
  features: number;
  estimators: { tree: StoredTree; weight: number; error: number }[];
}

interface Fitted {
  classes: readonly number[];
  features: number;
  trees: readonly WeightedTree[];
}

const defaults = {
  nEstimators: 50,
  learningRate: 1,
  maxDepth: 1,
  algorithm: 'SAMME',
  seed: 0,
} as const satisfies AdaBoostParameters;
const rules = {
  nEstimators: wholeFrom1,
  learningRate: positive,
  maxDepth: wholeFrom1,
  algorithm: 'default only',
  seed: anySeed,
} as const;

/**
 * Discrete AdaBoost for two or more classes (SAMME) over decision trees, by default stumps, with
 * scikit-learn 1.9's conventions.
 *
 * Splits are exact on float32 values. Where several splits are equally good the lowest feature and threshold
 * win; scikit-learn lets its random generator choose. Zhu et al. 2009, doi:10.4310/SII.2009.v2.n3.a8.
 *
 * @example
 * ```ts
 * import { AdaBoostClassifier } from '@steatosis/ensembles';
 *
 * const x = [[1, 5], [2, 4], [3, 7], [4, 1], [5, 2], [6, 3]];
 * const model = new AdaBoostClassifier({ nEstimators: 10 }).fit(x, [0, 1, 0, 1, 1, 0]);
 * console.log(model.predict([[1, 6], [4, 1]])); // Float64Array(2) [ 0, 1 ]
 * console.log(model.estimatorErrors[0]?.toFixed(4)); // 0.1667
 * ```
 */
export class AdaBoostClassifier {
  readonly parameters: Readonly<CompleteAdaBoostParameters>;
  #fitted: Fitted | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: AdaBoostParameters = {}) {
    this.parameters = completeParameters<CompleteAdaBoostParameters>(
      'AdaBoostClassifier',
      parameters,
      defaults,
      rules,
      [],
    );
  }

  /**
   * Train on `x` (rows × features, no NaN) and `y`, one label per row. An earlier fit is forgotten.
   *
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: FitOptions = {}): this {
    checkFitOptions('AdaBoostClassifier', options);
    const matrix = this.#matrix(x);
    const { classes, codes } = encodeLabels(y, matrix.rows);
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    const trees = boostSamme(matrix, codes, classes.length, weights, this.parameters, options);
    this.#fitted = { classes, features: matrix.columns, trees };
    return this;
  }

  /** The labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** Say of each tree in the vote. */
  get estimatorWeights(): Float64Array {
    return Float64Array.from(this.#get('estimatorWeights').trees, ({ weight }) => weight);
  }

  /** Weighted training error of each tree. */
  get estimatorErrors(): Float64Array {
    return Float64Array.from(this.#get('estimatorErrors').trees, ({ error }) => error);
  }

  /** Share of each feature in the reduction of Gini impurity, trees weighted by their say. */
  get featureImportances(): Float64Array {
    const { trees, features } = this.#get('featureImportances');
    const importances = new Float64Array(features);
    const totalWeight = trees.reduce((sum, { weight }) => sum + weight, 0);
    for (const { tree, weight } of trees) {
      const own = new Float64Array(features);
      addImpurityDecreases(tree, own);
      const total = own.reduce((sum, value) => sum + value, 0);
      if (total <= 0) continue;
      own.forEach((value, f) => (importances[f] += (weight * value) / (total * totalWeight)));
    }
    return importances;
  }

  /**
   * The weighted vote as scikit-learn's `decision_function` gives it: for two classes [rows], above 0 for the
   * second class; for more [rows, classes].
   */
  decisionFunction(x: FeatureInput): NdArray<Float64Array> {
    const { classes } = this.#get('decisionFunction');
    const votes = this.#votes(x);
    const columns = classes.length;
    const rows = votes.length / columns;
    if (columns > 2) return ndarray(votes, [rows, columns]);
    const margins = new Float64Array(rows);
    for (let row = 0; row < rows; row++) margins[row] = votes[2 * row + 1] - votes[2 * row];
    return ndarray(margins, [rows]);
  }

  /** The label with the greatest vote, one per row. */
  predict(x: FeatureInput): Float64Array {
    const { classes } = this.#get('predictions');
    const votes = this.#votes(x);
    const columns = classes.length;
    return Float64Array.from({ length: votes.length / columns }, (_, row) => {
      let best = 0;
      for (let k = 1; k < columns; k++) {
        if (votes[row * columns + k] > votes[row * columns + best]) best = k;
      }
      return classes[best];
    });
  }

  /** Probabilities, [rows, classes]: the softmax of votes / (K − 1), eq. 15 of Zhu et al. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    const columns = this.#get('predictions').classes.length;
    const votes = this.#votes(x);
    for (let at = 0; at < votes.length; at += columns) {
      const row = votes.subarray(at, at + columns);
      const scaled = row.map((vote) => Math.exp(vote / (columns - 1)));
      const sum = scaled.reduce((total, value) => total + value, 0);
      row.set(scaled.map((value) => value / sum));
    }
    return ndarray(votes, [votes.length / columns, columns]);
  }

  /** A plain object that `JSON.stringify` keeps to the last bit. */
  toJSON(): SerialisedAdaBoost {
    const { classes, features, trees } = this.#get('toJSON');
    return {
      model: 'AdaBoostClassifier',
      formatVersion: FORMAT_VERSION,
      parameters: { ...this.parameters },
      classes: [...classes],
      features,
      estimators: trees.map(({ tree, weight, error }) => ({
        tree: storeTree(tree),
        weight,
        error,
      })),
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): AdaBoostClassifier {
    const document = openStored('AdaBoostClassifier', json);
    const parameters = document.get('parameters').record();
    const model = withStoredParameters(() => new AdaBoostClassifier(parameters));
    const classes = readClasses(document.get('classes'));
    const features = document.get('features').integer(1, 2 ** 31 - 1);
    const trees = document
      .get('estimators')
      .items()
      .map((item) => ({
        tree: readTree(item.get('tree'), features, classes.length),
        weight: item.get('weight').number(),
        error: item.get('error').number(),
      }));
    if (trees.length === 0)
      document.get('estimators').fail('it is empty; at least one is expected');
    model.#fitted = { classes, features, trees };
    return model;
  }

  /** Normalised votes, rows × classes: each tree gives its say to one class and takes say / (K − 1) from the others. */
  #votes(x: FeatureInput): Float64Array {
    const { classes, features, trees } = this.#get('predictions');
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, features, 'AdaBoostClassifier');
    const columns = classes.length;
    const votes = new Float64Array(matrix.rows * columns);
    for (const { tree, weight } of trees) {
      const classOf = Array.from(tree.left, (_, node) => majority(tree, node, columns));
      for (let row = 0; row < matrix.rows; row++) {
        const chosen = classOf[leafOf(tree, matrix, row)];
        for (let k = 0; k < columns; k++) {
          votes[row * columns + k] += k === chosen ? weight : -weight / (columns - 1);
        }
      }
    }
    const total = trees.reduce((sum, { weight }) => sum + weight, 0);
    return votes.map((vote) => vote / total);
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'AdaBoostClassifier' });
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('AdaBoostClassifier', wanted);
    return this.#fitted;
  }
}
