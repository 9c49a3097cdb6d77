import { InvalidArgumentError } from '@steatosis/core';
import { nearestName } from '../../data/parameters.js';
import {
  accuracy,
  balancedAccuracy,
  binaryScore,
  f1,
  macroScore,
  precision,
  recall,
} from './label-scores.js';
import type { Outcome } from './outcome.js';
import {
  determination,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
} from './outcome-scores.js';
import { brier, logLoss } from './probability-scores.js';
import { averagePrecision, rocAuc, rocAucOneVsOne, rocAucOneVsRest } from './rank-scores.js';

/**
 * Scores by name, with scikit-learn's meaning. Of labels: `accuracy balanced_accuracy f1 precision recall` (the
 * last three for two classes, where the greater label is the positive one) and `f1_macro precision_macro
 * recall_macro`. Of ranks: `roc_auc average_precision` (two classes), `roc_auc_ovr roc_auc_ovo` (more, macro average).
 * Of probabilities: `log_loss brier`. Of regressors: `r2 mse rmse mae`. Losses are given as they are, ≥ 0, not negated.
 */
export type ScoringName =
  | 'accuracy'
  | 'balanced_accuracy'
  | 'f1'
  | 'precision'
  | 'recall'
  | 'f1_macro'
  | 'precision_macro'
  | 'recall_macro'
  | 'roc_auc'
  | 'roc_auc_ovr'
  | 'roc_auc_ovo'
  | 'average_precision'
  | 'log_loss'
  | 'brier'
  | 'r2'
  | 'mse'
  | 'rmse'
  | 'mae';

/** A way to judge predictions. */
export interface Scorer {
  /** Under which name results stand. */
  readonly name: string;
  /** Whether a greater score is a better one; a search prefers accordingly. */
  readonly greaterIsBetter: boolean;
  /** The score; NaN where it is not defined. */
  score(outcome: Outcome): number;
}

/**
 * A score by name, a {@link Scorer}, or a function of what was predicted. A function's results are the better the
 * greater they are, and stand under the function's name.
 */
export type Scoring = ScoringName | Scorer | ((outcome: Outcome) => number);

/**
 * The scorer that is meant.
 *
 * @throws InvalidArgumentError for an unknown name
 */
export function scorerOf(scoring: Scoring): Scorer {
  if (typeof scoring === 'function') {
    return { name: scoring.name || 'score', greaterIsBetter: true, score: scoring };
  }
  if (typeof scoring === 'object' && scoring !== null) {
    if (typeof scoring.score === 'function' && typeof scoring.greaterIsBetter === 'boolean') {
      return scoring;
    }
  } else if (typeof scoring === 'string') {
    const known = namedScorers();
    if (!Object.hasOwn(known, scoring)) refuseName(scoring, Object.keys(known));
    const { score, isLoss = false } = known[scoring];
    return { name: scoring, greaterIsBetter: !isLoss, score };
  }
  throw new InvalidArgumentError(
    'scoring',
    scoring,
    'the name of a score, a function, or { name, greaterIsBetter, score }',
  );
}

/** One or several scorers, no two of the same name. */
export function scorersOf(scoring: Scoring | readonly Scoring[]): Scorer[] {
  const scorers = (
    Array.isArray(scoring) ? (scoring as readonly Scoring[]) : [scoring as Scoring]
  ).map(scorerOf);
  const names = scorers.map(({ name }) => name);
  if (names.length === 0 || new Set(names).size < names.length) {
    throw new InvalidArgumentError('scoring', names, 'at least one score, and no two of one name');
  }
  return scorers;
}

function refuseName(name: string, names: readonly string[]): never {
  throw new InvalidArgumentError(
    'scoring',
    name,
    `one of ${names.join(', ')}; did you mean ${nearestName(name, names)}? Losses are not negated here`,
  );
}

function namedScorers(): Record<
  ScoringName,
  { score: (outcome: Outcome) => number; isLoss?: boolean }
> {
  return {
    accuracy: { score: accuracy },
    balanced_accuracy: { score: balancedAccuracy },
    f1: { score: binaryScore('f1', f1) },
    precision: { score: binaryScore('precision', precision) },
    recall: { score: binaryScore('recall', recall) },
    f1_macro: { score: macroScore('f1_macro', f1) },
    precision_macro: { score: macroScore('precision_macro', precision) },
    recall_macro: { score: macroScore('recall_macro', recall) },
    roc_auc: { score: rocAuc },
    roc_auc_ovr: { score: rocAucOneVsRest },
    roc_auc_ovo: { score: rocAucOneVsOne },
    average_precision: { score: averagePrecision },
    log_loss: { score: logLoss, isLoss: true },
    brier: { score: brier, isLoss: true },
    r2: { score: determination },
    mse: { score: meanSquaredError, isLoss: true },
    rmse: { score: rootMeanSquaredError, isLoss: true },
    mae: { score: meanAbsoluteError, isLoss: true },
  };
}
