import { evaluateByPatient, evaluateByRoi } from '../study/evaluate.js';
import type { BinaryResult, HeldOut } from './evaluation.js';

/** Predictions above it are called positive, as the more probable of two classes is. */
const THRESHOLD = 0.5;

/** AUC, accuracy and their kin of two classes; groups are taken as clusters of the AUC's variance. */
export function evaluateBinary(heldOut: HeldOut): BinaryResult {
  const judged = judgedOf(heldOut);
  const clustered = heldOut.groups !== undefined && hasRepeats(heldOut.groups);
  const { unit: _unit, ...result } = clustered
    ? evaluateByRoi(judged, THRESHOLD)
    : evaluateByPatient(judged, THRESHOLD);
  return { ...result, logLoss: logLoss(heldOut, 2), brier: brier(judged) };
}

/** Labels, probabilities of the positive class and numbers of the groups. */
export function judgedOf({ y, predictions, groups }: HeldOut) {
  const numbers = new Map<string, number>();
  return {
    labels: Uint8Array.from(y),
    scores: Float64Array.from(y, (_, row) => predictions[2 * row + 1]!),
    patients: Int32Array.from(y, (_, row) => {
      if (groups === undefined) return row;
      const known = numbers.get(groups[row]!) ?? numbers.size;
      numbers.set(groups[row]!, known);
      return known;
    }),
  };
}

/** Mean negative log probability of the true class; probabilities of 0 count as the least double above it. */
export function logLoss({ y, predictions }: HeldOut, classes: number): number {
  let sum = 0;
  y.forEach((code, row) => {
    sum -= Math.log(Math.max(predictions[row * classes + code]!, Number.EPSILON));
  });
  return sum / y.length;
}

function brier({ labels, scores }: ReturnType<typeof judgedOf>): number {
  return scores.reduce((sum, p, row) => sum + (p - labels[row]!) ** 2, 0) / scores.length;
}

function hasRepeats(groups: readonly string[]): boolean {
  return new Set(groups).size < groups.length;
}
