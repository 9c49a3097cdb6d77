import { InvalidArgumentError } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { denseMatrix } from '../data/take.js';
import { caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { type Estimator, isClassifier } from './estimator.js';
import { predictAll } from './fit-fold.js';
import { type Scoring, scorersOf } from './scoring/scorers.js';

/** Options of {@link scoreModel}. */
export interface ScoreModelOptions {
  /** How predictions are judged, in one or several ways; default `accuracy` of classifiers, `r2` of regressors. */
  scoring?: Scoring | readonly Scoring[] | undefined;
  /** One weight ≥ 0 per row; default all 1. */
  sampleWeight?: NumericVector | undefined;
}

/**
 * Judge a fitted model by rows that it has not seen.
 *
 * @param model a fitted estimator
 * @param x features, rows × columns
 * @param y what is true of each row; labels must be among the model's classes
 * @returns the scores by name; NaN where one is not defined, such as an area under the curve of one class
 * @throws InvalidArgumentError for scores that do not fit the model, and for labels that it does not know
 * @example
 * ```ts
 * import { scoreModel, XGBClassifier } from '@steatosis/ensembles';
 *
 * const model = new XGBClassifier({ nEstimators: 5, minChildWeight: 0 });
 * model.fit([[1], [2], [3], [4]], [0, 0, 1, 1]);
 * console.log(scoreModel(model, [[0], [5], [3.2]], [0, 1, 1], { scoring: ['roc_auc', 'recall'] })); // { roc_auc: 1, recall: 1 }
 * ```
 */
export function scoreModel(
  model: Estimator,
  x: FeatureInput,
  y: NumericVector,
  options: ScoreModelOptions = {},
): Record<string, number> {
  checkNames('scoreModel', options, ['scoring', 'sampleWeight'], []);
  const matrix = denseMatrix(x);
  const classifies = isClassifier(model);
  const scorers = scorersOf(options.scoring ?? (classifies ? 'accuracy' : 'r2'));
  const truth = outcomes(y, matrix.rows);
  const weights = caseWeights(options.sampleWeight, matrix.rows);
  const said = predictAll(model, matrix);
  const classes = classifies ? (model.classes ?? []) : [];
  const stranger = classifies ? truth.findIndex((label) => !classes.includes(label)) : -1;
  if (stranger !== -1) {
    throw new InvalidArgumentError(
      `y[${stranger}]`,
      truth[stranger],
      `one of the model's classes: ${classes.join(', ')}`,
    );
  }
  const outcome = { ...said, y: truth, classes, weights };
  return Object.fromEntries(scorers.map((scorer) => [scorer.name, scorer.score(outcome)]));
}
