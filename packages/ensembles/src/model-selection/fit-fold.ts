import type { LongTaskOptions } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import type { DenseMatrix } from '../data/matrix.js';
import { takeRows, takeValues } from '../data/take.js';
import { Pipeline } from '../pipeline/pipeline.js';
import type { Estimator, GroupedFitOptions } from './estimator.js';
import type { GroupVector } from './groups.js';
import { TunedModel } from './tuned-model.js';

/** All rows of a cross-validation, in a form that can travel between threads. */
export interface FoldData {
  x: DenseMatrix;
  y: Float64Array;
  groups: GroupVector | undefined;
  weights: Float64Array | undefined;
}

/** What is to be done with one fold. */
export interface FoldWork {
  train: Int32Array;
  test: Int32Array;
  /** Whether the training rows are predicted too. */
  withTrain: boolean;
}

/** What a model says of some rows. */
export interface FoldPredictions {
  predictions: Float64Array;
  /** rows × classes of the model, row-major. */
  probabilities: Float64Array | undefined;
  /** Two classes only: rises with the second. */
  decisions: Float64Array | undefined;
}

/** What comes of one fold. */
export interface FoldAnswer {
  /** Classes of the model; empty for a regressor. */
  classes: number[];
  test: FoldPredictions;
  train: FoldPredictions | undefined;
}

/** Fit a model to the training rows of a fold, which are all it is shown, and let it predict the others. */
export async function fitFold(
  model: Estimator,
  { x, y, groups, weights }: FoldData,
  { train, test, withTrain }: FoldWork,
  { signal }: Pick<LongTaskOptions, 'signal'>,
): Promise<FoldAnswer> {
  const trainX = takeRows(x, train);
  const options: GroupedFitOptions = {};
  if (signal) options.signal = signal;
  if (weights) options.sampleWeight = takeValues(weights, train);
  if (groups && model.takesGroups) options.groups = takeGroups(groups, train);
  await model.fit(trainX, takeValues(y, train), options);
  return {
    classes: [...(model.classes ?? [])],
    test: predictAll(model, takeRows(x, test)),
    train: withTrain ? predictAll(model, trainX) : undefined,
  };
}

/** All that scores may need of a fitted model. */
export function predictAll(model: Estimator, x: DenseMatrix): FoldPredictions {
  const { inner, seen } = unwrapped(model, x);
  const probabilities = inner.predictProba && inRows(inner.predictProba(seen));
  const isBinary = inner.classes?.length === 2;
  return {
    predictions: Float64Array.from(inner.predict(seen)),
    probabilities,
    decisions: isBinary
      ? (decisionValues(inner, seen) ?? probabilities?.filter((_, i) => i % 2 === 1))
      : undefined,
  };
}

/** The decision function where the model has one: a value per row for two classes, for more rows × classes. */
export function decisionValues(model: Estimator, x: DenseMatrix): Float64Array | undefined {
  const { inner, seen } = unwrapped(model, x);
  return inner.decisionFunction && inRows(inner.decisionFunction(seen));
}

/** The model inside of one that has every method, whether its model has it or not, and the features that it sees. */
function unwrapped(model: Estimator, x: DenseMatrix): { inner: Estimator; seen: DenseMatrix } {
  if (model instanceof Pipeline) return unwrapped(model.model, model.transform(x));
  if (model instanceof TunedModel) return unwrapped(model.model, x);
  return { inner: model, seen: x };
}

/** Groups of some rows. */
export function takeGroups(groups: GroupVector, rows: Int32Array): (number | string)[] {
  return Array.from(rows, (row) => groups[row]);
}

/** The values row by row, whatever the strides. */
function inRows(array: NdArray): Float64Array {
  const [rows, columns = 1] = array.shape;
  const isVector = array.shape.length === 1;
  return Float64Array.from({ length: rows * columns }, (_, i) =>
    isVector ? array.get(i) : array.get(Math.floor(i / columns), i % columns),
  );
}
