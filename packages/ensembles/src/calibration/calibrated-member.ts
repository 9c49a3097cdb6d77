import { InvalidArgumentError } from '@steatosis/core';
import type { DenseMatrix, FeatureInput } from '../data/matrix.js';
import { denseMatrix } from '../data/take.js';
import type { Estimator } from '../model-selection/estimator.js';
import { decisionValues, predictAll } from '../model-selection/fit-fold.js';
import { type CalibrationMethod, type Calibrator, fitCalibrator } from './calibrator.js';

/** A fitted model with a curve for each class, or for the second of two. */
export interface CalibratedMember {
  model: Estimator;
  calibrators: readonly Calibrator[];
}

/** The scores that are calibrated: one column for two classes, otherwise one for each class of the model. */
export interface ClassScores {
  /** Classes of the model, ascending. */
  classes: readonly number[];
  columns: readonly Float64Array[];
}

/** Decision function where the model has one, otherwise probabilities, as in scikit-learn. */
export function scoresOf(model: Estimator, x: FeatureInput): ClassScores {
  const matrix = denseMatrix(x);
  const classes = model.classes ?? [];
  const values = decisionValues(model, matrix) ?? probabilitiesOf(model, matrix);
  const found = values.length / matrix.rows;
  const column = (k: number): Float64Array => values.filter((_, i) => i % found === k);
  if (classes.length === 2) return { classes, columns: [column(found - 1)] };
  return { classes, columns: classes.map((_, k) => column(k)) };
}

function probabilitiesOf(model: Estimator, matrix: DenseMatrix): Float64Array {
  const { probabilities } = predictAll(model, matrix);
  if (probabilities) return probabilities;
  throw new InvalidArgumentError(
    'base',
    model.constructor.name,
    'a classifier, with classes and predictProba or decisionFunction',
  );
}

/** One curve per column of scores, each of one class against the others. */
export function calibratorsFor(
  method: CalibrationMethod,
  { classes, columns }: ClassScores,
  y: ArrayLike<number>,
  weights: Float64Array | undefined,
): Calibrator[] {
  return columns.map((scores, column) => {
    const label = classes[columns.length === 1 ? 1 : column];
    const isPositive = Array.from(y, (own) => own === label);
    return fitCalibrator(method, scores, isPositive, weights);
  });
}

/**
 * Probabilities of all `classes`, rows × classes; of several classes those of the curves are divided by their sum, and
 * where that is 0 all are alike. Classes that the member has never seen have probability 0.
 */
export function memberProbabilities(
  { model, calibrators }: CalibratedMember,
  x: FeatureInput,
  classes: readonly number[],
): Float64Array {
  const own = scoresOf(model, x);
  const curves = calibrators.map((calibrator, i) => calibrator.predict(own.columns[i]));
  const rows = curves[0].length;
  const probabilities = new Float64Array(rows * classes.length);
  const places = own.classes.map((label) => classes.indexOf(label));
  for (let row = 0; row < rows; row++) {
    const values = curves.map((curve) => curve[row]);
    if (values.length === 1) values.unshift(1 - values[0]);
    const sum = values.reduce((total, value) => total + value, 0);
    values.forEach((value, i) => {
      const share = sum > 0 ? value / sum : 1 / values.length;
      probabilities[row * classes.length + places[i]] = curves.length === 1 ? value : share;
    });
  }
  return probabilities;
}
