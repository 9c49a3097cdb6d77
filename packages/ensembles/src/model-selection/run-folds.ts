import { InvalidArgumentError, type LongTaskOptions, throwIfAborted } from '@steatosis/core';
import { blueprintOf, estimatorFromJSON } from '../model-registry.js';
import { sharedMatrix } from '../engine/shared-matrix.js';
import type { Estimator } from './estimator.js';
import { type FoldAnswer, type FoldData, type FoldWork, fitFold } from './fit-fold.js';

/** One model, not fitted yet, and the rows that it is for. */
export interface FoldTask extends FoldWork {
  model: Estimator;
}

/** What came of a fold, and the model if it was asked for. */
export interface FoldOutcome extends FoldAnswer {
  model: Estimator | undefined;
}

/**
 * Fit and test every task, on workers where these can build the models; results are in the order of the tasks and the
 * same either way. Progress counts tasks.
 */
export async function runFolds(
  tasks: readonly FoldTask[],
  data: FoldData,
  withModels: boolean,
  { signal, onProgress, workers = 0 }: LongTaskOptions,
): Promise<FoldOutcome[]> {
  throwIfAborted(signal);
  if (!Number.isInteger(workers) || workers < 0 || workers > 256) {
    throw new InvalidArgumentError('workers', workers, 'an integer 0 … 256');
  }
  const blueprints = workers > 0 ? tasks.map(({ model }) => blueprintOf(model)) : [];
  if (workers === 0 || !blueprints.every((blueprint) => blueprint !== undefined)) {
    return await runHere(tasks, data, withModels, { signal, onProgress });
  }
  const shared = { ...data, x: sharedMatrix(data.x) };
  const inputs = tasks.map(({ train, test, withTrain }, i) => ({
    blueprint: blueprints[i],
    data: shared,
    work: { train, test, withTrain },
    withModel: withModels,
  }));
  // Loaded on demand: it holds the code of the workers as text.
  const { selectionPool } = await import('./selection-pool.js');
  const answers = await selectionPool(workers).map('fitPortableFold', inputs, {
    signal,
    onProgress,
  });
  return answers.map(({ answer, model }) => ({
    ...answer,
    model: withModels ? estimatorFromJSON(model) : undefined,
  }));
}

async function runHere(
  tasks: readonly FoldTask[],
  data: FoldData,
  withModels: boolean,
  { signal, onProgress }: Pick<LongTaskOptions, 'signal' | 'onProgress'>,
): Promise<FoldOutcome[]> {
  const outcomes: FoldOutcome[] = [];
  for (const { model, ...work } of tasks) {
    // Timers and events get their turn, so that an abort can arrive.
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    throwIfAborted(signal);
    const answer = await fitFold(model, data, work, { signal });
    outcomes.push({ ...answer, model: withModels ? model : undefined });
    onProgress?.({ done: outcomes.length, total: tasks.length });
  }
  return outcomes;
}
