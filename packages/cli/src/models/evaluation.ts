import type { Fold } from '@steatosis/ensembles';
import type { PartResult } from '../study/results.js';
import { evaluateBinary } from './evaluate-binary.js';
import { type ClassesResult, evaluateClasses } from './evaluate-classes.js';
import { evaluateValues, type ValuesResult } from './evaluate-values.js';
import type { Outcome } from './outcome.js';

/** What held-out rows say of a model, by row and, where a group has one outcome, by group. */
export type HeldOutResult =
  | { kind: 'binary'; rows: BinaryResult; groups?: BinaryResult; folds: FoldSummary[] }
  | { kind: 'classes'; rows: ClassesResult; groups?: ClassesResult; folds: FoldSummary[] }
  | { kind: 'values'; rows: ValuesResult; groups?: ValuesResult; folds: FoldSummary[] };

export type BinaryResult = Omit<PartResult, 'unit'> & {
  /** Mean negative log probability of the true class. */
  logLoss: number;
  /** Mean squared difference of probability and outcome. */
  brier: number;
};

/** One split: its size and its result alone. */
export interface FoldSummary {
  trainRows: number;
  testRows: number;
  testGroups?: number;
  /** AUC of two classes, accuracy of several, R² of values; null where the rows do not define it. */
  score: number | null;
}

/** Rows, their outcomes and what was predicted of them while they were held out. */
export interface HeldOut {
  y: Float64Array;
  /** The probability of each class, row by row, or the value. */
  predictions: Float64Array;
  groups: readonly string[] | undefined;
}

/**
 * Judge predictions of rows that the model had not seen.
 *
 * @param folds of rows by their position in `outcome.y`
 * @param predictions of each fold's test rows
 */
export function evaluateHeldOut(
  outcome: Outcome,
  groups: readonly string[] | undefined,
  folds: readonly Fold[],
  predictions: readonly Float64Array[],
): HeldOutResult {
  const outputs = outcome.task === 'regression' ? 1 : outcome.classes.length;
  const parts = folds.map(({ test }, i): HeldOut => ({
    y: Float64Array.from(test, (row) => outcome.y[row]!),
    predictions: predictions[i]!,
    groups: groups && Array.from(test, (row) => groups[row]!),
  }));
  const all: HeldOut = {
    y: joined(parts.map(({ y }) => y)),
    predictions: joined(parts.map((part) => part.predictions)),
    groups: groups && parts.flatMap((part) => part.groups!),
  };
  const byGroup = groupMeans(all, outputs);
  const summaries = (score: (part: HeldOut) => number | null): FoldSummary[] =>
    folds.map(({ train, test }, i) => ({
      trainRows: train.length,
      testRows: test.length,
      ...(groups === undefined ? {} : { testGroups: new Set(parts[i]!.groups).size }),
      score: score(parts[i]!),
    }));
  if (outcome.task === 'regression') {
    return {
      kind: 'values',
      rows: evaluateValues(all),
      ...(byGroup && { groups: evaluateValues(byGroup) }),
      folds: summaries((part) => evaluateValues(part).r2),
    };
  }
  if (outputs === 2) {
    return {
      kind: 'binary',
      rows: evaluateBinary(all),
      ...(byGroup && { groups: evaluateBinary(byGroup) }),
      folds: summaries((part) => evaluateBinary(part).auc),
    };
  }
  const { classes } = outcome;
  return {
    kind: 'classes',
    rows: evaluateClasses(all, classes),
    ...(byGroup && { groups: evaluateClasses(byGroup, classes) }),
    folds: summaries((part) => evaluateClasses(part, classes).accuracy),
  };
}

/** One row for each group with its mean prediction; undefined where groups are rows, or differ within. */
export function groupMeans(
  { y, predictions, groups }: HeldOut,
  outputs: number,
): HeldOut | undefined {
  if (groups === undefined) return undefined;
  const rowsOf = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const rows = rowsOf.get(group);
    if (rows === undefined) rowsOf.set(group, [row]);
    else rows.push(row);
  });
  if (rowsOf.size === y.length) return undefined;
  const members = [...rowsOf.values()];
  if (members.some((rows) => rows.some((row) => y[row] !== y[rows[0]!]))) return undefined;
  const mean = (rows: readonly number[], output: number): number => {
    // About the first one, so that equal predictions have exactly that mean and stay tied.
    const first = predictions[rows[0]! * outputs + output]!;
    const sum = rows.reduce((s, row) => s + (predictions[row * outputs + output]! - first), 0);
    return first + sum / rows.length;
  };
  return {
    y: Float64Array.from(members, (rows) => y[rows[0]!]!),
    predictions: Float64Array.from(
      members.flatMap((rows) => Array.from({ length: outputs }, (_, k) => mean(rows, k))),
    ),
    groups: [...rowsOf.keys()],
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
