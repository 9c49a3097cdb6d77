import { auc, proportionInterval } from '@steatosis/stats';
import { logLoss } from './evaluate-binary.js';
import type { HeldOut } from './evaluation.js';

/** What several classes come to. */
export interface ClassesResult {
  n: number;
  accuracy: number;
  /** 95 %, Wilson. */
  accuracyInterval: [number, number];
  /** Mean of the classes' sensitivities, over the classes that occur. */
  balancedAccuracy: number;
  /** Mean of the classes' AUC against all others, over the classes for which it is defined. */
  macroAuc: number | null;
  /** Mean negative log probability of the true class. */
  logLoss: number;
  classes: ClassResult[];
  /** Rows of the true class i that were called class j. */
  confusion: number[][];
}

/** One class against all others. */
interface ClassResult {
  name: string;
  /** Rows of the class. */
  n: number;
  sensitivity: number | null;
  auc: number | null;
  aucInterval: [number, number] | null;
}

/** Judge the probabilities of three classes and more. */
export function evaluateClasses(heldOut: HeldOut, names: readonly string[]): ClassesResult {
  const { y, predictions } = heldOut;
  const n = y.length;
  const confusion = names.map(() => names.map(() => 0));
  y.forEach((code, row) => {
    confusion[code]![mostProbable(predictions, row, names.length)]!++;
  });
  const right = confusion.reduce((sum, counts, k) => sum + counts[k]!, 0);
  const classes = names.map((name, k): ClassResult => {
    const members = confusion[k]!.reduce((sum, count) => sum + count, 0);
    return {
      name,
      n: members,
      sensitivity: members === 0 ? null : confusion[k]![k]! / members,
      ...oneAgainstAll(heldOut, k, names.length),
    };
  });
  const [low, high] = proportionInterval(right, n, { method: 'wilson', level: 0.95 }).interval;
  return {
    n,
    accuracy: right / n,
    accuracyInterval: [low, high],
    balancedAccuracy: meanOf(classes.map(({ sensitivity }) => sensitivity)) ?? Number.NaN,
    macroAuc: meanOf(classes.map((result) => result.auc)),
    logLoss: logLoss(heldOut, names.length),
    classes,
    confusion,
  };
}

/** The class with the greatest probability, the first of equal ones. */
export function mostProbable(probabilities: Float64Array, row: number, classes: number): number {
  let best = 0;
  for (let k = 1; k < classes; k++) {
    if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k;
  }
  return best;
}

function oneAgainstAll(
  { y, predictions, groups }: HeldOut,
  k: number,
  classes: number,
): Pick<ClassResult, 'auc' | 'aucInterval'> {
  const labels = Uint8Array.from(y, (code) => (code === k ? 1 : 0));
  if (!labels.includes(0) || !labels.includes(1)) return { auc: null, aucInterval: null };
  const scores = Float64Array.from(y, (_, row) => predictions[row * classes + k]!);
  const clusters = groups === undefined ? {} : { clusters: groups };
  const result = auc(labels, scores, { interval: 'delong', ...clusters });
  const [low, high] = result.interval;
  return {
    auc: result.auc,
    aucInterval: Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null,
  };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
