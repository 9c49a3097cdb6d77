import type { BinaryResult, HeldOutResult } from '../../models/evaluation.js';
import type { ClassesResult } from '../../models/evaluate-classes.js';
import type { ValuesResult } from '../../models/evaluate-values.js';
import {
  aucText,
  fixed,
  intervalText,
  percent,
  percentInterval,
  proportionCell,
  stacked,
} from '../../report/format.js';
import { type Html, html, table } from '../../report/html.js';

/** What held-out rows say, by row and by group, in a table. */
export function resultTable(result: HeldOutResult, group: string): Html {
  const units: [string, HeldOutResult['rows']][] = [
    [`by row (n = ${result.rows.n})`, result.rows],
    ...(result.groups === undefined
      ? []
      : [[`by ${group} (n = ${result.groups.n})`, result.groups] as [string, typeof result.rows]]),
  ];
  const lines = units.map(([, unit]) => linesOf(unit));
  const main = table(
    'Held out: value (95 % interval)',
    [{ head: '' }, ...units.map(([name]) => ({ head: name, numeric: true }))],
    lines[0]!.map(([name], i) => ({ cells: [name, ...lines.map((line) => line[i]![1])] })),
  );
  return result.kind === 'classes' ? html`${main} ${classTable(result.rows)}` : main;
}

/** A name and its value. */
type Line = [name: string, value: string | Html];

function linesOf(result: HeldOutResult['rows']): Line[] {
  if ('rootMeanSquaredError' in result) return valueLines(result);
  return 'confusion' in result ? classLines(result) : binaryLines(result);
}

function binaryLines(result: BinaryResult): Line[] {
  const { tp, fp, fn, tn } = result.counts;
  return [
    ['AUC', aucCell(result)],
    ['Accuracy', accuracyCell(result)],
    ['Sensitivity', proportionCell(result.sensitivity)],
    ['Specificity', proportionCell(result.specificity)],
    ['Positive predictive value', proportionCell(result.positivePredictiveValue)],
    ['Negative predictive value', proportionCell(result.negativePredictiveValue)],
    ['Balanced accuracy', percent(result.balancedAccuracy)],
    ['Log loss', fixed(result.logLoss, 3)],
    ['Brier score', fixed(result.brier, 3)],
    ['TP, FP, FN, TN', [tp, fp, fn, tn].join(', ')],
    ['Most frequent class, accuracy', percent(Math.max(tp + fn, fp + tn) / result.n)],
  ];
}

function classLines(result: ClassesResult): Line[] {
  const most = Math.max(...result.classes.map(({ n }) => n));
  return [
    ['Accuracy', accuracyCell(result)],
    ['Balanced accuracy', percent(result.balancedAccuracy)],
    ['Mean AUC, class against rest', fixed(result.macroAuc)],
    ['Log loss', fixed(result.logLoss, 3)],
    ['Most frequent class, accuracy', percent(most / result.n)],
  ];
}

function classTable({ classes }: ClassesResult): Html {
  return table(
    'Class against all others, by row',
    [
      { head: 'Class' },
      { head: 'n', numeric: true },
      { head: 'Sensitivity', numeric: true },
      { head: 'AUC', numeric: true },
    ],
    classes.map((result) => ({
      cells: [result.name, result.n, percent(result.sensitivity), aucText(result)],
    })),
  );
}

function valueLines(result: ValuesResult): Line[] {
  return [
    ['Root mean squared error', result.rootMeanSquaredError.toPrecision(4)],
    ['Mean absolute error', result.meanAbsoluteError.toPrecision(4)],
    ['Mean of predicted − observed', result.bias.toPrecision(3)],
    ['R²', fixed(result.r2)],
    ['Pearson’s r', stacked(fixed(result.pearson), intervalText(result.pearsonInterval))],
  ];
}

function aucCell({ auc, aucInterval }: Pick<BinaryResult, 'auc' | 'aucInterval'>): string | Html {
  return auc === null ? '–' : stacked(fixed(auc), intervalText(aucInterval));
}

function accuracyCell({
  accuracy,
  accuracyInterval,
}: Pick<BinaryResult, 'accuracy' | 'accuracyInterval'>): Html {
  return stacked(percent(accuracy), percentInterval(accuracyInterval));
}
