import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedOptions, type Numbers } from '../checks.js';
import { type ClassLabel, codedLabels } from '../classification/classes.js';
import type { NanPolicy, Reason } from '../reason.js';
import { RunningSum } from './placements.js';
import { separation } from './separation.js';

/** Options of {@link multiclassAuc}. */
export interface MulticlassAucOptions {
  /**
   * `'ovr'` (default): every class against the rest. `'ovo'`: every class against every other (Hand and Till 2001), which
   * does not depend on how frequent the classes are.
   */
  scheme?: 'ovr' | 'ovo';
  /**
   * `'macro'` (default): plain mean. `'weighted'`: by the number of observations of the class (of both classes of a pair).
   * `'micro'`, for `'ovr'` only: one AUC of all probabilities of all classes together. `'none'`: no average, `auc` is
   * NaN with the reason `no-average`.
   */
  average?: 'macro' | 'weighted' | 'micro' | 'none';
  /** The class of each column of probabilities. Default: the classes that occur in `labels`, in their order. */
  classes?: readonly ClassLabel[];
  /** What to do with NaN labels and probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** How well one class is told from the rest. */
export interface ClassAuc {
  class: ClassLabel;
  auc: number;
  /** Observations of the class. */
  n: number;
}

/** How well two classes are told from each other. */
export interface ClassPairAuc {
  first: ClassLabel;
  second: ClassLabel;
  /** Mean of the AUC by the first class's probability and of that by the second's. */
  auc: number;
  /** Observations of both classes. */
  n: number;
}

/** AUCs of a classifier of several classes. */
export interface MulticlassAuc {
  /** The average asked for; NaN when any part of it is. */
  auc: number;
  /** One against the rest, in the order of classes; empty for `'ovo'`. */
  perClass: ClassAuc[];
  /** One against another; empty for `'ovr'`. */
  perPair: ClassPairAuc[];
  n: number;
  method: string;
  /** Why `auc` is NaN; absent when it is not. */
  reason?: Reason;
}

/**
 * The AUC of a classifier of several classes, averaged over classes or over pairs of classes.
 *
 * Sources: Provost and Domingos (2000) for one against the rest; Hand and Till (2001) Mach Learn 45:171 for pairs.
 *
 * @param labels the class of each observation: whole numbers or words
 * @param probabilities a row for each observation with one number, 0 … 1, for each class; rows need not add up to 1
 * @returns NaN with the reason `single-class` where a given class does not occur, with the AUCs of the others beside
 * @throws InvalidArgumentError for arrays of different length, probabilities outside 0 … 1, as many columns as there are no
 * classes, or impossible options
 * @example
 * ```ts
 * import { multiclassAuc } from '@steatosis/stats';
 *
 * const grades = ['mild', 'none', 'severe', 'none', 'mild', 'severe'];
 * const probabilities = [
 *   [0.6, 0.3, 0.1],
 *   [0.2, 0.7, 0.1],
 *   [0.3, 0.1, 0.6],
 *   [0.5, 0.4, 0.1],
 *   [0.4, 0.5, 0.1],
 *   [0.2, 0.2, 0.6],
 * ];
 * const found = multiclassAuc(grades, probabilities, { classes: ['mild', 'none', 'severe'] });
 * console.log(found.auc.toFixed(3)); // 0.917
 * console.log(found.perClass.map(({ auc }) => auc)); // [ 0.875, 0.875, 1 ]
 * ```
 */
export function multiclassAuc(
  labels: ArrayLike<ClassLabel>,
  probabilities: readonly Numbers[],
  options: MulticlassAucOptions = {},
): MulticlassAuc {
  checkedOptions(options, ['scheme', 'average', 'classes', 'nanPolicy']);
  const scheme = checkedChoice('scheme', options.scheme ?? 'ovr', ['ovr', 'ovo']);
  const average = checkedChoice('average', options.average ?? 'macro', [
    'macro',
    'weighted',
    'micro',
    'none',
  ]);
  if (scheme === 'ovo' && average === 'micro') {
    throw new InvalidArgumentError('average', average, "'macro', 'weighted' or 'none' for pairs");
  }
  const sample = checkedSample(labels, probabilities, options);
  const perClass = scheme === 'ovr' ? classAucs(sample) : [];
  const perPair = scheme === 'ovo' ? pairAucs(sample) : [];
  const parts = scheme === 'ovr' ? perClass : perPair;
  const area = average === 'micro' ? microAuc(sample) : averageOf(parts, average);
  const reason =
    sample.reason ??
    (average === 'none' ? 'no-average' : Number.isNaN(area) ? 'single-class' : undefined);
  return {
    auc: area,
    perClass,
    perPair,
    n: sample.codes.length,
    method: methodInWords(scheme, average),
    ...(reason === undefined ? {} : { reason }),
  };
}

interface Sample {
  classes: readonly ClassLabel[];
  /** Positions in `classes`. */
  codes: Int32Array;
  /** The probabilities of each class. */
  columns: Float64Array[];
  reason?: Reason;
}

function checkedSample(
  labels: ArrayLike<ClassLabel>,
  probabilities: readonly Numbers[],
  { classes: given, nanPolicy = 'propagate' }: MulticlassAucOptions,
): Sample {
  checkedChoice('nanPolicy', nanPolicy, ['propagate', 'omit', 'raise']);
  const coded = codedLabels({ labels }, given);
  const codes = coded.codes[0];
  const { classes } = coded;
  if (!Array.isArray(probabilities) || probabilities.length !== codes.length) {
    throw new InvalidArgumentError(
      'probabilities',
      probabilities,
      `an array of ${codes.length} rows, one for each label`,
    );
  }
  const missing = rowsWithNan(codes, probabilities, classes.length);
  if (missing.size > 0 && nanPolicy === 'raise') {
    const [first] = missing;
    throw new InvalidArgumentError(`probabilities[${first}]`, Number.NaN, 'no missing value');
  }
  if (missing.size > 0 && nanPolicy === 'propagate') {
    return { classes, codes, columns: classes.map(nothing), reason: 'nan-input' };
  }
  const kept = Uint32Array.from(codes.keys()).filter((i) => !missing.has(i));
  const sample = {
    classes,
    codes: Int32Array.from(kept, (i) => codes[i]),
    columns: classes.map((_, k) => Float64Array.from(kept, (i) => probabilities[i][k])),
  };
  return kept.length === 0 ? { ...sample, reason: 'too-few-observations' } : sample;
}

function nothing(): Float64Array {
  return new Float64Array(0);
}

function rowsWithNan(codes: Int32Array, rows: readonly Numbers[], width: number): Set<number> {
  const missing = new Set<number>();
  for (const [i, row] of rows.entries()) {
    const name = `probabilities[${i}]`;
    if (typeof row !== 'object' || row === null || row.length !== width) {
      throw new InvalidArgumentError(
        name,
        row,
        `${width} numbers, one for each class; name the classes where one does not occur in labels`,
      );
    }
    if (codes[i] < 0) missing.add(i);
    for (let k = 0; k < width; k++) {
      const value: unknown = row[k];
      if (Number.isNaN(value)) missing.add(i);
      else if (!(typeof value === 'number' && value >= 0 && value <= 1)) {
        throw new InvalidArgumentError(`${name}[${k}]`, value, 'a probability, 0 … 1');
      }
    }
  }
  return missing;
}

function classAucs({ classes, codes, columns, reason }: Sample): ClassAuc[] {
  return classes.map((label, k) => {
    const members = Uint8Array.from(codes, (code) => (code === k ? 1 : 0));
    const { auc, positives } = areaOf(members, columns[k]);
    return { class: label, auc: reason === undefined ? auc : Number.NaN, n: positives };
  });
}

function pairAucs({ classes, codes, columns, reason }: Sample): ClassPairAuc[] {
  const pairs: ClassPairAuc[] = [];
  for (let a = 0; a < classes.length; a++) {
    for (let b = a + 1; b < classes.length; b++) {
      const both = Uint32Array.from(codes.keys()).filter((i) => codes[i] === a || codes[i] === b);
      const by = (k: number) =>
        areaOf(
          Uint8Array.from(both, (i) => (codes[i] === k ? 1 : 0)),
          Float64Array.from(both, (i) => columns[k][i]),
        ).auc;
      pairs.push({
        first: classes[a],
        second: classes[b],
        auc: reason === undefined ? (by(a) + by(b)) / 2 : Number.NaN,
        n: both.length,
      });
    }
  }
  return pairs;
}

function microAuc({ classes, codes, columns, reason }: Sample): number {
  if (reason !== undefined) return Number.NaN;
  const n = codes.length;
  const members = new Uint8Array(n * classes.length);
  const scores = new Float64Array(n * classes.length);
  columns.forEach((column, k) => {
    scores.set(column, k * n);
    codes.forEach((code, i) => {
      if (code === k) members[k * n + i] = 1;
    });
  });
  return areaOf(members, scores).auc;
}

/** NaN where a class is empty. */
function areaOf(members: Uint8Array, scores: Float64Array): { auc: number; positives: number } {
  let positives = 0;
  for (const member of members) positives += member;
  const known = positives > 0 && positives < members.length && scores.length === members.length;
  return { auc: known ? separation(members, scores, positives).auc : Number.NaN, positives };
}

function averageOf(parts: readonly { auc: number; n: number }[], average: string): number {
  if (average === 'none') return Number.NaN;
  const sum = new RunningSum();
  let weights = 0;
  for (const { auc, n } of parts) {
    const weight = average === 'weighted' ? n : 1;
    sum.add(weight * auc);
    weights += weight;
  }
  return sum.total() / weights;
}

function methodInWords(scheme: 'ovr' | 'ovo', average: string): string {
  const parts =
    scheme === 'ovr'
      ? 'AUC of every class against the rest'
      : 'AUC of every pair of classes (Hand and Till 2001)';
  switch (average) {
    case 'macro':
      return `${parts}, plain mean`;
    case 'weighted':
      return `${parts}, mean weighted by observations`;
    case 'micro':
      return 'AUC of the probabilities of all classes together';
    default:
      return parts;
  }
}
