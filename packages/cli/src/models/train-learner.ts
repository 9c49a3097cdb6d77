import type { LongTaskOptions } from '@steatosis/core';
import { type DenseMatrix, XGBClassifier, XGBRegressor } from '@steatosis/ensembles';
import type { createLearner } from './learners.js';
import type { LearningCurves } from './learning-curves.js';
import { stagedCurves } from './staged-curves.js';

/** Rows with their outcomes. */
export interface LabelledRows {
  x: DenseMatrix<Float64Array>;
  y: Float64Array;
  weights: Float64Array | undefined;
}

/** What a model is trained with. */
export interface TrainingJob extends Pick<LongTaskOptions, 'onProgress' | 'signal'> {
  fitted: LabelledRows;
  /** Rows that stop the training early; undefined where it runs to its end. */
  validation: LabelledRows | undefined;
  /** Rows that are only watched. */
  test: LabelledRows | undefined;
}

/** Train a model, and tell how it came about. */
export function trainLearner(
  model: ReturnType<typeof createLearner>,
  job: TrainingJob,
): LearningCurves {
  const { fitted, onProgress, signal } = job;
  const { x, y, weights } = fitted;
  if (model instanceof XGBClassifier || model instanceof XGBRegressor) {
    return trainXgboost(model, job);
  }
  model.fit(x, y, { sampleWeight: weights, onProgress, signal });
  return stagedCurves(model, job);
}

/** Names of the watched rows in the history; the last set is the one that stops the training. */
const SETS = { training: 'training', heldOut: 'held-out', validation: 'validation' } as const;

function trainXgboost(
  model: XGBClassifier | XGBRegressor,
  { fitted, validation, test, onProgress, signal }: TrainingJob,
): LearningCurves {
  const watched = [
    { name: SETS.training, ...fitted },
    ...(test === undefined ? [] : [{ name: SETS.heldOut, ...test }]),
    ...(validation === undefined ? [] : [{ name: SETS.validation, ...validation }]),
  ];
  model.fit(fitted.x, fitted.y, {
    sampleWeight: fitted.weights,
    evalSet: watched.map(({ name, x, y, weights }) => ({ name, x, y, sampleWeight: weights })),
    onProgress,
    signal,
  });
  const { evaluationHistory: history } = model;
  // Where several metrics are measured the last one decides.
  const metric = Object.keys(history[SETS.training] ?? {}).at(-1)!;
  const curve = (set: string): number[] => [...(history[set]?.[metric] ?? [])];
  return {
    metric,
    training: curve(SETS.training),
    ...(test === undefined ? {} : { heldOut: curve(SETS.heldOut) }),
    ...(validation === undefined
      ? {}
      : { validation: curve(SETS.validation), bestRound: model.bestIteration! + 1 }),
  };
}
