import { TaskPool, type LongTaskOptions, type WorkerCode } from '@steatosis/core';
import type { Fold } from '@steatosis/ensembles';
import { inLanes } from '../study/in-lanes.js';
import { shortList } from '../tables/data-table.js';
import { TableError } from '../tables/table-error.js';
import { type FitInput, type FitOutput, type FitTasks, fitTasks } from './fit.tasks.js';
import type { LearnerName, ParameterValues } from './learners.js';
import { type Evaluation, evaluationSplits, everyRow, heldOut, type SplitInput } from './splits.js';
import type { TrainingData } from './training-data.js';

/** How models are trained and judged. */
export interface TrainingPlan {
  learner: LearnerName;
  parameters: ParameterValues;
  /** Boosting rounds at most. */
  rounds: number;
  evaluation: Evaluation;
  /** Share of the rows to learn from that stop the training; undefined where it runs to its end. */
  validationFraction: number | undefined;
  seed: number;
}

/** The workers of a training. */
export interface Workers extends LongTaskOptions {
  workers: number;
  code: WorkerCode;
}

/** What a training gave. */
export interface TrainedModels {
  folds: Fold[];
  /** The model of each fold. */
  judged: FitOutput[];
  /** The model that is kept: that of the one held-out part, or else one of all rows. */
  kept: FitOutput;
  /** Whether `kept` is one of `judged`. */
  keptIsJudged: boolean;
  /** Rows that `kept` learned from; those that stopped its training are none of them. */
  keptFitRows: number;
}

/**
 * Train a model for each split, and one of all rows in the very same way, so that what the held-out rows say is
 * said of how the kept model was made. With a single held-out part the model that it judged is kept.
 *
 * @throws TableError where a split leaves a class without rows to learn from
 */
export async function trainModels(
  data: TrainingData,
  plan: TrainingPlan,
  { workers, code, signal, onProgress }: Workers,
  onWarning: (message: string) => void,
): Promise<TrainedModels> {
  const { outcome, groups, x, weights } = data;
  const { task, y, classes } = outcome;
  const splitInput: SplitInput = { task, y, groups, seed: plan.seed, onWarning };
  const folds = evaluationSplits(plan.evaluation, splitInput);
  const keptIsJudged = plan.evaluation.kind === 'test-fraction';
  const everything: Fold = { train: everyRow(y.length), test: new Int32Array(0) };
  const inputs = [...folds, ...(keptIsJudged ? [] : [everything])].map((fold): FitInput => {
    const inner =
      plan.validationFraction === undefined
        ? undefined
        : heldOut(plan.validationFraction, splitInput, fold.train);
    const fitRows = inner?.train ?? fold.train;
    expectAllClasses(data, fitRows, classes);
    return {
      learner: plan.learner,
      task,
      parameters: plan.parameters,
      x,
      y,
      weights,
      fitRows,
      validationRows: inner?.test,
      testRows: fold.test,
    };
  });
  const outputs: FitOutput[] = Array.from({ length: inputs.length });
  const roundsDone = new Float64Array(inputs.length);
  const total = inputs.length * plan.rounds;
  const tell = (job: number, done: number): void => {
    roundsDone[job] = done;
    onProgress?.({ done: roundsDone.reduce((sum, rounds) => sum + rounds, 0), total });
  };
  const pool = new TaskPool<FitTasks>({ tasks: fitTasks, code, workers });
  try {
    await inLanes([...inputs.keys()], Math.max(1, workers), signal, async (job, stop) => {
      outputs[job] = await pool.run('fitModel', inputs[job]!, {
        signal: stop,
        onProgress: ({ done }) => tell(job, done),
      });
      tell(job, plan.rounds);
    });
  } finally {
    pool.close();
  }
  const judged = outputs.slice(0, folds.length);
  const keptFitRows = inputs.at(-1)!.fitRows.length;
  return { folds, judged, kept: outputs.at(-1)!, keptIsJudged, keptFitRows };
}

function expectAllClasses(data: TrainingData, rows: Int32Array, classes: readonly string[]): void {
  const present = new Set(Array.from(rows, (row) => data.outcome.y[row]!));
  const missing = classes.filter((_, code) => !present.has(code));
  if (missing.length === 0) return;
  const of = data.groups === undefined ? 'rows' : 'groups';
  throw new TableError(
    data.table.path,
    `${data.table.path}: a split leaves no row of the class ${shortList(missing)} to learn from: too few ${of} have it. ` +
      'Take fewer --folds, a smaller --test-fraction, or leave out --early-stopping',
  );
}
