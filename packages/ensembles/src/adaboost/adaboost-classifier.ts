import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import { explainable } from '../cart/decision-tree.js';
import { addLeafValues, type LeafValues } from '../cart/leaf-values.js';
import { weightedImportances } from '../cart/importances.js';
import { checkFitOptions, type FitOptions } from '../data/fit-options.js';
import { type DenseMatrix, type FeatureInput, float32Matrix, sameColumns } from '../data/matrix.js';
import { FORMAT_VERSION, openStored, withStoredParameters } from '../data/stored-model.js';
import { caseWeights, encodeLabels, type NumericVector, readClasses } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import type { TreeEnsemble, TreeModel } from '../explain/tree-ensemble.js';
import {
  type AdaBoostParameters,
  type CompleteAdaBoostParameters,
  completeAdaBoostParameters,
  growthRules,
} from './parameters.js';
import { boostSamme, type WeightedTree } from './samme.js';
import { readEstimators, type SerialisedAdaBoost, storeEstimators } from './stored.js';
import { nodeVotes } from './votes.js';

interface Fitted {
  classes: readonly number[];
  features: number;
  trees: readonly WeightedTree[];
}

/**
 * AdaBoost for two or more classes (SAMME or SAMME.R) over decision trees, by default stumps, with scikit-learn's
 * conventions: those of version 1.9, for SAMME.R of 1.3.
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
export class AdaBoostClassifier implements TreeModel {
  readonly parameters: Readonly<CompleteAdaBoostParameters>;
  #fitted: Fitted | undefined;

  /** @throws InvalidArgumentError or UnsupportedParameterError for parameters that cannot be meant */
  constructor(parameters: AdaBoostParameters = {}) {
    this.parameters = completeAdaBoostParameters(parameters);
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
    const rows = { x: matrix, codes, classes: classes.length, weights };
    const settings = { ...this.parameters, rules: growthRules(this.parameters) };
    const trees = boostSamme(rows, settings, options);
    this.#fitted = { classes, features: matrix.columns, trees };
    return this;
  }

  /** The labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** Say of each tree in the vote; all 1 with SAMME.R. */
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
    return weightedImportances(trees, features);
  }

  /**
   * The weighted vote as scikit-learn's `decision_function` gives it: for two classes [rows], above 0 for the
   * second class; for more [rows, classes].
   */
  decisionFunction(x: FeatureInput): NdArray<Float64Array> {
    const { trees } = this.#get('decisionFunction');
    const votes = this.#votesOf(trees, this.#checked(x));
    return this.#decisions(votes, sumOfWeights(trees));
  }

  /** {@link decisionFunction} of the first tree, of the first two, and so on to all. */
  *stagedDecisionFunction(x: FeatureInput): Generator<NdArray<Float64Array>, void, undefined> {
    const { trees, classes } = this.#get('stagedDecisionFunction');
    const matrix = this.#checked(x);
    const votes = new Float64Array(matrix.rows * classes.length);
    let total = 0;
    for (const tree of trees) {
      addLeafValues([this.#leafVotes(tree)], matrix, votes, classes.length);
      total += tree.weight;
      yield this.#decisions(votes, total);
    }
  }

  /** The label with the greatest vote, one per row. */
  predict(x: FeatureInput): Float64Array {
    return this.#labels(this.decisionFunction(x));
  }

  /** {@link predict} with the first tree, with the first two, and so on to all. */
  *stagedPredict(x: FeatureInput): Generator<Float64Array, void, undefined> {
    for (const decisions of this.stagedDecisionFunction(x)) yield this.#labels(decisions);
  }

  /** Probabilities, [rows, classes]: the softmax of votes / (K − 1), eq. 15 of Zhu et al. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    return this.#probabilities(this.decisionFunction(x));
  }

  /** {@link predictProba} with the first tree, with the first two, and so on to all. */
  *stagedPredictProba(x: FeatureInput): Generator<NdArray<Float64Array>, void, undefined> {
    for (const decisions of this.stagedDecisionFunction(x)) yield this.#probabilities(decisions);
  }

  /** The decision function as a sum of trees, one per class and round; one output for two classes. */
  treeEnsemble(): TreeEnsemble {
    const { trees, classes, features } = this.#get('treeEnsemble');
    const outputs = classes.length === 2 ? 1 : classes.length;
    const total = sumOfWeights(trees);
    const explained = trees.flatMap((weighted) => {
      const { tree, values, each } = this.#leafVotes(weighted);
      return Array.from({ length: outputs }, (_, k) => {
        const own = Float64Array.from(tree.left, (__, node) => {
          const at = node * each;
          return (outputs === 1 ? values[at + 1] - values[at] : values[at + k]) / total;
        });
        return explainable(tree, own, k);
      });
    });
    return { features, base: new Float64Array(outputs), trees: explained, takesMissing: false };
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
      estimators: storeEstimators(trees),
    };
  }

  /** @throws ModelFormatError when `json` is not what `toJSON` gives */
  static fromJSON(json: unknown): AdaBoostClassifier {
    const document = openStored('AdaBoostClassifier', json);
    const parameters = document.get('parameters').record();
    const model = withStoredParameters(() => new AdaBoostClassifier(parameters));
    const classes = readClasses(document.get('classes'));
    const features = document.get('features').integer(1, 2 ** 31 - 1);
    const trees = readEstimators(document.get('estimators'), features, classes.length);
    model.#fitted = { classes, features, trees };
    return model;
  }

  #votesOf(trees: readonly WeightedTree[], matrix: DenseMatrix<Float32Array>): Float64Array {
    const { classes } = this.#get('predictions');
    const votes = new Float64Array(matrix.rows * classes.length);
    const leaves = trees.map((tree) => this.#leafVotes(tree));
    addLeafValues(leaves, matrix, votes, classes.length);
    return votes;
  }

  #leafVotes({ tree, weight }: WeightedTree): LeafValues {
    const each = this.#get('predictions').classes.length;
    return {
      tree,
      values: nodeVotes(tree, weight, each, this.parameters.algorithm),
      each,
      output: 0,
    };
  }

  /** Votes, rows × classes, as decisions: with the weights normalised, and one number for two classes. */
  #decisions(votes: Float64Array, total: number): NdArray<Float64Array> {
    const columns = this.#get('predictions').classes.length;
    const rows = votes.length / columns;
    if (columns > 2) {
      return ndarray(
        votes.map((vote) => vote / total),
        [rows, columns],
      );
    }
    const margins = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      margins[row] = votes[2 * row + 1] / total - votes[2 * row] / total;
    }
    return ndarray(margins, [rows]);
  }

  #labels({ data, shape }: NdArray<Float64Array>): Float64Array {
    const { classes } = this.#get('predictions');
    const columns = shape[1];
    if (columns === undefined) return data.map((margin) => classes[margin > 0 ? 1 : 0]);
    return Float64Array.from({ length: data.length / columns }, (_, row) => {
      let best = 0;
      for (let k = 1; k < columns; k++) {
        if (data[row * columns + k] > data[row * columns + best]) best = k;
      }
      return classes[best];
    });
  }

  #probabilities({ data, shape }: NdArray<Float64Array>): NdArray<Float64Array> {
    const columns = shape[1] ?? 2;
    const rows = shape[0];
    const result = new Float64Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const own = result.subarray(row * columns, (row + 1) * columns);
      for (let k = 0; k < columns; k++) {
        own[k] =
          shape.length === 1
            ? ((k === 1 ? 1 : -1) * data[row]) / 2
            : data[row * columns + k] / (columns - 1);
      }
      const most = own.reduce((a, b) => Math.max(a, b));
      const scaled = own.map((value) => Math.exp(value - most));
      const sum = scaled.reduce((total, value) => total + value, 0);
      own.set(scaled.map((value) => value / sum));
    }
    return ndarray(result, [rows, columns]);
  }

  #checked(x: FeatureInput): DenseMatrix<Float32Array> {
    const matrix = this.#matrix(x);
    sameColumns(matrix.columns, this.#get('predictions').features, 'AdaBoostClassifier');
    return matrix;
  }

  #matrix(x: FeatureInput): DenseMatrix<Float32Array> {
    return float32Matrix(x, { missing: 'refuse', owner: 'AdaBoostClassifier' });
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('AdaBoostClassifier', wanted);
    return this.#fitted;
  }
}

function sumOfWeights(trees: readonly WeightedTree[]): number {
  return trees.reduce((sum, { weight }) => sum + weight, 0);
}
