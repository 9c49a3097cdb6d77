import type { DenseMatrix, TreeModel } from '@steatosis/ensembles';
import type { NdArray } from 'ndarray';

/** Values of rows, row by row. */
export interface RowValues {
  values: ArrayLike<number>;
  columns: number;
}

/** A model of any origin, with the same words for all of them. */
export interface UsableModel {
  /** Of each row the probability of each class, or the value. */
  predictions(x: DenseMatrix): Float64Array;
  /** Raw scores before they become probabilities or values; undefined where the model has none. */
  margins: ((x: DenseMatrix) => RowValues) | undefined;
  /** The leaf of each tree that a row falls into; undefined where the model does not tell. */
  leaves: ((x: DenseMatrix) => RowValues) | undefined;
  /** Probabilities per row, or 1; undefined where the model does not tell. */
  outputs: number | undefined;
  /** For SHAP values; undefined where the model is no sum of trees. */
  trees: TreeModel | undefined;
}

type Prediction = ArrayLike<number> | NdArray;

/** What models of `@steatosis/ensembles` have, as far as they have it. */
interface Capabilities {
  predict(x: DenseMatrix): ArrayLike<number>;
  predictProba?(x: DenseMatrix): NdArray;
  predictMargin?(x: DenseMatrix): Prediction;
  decisionFunction?(x: DenseMatrix): Prediction;
  predictLeaf?(x: DenseMatrix): NdArray;
  apply?(x: DenseMatrix): NdArray;
  treeEnsemble?(): ReturnType<TreeModel['treeEnsemble']>;
  readonly classes?: readonly number[];
}

/** An estimator of `@steatosis/ensembles`. */
export function fromEstimator(estimator: Capabilities): UsableModel {
  return {
    predictions: (x) =>
      Float64Array.from(
        rowValues(
          estimator.predictProba === undefined ? estimator.predict(x) : estimator.predictProba(x),
          x,
        ).values,
      ),
    ...rawOutputs(estimator),
    outputs: estimator.predictProba === undefined ? 1 : estimator.classes?.length,
  };
}

/** Raw scores, leaves and trees of whatever has them. */
export function rawOutputs(
  model: Omit<Capabilities, 'predict' | 'predictProba'>,
): Pick<UsableModel, 'margins' | 'leaves' | 'trees'> {
  const { predictMargin: _m, decisionFunction: _d, predictLeaf: _l, apply: _a } = model;
  const margins = _m ?? _d;
  const leaves = _l ?? _a;
  return {
    margins: margins && ((x) => rowValues(margins.call(model, x), x)),
    leaves: leaves && ((x) => rowValues(leaves.call(model, x), x)),
    trees: model.treeEnsemble === undefined ? undefined : (model as TreeModel),
  };
}

/** One row after the other, however the values were laid out. */
function rowValues(prediction: Prediction, { rows }: DenseMatrix): RowValues {
  if (!('shape' in prediction)) {
    return { values: prediction, columns: rows === 0 ? 1 : prediction.length / rows };
  }
  const columns = prediction.shape.slice(1).reduce((product, size) => product * size, 1);
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) {
      values[row * columns + k] =
        prediction.shape.length === 1 ? prediction.get(row) : prediction.get(row, k);
    }
  }
  return { values, columns };
}
