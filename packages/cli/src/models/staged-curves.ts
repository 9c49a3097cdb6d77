import type { DenseMatrix } from '@steatosis/ensembles';
import type { NdArray } from 'ndarray';
import type { LearningCurves } from './learning-curves.js';
import type { LabelledRows, TrainingJob } from './train-learner.js';

/** A trained model that tells what it said after each round. */
interface StagedModel {
  stagedPredict(x: DenseMatrix): Iterable<ArrayLike<number>>;
  stagedPredictProba?(x: DenseMatrix): Iterable<NdArray>;
}

/** Learning curves of a model that keeps no history: log loss of classes, root mean squared error of values. */
export function stagedCurves(
  model: StagedModel,
  { fitted, test }: Pick<TrainingJob, 'fitted' | 'test'>,
): LearningCurves {
  const curve = (rows: LabelledRows): number[] =>
    model.stagedPredictProba === undefined
      ? Array.from(model.stagedPredict(rows.x), (values) => rootMeanSquare(values, rows))
      : Array.from(model.stagedPredictProba(rows.x), (values) => logLoss(values, rows));
  return {
    metric: model.stagedPredictProba === undefined ? 'rmse' : 'log loss',
    training: curve(fitted),
    ...(test === undefined ? {} : { heldOut: curve(test) }),
  };
}

function logLoss(probabilities: NdArray, { y, weights }: LabelledRows): number {
  return weightedMean(weights, y, (row) => {
    const probability = probabilities.get(row, y[row]!);
    return -Math.log(Math.max(probability, Number.EPSILON));
  });
}

function rootMeanSquare(values: ArrayLike<number>, { y, weights }: LabelledRows): number {
  return Math.sqrt(weightedMean(weights, y, (row) => (values[row]! - y[row]!) ** 2));
}

function weightedMean(
  weights: Float64Array | undefined,
  y: Float64Array,
  value: (row: number) => number,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights?.[row] ?? 1;
    sum += weight * value(row);
    total += weight;
  }
  return sum / total;
}
