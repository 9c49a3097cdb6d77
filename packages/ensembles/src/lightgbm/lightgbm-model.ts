import { InvalidArgumentError } from '@steatosis/core';
import ndarray, { type NdArray } from 'ndarray';
import { type DenseMatrix, type FeatureInput, sameColumns } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { twoColumns } from '../data/probabilities.js';
import { denseMatrix } from '../data/take.js';
import type { TreeEnsemble } from '../explain/tree-ensemble.js';
import { explainableTree } from './explain-tree.js';
import { type LightGBMParts, readLightGBM } from './model-reader.js';
import { leafOf } from './tree.js';

/** What predictions of a {@link LightGBMModel} take beside the features. */
export interface LightGBMPredictOptions {
  /** First iteration and the one after the last whose trees count; default all. */
  iterationRange?: readonly [begin: number, end: number] | undefined;
}

/** LightGBM's importances: splits that test the feature, or the sum of their gains. */
export type LightGBMImportance = 'split' | 'gain';

/** Rows that go through all trees together, so that their features stay in the cache. */
const BLOCK = 64;

/**
 * A model that LightGBM has trained, for predictions and explanations. All numbers are float64, as in LightGBM.
 *
 * Read from LightGBM 4's source and compared with version 4.7.0; model files of versions 2 and 3 mean the same.
 *
 * @example
 * ```ts
 * import { LightGBMModel } from '@steatosis/ensembles';
 *
 * const text = `tree
 * version=v4
 * num_class=1
 * num_tree_per_iteration=1
 * max_feature_idx=0
 * objective=regression
 * feature_names=age
 *
 * Tree=0
 * num_leaves=2
 * num_cat=0
 * split_feature=0
 * split_gain=8
 * threshold=50
 * decision_type=2
 * left_child=-1
 * right_child=-2
 * leaf_value=1.5 3.5
 * leaf_count=2 2
 * internal_count=4
 *
 * end of trees
 * `;
 * const model = LightGBMModel.load(text);
 * console.log(model.predict([[40], [60]])); // Float64Array(2) [ 1.5, 3.5 ]
 * ```
 */
export class LightGBMModel {
  /** LightGBM's name of the loss; `custom` if the file has none, then predictions are raw outputs. */
  readonly objective: string;
  /** Number of features that `x` must have. */
  readonly features: number;
  readonly featureNames: readonly string[];
  /** Outputs per row: the number of classes if there are more than two, else 1. */
  readonly outputs: number;
  readonly #parts: LightGBMParts;

  /** @internal */
  constructor(parts: LightGBMParts) {
    this.#parts = parts;
    this.objective = parts.objective.name;
    this.features = parts.features;
    this.featureNames = parts.featureNames;
    this.outputs = parts.outputs;
  }

  /**
   * Read the text that LightGBM's `save_model` or `model_to_string` writes, versions v2 to v4.
   *
   * Supported: boosted trees and random forests of every loss, numeric and categorical splits, every treatment of
   * missing values. Linear trees are refused.
   *
   * @param source the file's text, or its bytes in UTF-8
   * @throws ModelFormatError when it is truncated, contradicts itself, or is of another kind; its `path` says where
   */
  static load(source: string | Uint8Array): LightGBMModel {
    return new LightGBMModel(readLightGBM(source));
  }

  /** Number of boosting iterations. */
  get iterations(): number {
    return this.#parts.trees.length / this.outputs;
  }

  /**
   * Sums of the trees' outputs, rows × outputs row by row: log odds for `binary`. Like LightGBM's raw scores they are
   * sums for random forests too, whose predictions come from the means over the iterations.
   *
   * @param x rows × features; NaN is missing; categories are their codes
   * @throws InvalidDataError when a value is infinite or the number of columns is another
   */
  predictMargin(x: FeatureInput, options: LightGBMPredictOptions = {}): Float64Array {
    const { data, rows, columns } = this.#matrix(x);
    const { trees } = this.#parts;
    const { outputs } = this;
    const [begin, end] = this.#range(options);
    const margins = new Float64Array(rows * outputs);
    for (let first = 0; first < rows; first += BLOCK) {
      const last = Math.min(rows, first + BLOCK);
      for (let at = begin * outputs; at < end * outputs; at++) {
        const tree = trees[at];
        for (let row = first; row < last; row++) {
          margins[row * outputs + (at % outputs)] +=
            tree.leafValue[leafOf(tree, data, row * columns)];
        }
      }
    }
    return margins;
  }

