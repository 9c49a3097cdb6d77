import { InvalidArgumentError } from '@steatosis/core';
import { meanOverRows, type Outcome } from './outcome.js';

/** Mean squared error. */
export function meanSquaredError(outcome: Outcome): number {
  needOutcomes('mse', outcome);
  return meanOverRows(outcome, (row) => (outcome.y[row] - outcome.predictions[row]) ** 2);
}

/** Root of the mean squared error, in the unit of the outcome. */
export function rootMeanSquaredError(outcome: Outcome): number {
  needOutcomes('rmse', outcome);
  return Math.sqrt(meanSquaredError(outcome));
}

/** Mean absolute error, in the unit of the outcome. */
export function meanAbsoluteError(outcome: Outcome): number {
  needOutcomes('mae', outcome);
  return meanOverRows(outcome, (row) => Math.abs(outcome.y[row] - outcome.predictions[row]));
}

/**
 * Share of the variance of the outcomes that is explained. Where all outcomes are equal: 1 if they are all predicted
 * exactly, otherwise 0. NaN for a single row.
 */
export function determination(outcome: Outcome): number {
  needOutcomes('r2', outcome);
  const { y, predictions } = outcome;
  if (y.length < 2) return Number.NaN;
  const centre = meanOverRows(outcome, (row) => y[row]);
  const residual = meanOverRows(outcome, (row) => (y[row] - predictions[row]) ** 2);
  const spread = meanOverRows(outcome, (row) => (y[row] - centre) ** 2);
  if (spread === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / spread;
}

function needOutcomes(name: string, { classes }: Outcome): void {
  if (classes.length > 0) {
    throw new InvalidArgumentError(
      'scoring',
      name,
      "a classifier's score, such as balanced_accuracy or roc_auc",
    );
  }
}
