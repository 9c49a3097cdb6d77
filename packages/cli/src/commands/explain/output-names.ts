import type { DenseMatrix } from '@steatosis/ensembles';
import type { LoadedModel } from '../../models/load-model.js';

/** So near must a probability be to the logistic function of a score for the score to be called log odds. */
const NEAR = 1e-4;

/** What the raw scores of a model are, as far as its own predictions show it. */
export function outputNames(
  { model, task, classes, target }: LoadedModel,
  x: DenseMatrix,
  outputs: number,
): string[] {
  if (outputs > 1) {
    return Array.from({ length: outputs }, (_, k) => `score of ${classes[k] ?? `output ${k}`}`);
  }
  const margins = model.margins?.(x).values;
  if (task === 'regression') {
    const values = model.predictions(x);
    const same =
      margins === undefined || values.every((value, row) => isNear(value, margins[row]!));
    return [same ? target : `raw score of ${target}`];
  }
  const positive = classes.at(-1)!;
  const probabilities = model.predictions(x);
  const logistic =
    margins !== undefined &&
    Array.from({ length: x.rows }, (_, row) => row).every((row) =>
      isNear(probabilities[2 * row + 1]!, 1 / (1 + Math.exp(-margins[row]!))),
    );
  return [`${logistic ? 'log odds' : 'score'} of ${positive}`];
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(a));
}
