import type { TaskContext } from '@steatosis/core';
import type { DenseMatrix } from '@steatosis/ensembles';
import { rowsOfMatrix, valuesOf } from './feature-matrix.js';
import type { LearningCurves } from './learning-curves.js';
import { createLearner, type Learner, type LearnerName, type ParameterValues } from './learners.js';
import type { Task } from './outcome.js';
import { type LabelledRows, trainLearner } from './train-learner.js';

/** One model to train, and the rows that it is to predict. */
export interface FitInput {
  learner: LearnerName;
  task: Task;
  parameters: ParameterValues;
  x: DenseMatrix<Float64Array>;
  y: Float64Array;
  weights: Float64Array | undefined;
  /** Rows to learn from, and those that stop the training early. */
  fitRows: Int32Array;
  validationRows: Int32Array | undefined;
  /** Rows that the model never sees. */
  testRows: Int32Array;
}

/** What a trained model is and says. */
export interface FitOutput {
  /** What the model's `toJSON` gives. */
  model: object;
  /** Of the test rows: the probability of each class, row by row, or the value. */
  predictions: Float64Array;
  importances: Float64Array;
  curves: LearningCurves;
}

/** Train one model. */
function fitModel(input: FitInput, { report, signal }: TaskContext): FitOutput {
  const { learner, task, parameters, x, y, fitRows, validationRows, testRows } = input;
  const part = (rows: Int32Array | undefined): LabelledRows | undefined =>
    rows === undefined || rows.length === 0
      ? undefined
      : {
          x: rowsOfMatrix(x, rows),
          y: valuesOf(y, rows),
          weights: input.weights && valuesOf(input.weights, rows),
        };
  const test = part(testRows);
  const job = {
    fitted: part(fitRows)!,
    validation: part(validationRows),
    test,
    onProgress: report,
    signal,
  };
  const model = createLearner(learner, task, parameters);
  const curves = trainLearner(model, job);
  return {
    model: model.toJSON(),
    predictions: test === undefined ? new Float64Array(0) : predictionsOf(model, test.x),
    importances: model.featureImportances,
    curves,
  };
}

/** The probability of each class, row by row, or the value of each row. */
function predictionsOf(model: Learner, x: DenseMatrix): Float64Array {
  if (model.predictProba === undefined) return Float64Array.from(model.predict(x));
  const probabilities = model.predictProba(x);
  const [rows = 0, classes = 0] = probabilities.shape;
  const values = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < classes; k++) values[row * classes + k] = probabilities.get(row, k);
  }
  return values;
}

/** What a worker of the command can do; with no workers the very same functions run in the command itself. */
export const fitTasks = { fitModel };
export type FitTasks = typeof fitTasks;
