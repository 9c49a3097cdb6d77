import { InvalidArgumentError } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';

/** Any fitted model that predicts: every model of this package, a `Pipeline`, or one of your own. */
export interface FittedModel {
  /** One label or outcome per row. */
  predict(x: FeatureInput): ArrayLike<number>;
  /** Probabilities, [rows, classes]. */
  predictProba?(x: FeatureInput): NdArray;
  /** [rows], rising with the second class, or [rows, classes]. */
  decisionFunction?(x: FeatureInput): NdArray;
  /** Raw outputs before the last function is applied, [rows] or [rows, outputs]. */
  predictMargin?(x: FeatureInput): ArrayLike<number> | NdArray;
  /** The labels, ascending; classifiers have it. */
  readonly classes?: readonly number[] | undefined;
  /** Where it is given, it decides whether the model counts as a classifier. */
  readonly estimatorType?: 'classifier' | 'regressor' | undefined;
}

/** Throw unless the model can predict. */
export function checkPredicts(model: FittedModel): void {
  if (typeof (model as Partial<FittedModel> | undefined | null)?.predict !== 'function') {
    throw new InvalidArgumentError('model', model, 'a fitted model with a method predict');
  }
}

/** Whether the model predicts labels. */
export function predictsLabels(model: FittedModel): boolean {
  if (model.estimatorType) return model.estimatorType === 'classifier';
  return typeof model.predictProba === 'function';
}

/** What a model gave for some rows: one column per output, row by row. */
export interface Outputs {
  values: Float64Array;
  columns: number;
}

/**
 * The values row by row, whatever form a model gives them in.
 *
 * @throws InvalidArgumentError when they are not equally many for each of the rows
 */
export function inRows(given: ArrayLike<number> | NdArray, rows: number): Outputs {
  const values = 'shape' in given ? valuesOf(given) : Float64Array.from(given);
  const columns = values.length / rows;
  if (!Number.isInteger(columns) || columns === 0) {
    throw new InvalidArgumentError(
      'model',
      `one that gives ${values.length} values for ${rows} rows`,
      'a model that gives as many values for each row',
    );
  }
  return { values, columns };
}

function valuesOf(given: NdArray): Float64Array {
  const [rows, columns = 1] = given.shape;
  const isVector = given.shape.length === 1;
  return Float64Array.from({ length: rows * columns }, (_, i) =>
    isVector ? given.get(i) : given.get(Math.floor(i / columns), i % columns),
  );
}
