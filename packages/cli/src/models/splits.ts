import {
  type Fold,
  GroupKFold,
  StratifiedGroupKFold,
  StratifiedKFold,
  trainTestSplit,
} from '@steatosis/ensembles';
import { UsageError } from '../terminal/usage-error.js';
import type { Task } from './outcome.js';

/** How the rows that judge a model are chosen. */
export type Evaluation =
  | { kind: 'folds'; folds: number }
  | { kind: 'test-fraction'; testFraction: number }
  | { kind: 'none' };

/** What decides a split. */
export interface SplitInput {
  task: Task;
  y: Float64Array;
  /** Whose each row is; without it each row stands for itself. */
  groups: readonly string[] | undefined;
  seed: number;
  onWarning: (message: string) => void;
}

/** The splits in which a model is trained and judged; none where nothing is to be held out. */
export function evaluationSplits(evaluation: Evaluation, input: SplitInput): Fold[] {
  if (evaluation.kind === 'none') return [];
  if (evaluation.kind === 'test-fraction') {
    return [heldOut(evaluation.testFraction, input, everyRow(input.y.length))];
  }
  const { folds } = evaluation;
  const { task, y, groups, seed, onWarning } = input;
  const units = groups === undefined ? y.length : new Set(groups).size;
  if (units < folds) {
    const what = groups === undefined ? 'rows' : 'groups';
    throw new UsageError(
      `${folds} folds need ${folds} ${what} or more, and there ${units === 1 ? 'is' : 'are'} ${units}; ` +
        'take fewer by --folds, or 0 to hold nothing out',
      'train',
    );
  }
  const options = {
    splits: folds,
    shuffle: true,
    seed,
    onWarning: ({ message }: { message: string }) => onWarning(message),
  };
  const x = { data: new Float64Array(y.length), rows: y.length, columns: 1 };
  if (task === 'classification') {
    return groups === undefined
      ? new StratifiedKFold(options).split(x, y)
      : new StratifiedGroupKFold(options).split(x, y, groups);
  }
  // Where there are no groups each row is one, so that the folds are of rows.
  return new GroupKFold(options).split(x, undefined, groups ?? everyRow(y.length));
}

/** Part of the rows for early stopping: whole groups too, so that what stops the training is new to it. */
export function heldOut(fraction: number, input: SplitInput, rows: Int32Array): Fold {
  const { task, y, groups, seed } = input;
  const { train, test } = trainTestSplit(rows.length, {
    testFraction: fraction,
    seed,
    ...(task === 'classification' ? { stratify: Float64Array.from(rows, (row) => y[row]!) } : {}),
    ...(groups === undefined ? {} : { groups: Array.from(rows, (row) => groups[row]!) }),
  });
  return { train: train.map((r) => rows[r]!), test: test.map((r) => rows[r]!) };
}

export function everyRow(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}