  /**
   * Predictions, rows × outputs row by row: probabilities (of class 1 alone if there are two), or outcomes.
   *
   * @param x rows × features; NaN is missing; categories are their codes
   * @throws InvalidDataError when a value is infinite or the number of columns is another
   */
  predict(x: FeatureInput, options: LightGBMPredictOptions = {}): Float64Array {
    const margins = this.predictMargin(x, options);
    const [begin, end] = this.#range(options);
    if (this.#parts.averages && end > begin) {
      for (let i = 0; i < margins.length; i++) margins[i] = margins[i] / (end - begin);
    }
    return this.#parts.objective.transform(margins, this.outputs);
  }

  /**
   * Probability of each class, [rows, classes].
   *
   * @throws InvalidArgumentError when the model is no classifier
   */
  predictProba(x: FeatureInput, options: LightGBMPredictOptions = {}): NdArray<Float64Array> {
    const { name, predicts } = this.#parts.objective;
    if (predicts === 'outcome') {
      throw new InvalidArgumentError(
        'objective',
        name,
        'binary, cross_entropy, multiclass or multiclassova; call predict for outcomes',
      );
    }
    const predictions = this.predict(x, options);
    if (predicts === 'probability') return twoColumns(predictions);
    return ndarray(predictions, [predictions.length / this.outputs, this.outputs]);
  }

  /** The leaf that each row reaches in each tree, [rows, trees], by LightGBM's numbers of leaves. */
  predictLeaf(x: FeatureInput, options: LightGBMPredictOptions = {}): NdArray<Int32Array> {
    const { data, rows, columns } = this.#matrix(x);
    const [begin, end] = this.#range(options);
    const trees = this.#parts.trees.slice(begin * this.outputs, end * this.outputs);
    const leaves = new Int32Array(rows * trees.length);
    for (let row = 0; row < rows; row++) {
      trees.forEach((tree, at) => {
        leaves[row * trees.length + at] = leafOf(tree, data, row * columns);
      });
    }
    return ndarray(leaves, [rows, trees.length]);
  }

  /**
   * LightGBM's importance of each feature over all trees. The file keeps six digits of each gain, and so does the
   * sum.
   */
  importance(kind: LightGBMImportance = 'split'): Float64Array {
    if (kind !== 'split' && kind !== 'gain') {
      throw new InvalidArgumentError('kind', kind, "'split' or 'gain'");
    }
    const importances = new Float64Array(this.features);
    for (const { feature, splitGain } of this.#parts.trees) {
      for (let node = 0; node < feature.length; node++) {
        const gain = splitGain[node];
        if (gain > 0) importances[feature[node]] += kind === 'gain' ? gain : 1;
      }
    }
    return importances;
  }

  /** All trees, whose outputs add up to {@link LightGBMModel.predictMargin}; there are no further constants. */
  treeEnsemble(): TreeEnsemble {
    return {
      features: this.features,
      base: new Float64Array(this.outputs),
      trees: this.#parts.trees.map((tree, at) => explainableTree(tree, at % this.outputs)),
      takesMissing: true,
      precision: 'float64',
    };
  }

  #matrix(x: FeatureInput): DenseMatrix {
    const matrix = denseMatrix(x);
    sameColumns(matrix.columns, this.features, 'the LightGBM model');
    return matrix;
  }

  #range(options: LightGBMPredictOptions): readonly [number, number] {
    checkNames('predict', options, ['iterationRange'], []);
    const [begin, end] = options.iterationRange ?? [0, this.iterations];
    const whole = Number.isInteger(begin) && Number.isInteger(end);
    if (!whole || begin < 0 || end > this.iterations || begin > end) {
      throw new InvalidArgumentError(
        'iterationRange',
        options.iterationRange,
        `iterations [begin, end] with 0 ≤ begin ≤ end ≤ ${this.iterations}`,
      );
    }
    return [begin, end];
  }
}
