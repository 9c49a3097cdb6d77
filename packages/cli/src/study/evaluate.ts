import { auc, proportionInterval, rocCurve } from '@steatosis/stats';
import type { Counts, PartResult, Proportion } from './results.js';

/** Scores of the judged rows of one part, with their labels and patients. */
export interface Judged {
  labels: Uint8Array;
  scores: Float64Array;
  patients: Int32Array;
}

/** Points of an ROC curve, from (0, 0) to (1, 1). */
export interface RocPoints {
  falsePositiveRate: number[];
  truePositiveRate: number[];
}

/** Judge rows one by one: intervals of the AUC take the patients as clusters. */
export function evaluateByRoi(judged: Judged, threshold: number): PartResult {
  return evaluate(judged, threshold, 'roi');
}

/** Judge patients by the mean score of their rows. */
export function evaluateByPatient(judged: Judged, threshold: number): PartResult {
  return evaluate(byPatient(judged), threshold, 'patient');
}

/**
 * One row for each patient, with the mean of the patient's scores, in order of first appearance. The mean
 * is taken about the first score, so that equal scores have exactly that mean and stay tied.
 */
export function byPatient({ labels, scores, patients }: Judged): Judged {
  const found = new Map<number, { label: number; first: number; sum: number; count: number }>();
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const entry = found.get(patients[i]!) ?? { label: labels[i]!, first: score, sum: 0, count: 0 };
    entry.sum += score - entry.first;
    entry.count++;
    found.set(patients[i]!, entry);
  }
  const entries = [...found.values()];
  return {
    labels: Uint8Array.from(entries, (entry) => entry.label),
    scores: Float64Array.from(entries, (entry) => entry.first + entry.sum / entry.count),
    patients: Int32Array.from(found.keys()),
  };
}

/** The ROC curve of a part, or undefined where it holds one class only. */
export function rocPoints(judged: Judged): RocPoints | undefined {
  if (!bothClasses(judged.labels)) return undefined;
  const curve = rocCurve(judged.labels, judged.scores);
  return {
    falsePositiveRate: Array.from(curve.falsePositiveRate),
    truePositiveRate: Array.from(curve.truePositiveRate),
  };
}

function evaluate(judged: Judged, threshold: number, unit: 'roi' | 'patient'): PartResult {
  const counts = countAt(judged, threshold);
  const { tp, fp, fn, tn } = counts;
  const n = tp + fp + fn + tn;
  const accuracy = proportion(tp + tn, n);
  const sensitivity = proportion(tp, tp + fn);
  const specificity = proportion(tn, tn + fp);
  return {
    ...areaUnderCurve(judged, unit),
    accuracy: accuracy.value ?? Number.NaN,
    accuracyInterval: accuracy.interval ?? [Number.NaN, Number.NaN],
    counts,
    unit,
    n,
    sensitivity,
    specificity,
    positivePredictiveValue: proportion(tp, tp + fp),
    negativePredictiveValue: proportion(tn, tn + fn),
    balancedAccuracy:
      sensitivity.value === null || specificity.value === null
        ? null
        : (sensitivity.value + specificity.value) / 2,
  };
}

function areaUnderCurve(
  judged: Judged,
  unit: 'roi' | 'patient',
): Pick<PartResult, 'auc' | 'aucInterval' | 'aucMethod'> {
  if (!bothClasses(judged.labels)) {
    return { auc: null, aucInterval: null, aucMethod: 'none: the part holds one class only' };
  }
  const result = auc(judged.labels, judged.scores, {
    interval: 'delong',
    ...(unit === 'roi' ? { clusters: judged.patients } : {}),
  });
  const finite = result.interval.every((bound) => Number.isFinite(bound));
  return {
    auc: result.auc,
    aucInterval: finite ? [result.interval[0], result.interval[1]] : null,
    aucMethod: describeMethod(result.method, finite, result.reason),
  };
}

function describeMethod(method: string, finite: boolean, reason: string | undefined): string {
  if (!finite) return `no interval: ${reason ?? 'its variance is undefined'}`;
  return reason === undefined ? method : `${method}; ${reason}: the interval says nothing`;
}

/** Rows above the threshold are called positive, as `argmax` does with two probabilities. */
function countAt({ labels, scores }: Judged, threshold: number): Counts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let i = 0; i < labels.length; i++) {
    const positive = scores[i]! > threshold;
    if (labels[i] === 1) counts[positive ? 'tp' : 'fn']++;
    else counts[positive ? 'fp' : 'tn']++;
  }
  return counts;
}

function proportion(successes: number, n: number): Proportion {
  if (n === 0) return { value: null, interval: null };
  const { interval } = proportionInterval(successes, n, { method: 'wilson', level: 0.95 });
  return { value: successes / n, interval: [interval[0], interval[1]] };
}

function bothClasses(labels: Uint8Array): boolean {
  return labels.includes(0) && labels.includes(1);
}
