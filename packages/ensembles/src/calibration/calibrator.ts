import type { Field } from '../data/json-fields.js';
import { IsotonicRegression } from './isotonic-regression.js';
import { fitPlatt, plattProbabilities } from './platt.js';

/** How scores become probabilities. */
export type CalibrationMethod = 'sigmoid' | 'isotonic';

/** What turns the scores of one class into probabilities. */
export interface Calibrator {
  predict(scores: Float64Array): Float64Array;
  toJSON(): unknown;
}

/** Fit a curve to scores of one class against all others. */
export function fitCalibrator(
  method: CalibrationMethod,
  scores: Float64Array,
  isPositive: readonly boolean[],
  weights: Float64Array | undefined,
): Calibrator {
  if (method === 'sigmoid') return sigmoid(fitPlatt(scores, isPositive, weights));
  return new IsotonicRegression().fit(scores, isPositive.map(Number), { sampleWeight: weights });
}

/** Read what a calibrator's `toJSON` gave. */
export function readCalibrator(method: CalibrationMethod, field: Field): Calibrator {
  if (method === 'isotonic') return IsotonicRegression.fromJSON(field.record());
  return sigmoid({
    slope: field.get('slope').number(),
    intercept: field.get('intercept').number(),
  });
}

function sigmoid(curve: { slope: number; intercept: number }): Calibrator {
  return { predict: (scores) => plattProbabilities(curve, scores), toJSON: () => ({ ...curve }) };
}
