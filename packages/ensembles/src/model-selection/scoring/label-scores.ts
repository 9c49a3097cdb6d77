import { meanOverRows, needClasses, type Outcome, positiveClass } from './outcome.js';

/** Weight of the rows of a class (`actual`), of those given it (`predicted`), and of both (`hits`). */
interface ClassCounts {
  actual: number;
  predicted: number;
  hits: number;
}

/** Share of rows with the right label. */
export function accuracy(outcome: Outcome): number {
  needClasses('accuracy', outcome);
  return meanOverRows(outcome, (row) => Number(outcome.y[row] === outcome.predictions[row]));
}

/** Mean recall of the classes that there are rows of. */
export function balancedAccuracy(outcome: Outcome): number {
  needClasses('balanced_accuracy', outcome);
  const recalls = outcome.classes
    .map((label) => countsOf(outcome, label))
    .filter(({ actual }) => actual > 0)
    .map(recall);
  return mean(recalls);
}

/** A score of the second of two classes. */
export function binaryScore(
  name: string,
  of: (counts: ClassCounts) => number,
): (outcome: Outcome) => number {
  return (outcome) => of(countsOf(outcome, positiveClass(name, outcome, `${name}_macro`)));
}

/** The mean of a score over the classes that are true or predicted of a row. */
export function macroScore(
  name: string,
  of: (counts: ClassCounts) => number,
): (outcome: Outcome) => number {
  return (outcome) => {
    needClasses(name, outcome);
    const labels = outcome.classes.filter(
      (label) => outcome.y.includes(label) || outcome.predictions.includes(label),
    );
    return mean(labels.map((label) => of(countsOf(outcome, label))));
  };
}

/** Share of the rows given a class that are of it; 0 where none is given it. */
export function precision({ hits, predicted }: ClassCounts): number {
  return predicted > 0 ? hits / predicted : 0;
}

/** Share of the rows of a class that are given it; 0 where there are none. */
export function recall({ hits, actual }: ClassCounts): number {
  return actual > 0 ? hits / actual : 0;
}

/** Harmonic mean of precision and recall; 0 where neither is defined. */
export function f1({ hits, actual, predicted }: ClassCounts): number {
  return actual + predicted > 0 ? (2 * hits) / (actual + predicted) : 0;
}

function countsOf({ y, predictions, weights }: Outcome, label: number): ClassCounts {
  const counts = { actual: 0, predicted: 0, hits: 0 };
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row] : 1;
    const isActual = y[row] === label;
    const isPredicted = predictions[row] === label;
    if (isActual) counts.actual += weight;
    if (isPredicted) counts.predicted += weight;
    if (isActual && isPredicted) counts.hits += weight;
  }
  return counts;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
