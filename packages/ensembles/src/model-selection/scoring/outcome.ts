import { InvalidArgumentError } from '@steatosis/core';

/** What a model said of some rows beside what is true of them: all that a score may depend on. */
export interface Outcome {
  /** True label or outcome of each row. */
  y: Float64Array;
  /** Predicted label or outcome of each row. */
  predictions: Float64Array;
  /** The labels, ascending; empty for a regressor. */
  classes: readonly number[];
  /** Probabilities, rows × classes, row-major; absent where the model has none. */
  probabilities?: Float64Array | undefined;
  /**
   * For two classes: what rises with the second one, in any unit. The decision function where the model has one,
   * otherwise the probability.
   */
  decisions?: Float64Array | undefined;
  /** Weight ≥ 0 of each row; absent where all count alike. */
  weights?: Float64Array | undefined;
}

/** Weighted mean of a value of each row; NaN without weight. */
export function meanOverRows({ y, weights }: Outcome, valueOf: (row: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row] : 1;
    // A row that does not count must not turn the mean into NaN either.
    if (weight === 0) continue;
    sum += weight * valueOf(row);
    total += weight;
  }
  return sum / total;
}

/** The second class, which a score of two classes calls positive. */
export function positiveClass(name: string, { classes }: Outcome, instead: string): number {
  if (classes.length !== 2) {
    throw new InvalidArgumentError(
      'scoring',
      name,
      `a score for ${classesInWords(classes.length)}, such as ${instead}: ${name} is of two classes`,
    );
  }
  return classes[1];
}

/** Throw where a score of labels is asked of a regressor. */
export function needClasses(name: string, { classes }: Outcome): void {
  if (classes.length === 0) {
    throw new InvalidArgumentError('scoring', name, "a regressor's score: r2, mse, rmse or mae");
  }
}

/** Probabilities of a score that needs them. */
export function needProbabilities(name: string, outcome: Outcome): Float64Array {
  needClasses(name, outcome);
  if (!outcome.probabilities) {
    throw new InvalidArgumentError(
      'scoring',
      name,
      'a score of labels, such as balanced_accuracy: the model has no predictProba',
    );
  }
  return outcome.probabilities;
}

function classesInWords(classes: number): string {
  return classes === 0 ? 'a regressor' : `${classes} classes`;
}
