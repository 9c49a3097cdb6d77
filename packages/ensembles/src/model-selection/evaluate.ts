import type { LongTaskOptions } from '@steatosis/core';
import type { FeatureInput } from '../data/matrix.js';
import { denseMatrix, takeValues } from '../data/take.js';
import { caseWeights, encodeLabels, type NumericVector, outcomes } from '../data/targets.js';
import { type Estimator, isClassifier } from './estimator.js';
import type { FoldAnswer, FoldData, FoldPredictions } from './fit-fold.js';
import type { Fold } from './folds.js';
import { numberLabels, type SplitWarning, warnOfSharedGroups } from './groups.js';
import { type FoldOutcome, runFolds } from './run-folds.js';
import type { Outcome } from './scoring/outcome.js';
import type { Scorer } from './scoring/scorers.js';
import { foldsOf, type SplitOptions, splitterOf } from './splitter.js';

/** The data of a cross-validation, checked, with the folds it is divided into. */
export interface Prepared {
  data: FoldData;
  folds: Fold[];
  /** All labels, ascending; empty for a regressor. */
  classes: readonly number[];
  warn: (warning: SplitWarning) => void;
  warnings: SplitWarning[];
}

/** Check the data, divide the rows and warn of groups that are torn apart. */
export function prepare(
  x: FeatureInput,
  y: NumericVector,
  model: Estimator,
  options: SplitOptions & { sampleWeight?: NumericVector | undefined },
): Prepared {
  const matrix = denseMatrix(x);
  const { rows } = matrix;
  const classifies = isClassifier(model);
  const classes = classifies ? encodeLabels(y, rows).classes : [];
  const { groups } = options;
  if (groups) numberLabels('groups', groups, rows);
  const warnings: SplitWarning[] = [];
  const warn = (warning: SplitWarning): void => {
    warnings.push(warning);
    options.onWarning?.(warning);
  };
  const splitter = splitterOf({ ...options, onWarning: warn }, classifies);
  const data: FoldData = {
    x: matrix,
    y: classifies ? Float64Array.from(y) : outcomes(y, rows),
    groups,
    weights: caseWeights(options.sampleWeight, rows),
  };
  const folds = foldsOf(splitter, matrix, data.y, groups, rows);
  if (groups) for (const { train, test } of folds) warnOfSharedGroups(groups, train, test, warn);
  return { data, folds, classes, warn, warnings };
}

/** What is to be computed of each fold beside its score. */
export interface EvaluationOptions extends LongTaskOptions {
  withTrain: boolean;
  withModels: boolean;
}

/** Fit `models[i]` to the training rows of fold `i % folds` and predict the others. */
export async function runModels(
  models: readonly Estimator[],
  { data, folds }: Prepared,
  { withTrain, withModels, ...run }: EvaluationOptions,
): Promise<FoldOutcome[]> {
  const tasks = models.map((model, i) => ({ model, ...folds[i % folds.length], withTrain }));
  return await runFolds(tasks, data, withModels, run);
}

/** The outcome of a fold's test or training rows, with probabilities of all classes. */
export function outcomeOf(
  { data, folds, classes }: Prepared,
  fold: number,
  side: 'train' | 'test',
  answer: FoldAnswer,
  isWeighted: boolean,
): Outcome {
  const rows = folds[fold][side];
  const said = answer[side] as FoldPredictions;
  return {
    y: takeValues(data.y, rows),
    predictions: said.predictions,
    classes,
    probabilities: said.probabilities && widen(said.probabilities, answer.classes, classes),
    decisions: classes.length === 2 ? said.decisions : undefined,
    weights: isWeighted && data.weights ? takeValues(data.weights, rows) : undefined,
  };
}

/** Scores by name; warns of those that are not defined. */
export function scoreFold(
  scorers: readonly Scorer[],
  outcome: Outcome,
  fold: number,
  warn: (warning: SplitWarning) => void,
): number[] {
  const scores = scorers.map((scorer) => scorer.score(outcome));
  const names = scorers.map(({ name }) => name).filter((_, i) => Number.isNaN(scores[i]));
  if (names.length > 0) {
    warn({
      code: 'UNDEFINED_SCORE',
      message:
        `Fold ${fold} has no ${names.join(', ')}: its rows do not hold what the score compares, such as rows of ` +
        'every class. Take fewer folds, or folds stratified by class.',
      labels: names,
    });
  }
  return scores;
}

/** Probabilities of all classes: those that a model has never seen have none. */
function widen(
  probabilities: Float64Array,
  own: readonly number[],
  classes: readonly number[],
): Float64Array {
  if (own.length === classes.length) return probabilities;
  const places = own.map((label) => classes.indexOf(label));
  const wide = new Float64Array((probabilities.length / own.length) * classes.length);
  probabilities.forEach((value, i) => {
    wide[Math.floor(i / own.length) * classes.length + places[i % own.length]] = value;
  });
  return wide;
}
