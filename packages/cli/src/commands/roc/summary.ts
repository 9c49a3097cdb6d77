import { formatP } from '@steatosis/stats';
import { fixed, intervalText } from '../../report/format.js';
import type { Comparison, RocResults } from './analyse.js';

/** A table of texts: heads and rows. */
export interface TextTable {
  heads: string[];
  rows: string[][];
}

/** AUC of each score. */
export function areaTable({ scores, level }: RocResults): TextTable {
  const withPartial = scores.some(({ partial }) => partial !== undefined);
  const withClusters = scores.some(({ clusters }) => clusters !== undefined);
  return {
    heads: [
      'score',
      'AUC',
      `${percentOf(level)} interval`,
      ...(withPartial ? [`partial AUC to 1 − specificity ${scores[0]!.partial!.maxFpr}`] : []),
      'n+',
      'n−',
      ...(withClusters ? ['clusters'] : []),
    ],
    rows: scores.map((score) => [
      score.name,
      fixed(score.auc, 3),
      intervalText(score.interval, 3),
      ...(score.partial === undefined
        ? []
        : [
            `${fixed(score.partial.area, 3)} (standardised ${fixed(score.partial.standardised, 3)})`,
          ]),
      String(score.positives),
      String(score.negatives),
      ...(withClusters ? [String(score.clusters ?? '')] : []),
    ]),
  };
}

/** The threshold with the greatest Youden index of each score. */
export function thresholdTable({ scores }: RocResults): TextTable | undefined {
  const rows = scores.flatMap(({ name, youden }) => {
    if (youden === undefined || youden.reason !== undefined) return [];
    const { sensitivity, sensitivityInterval, specificity, specificityInterval } = youden;
    return [
      [
        name,
        thresholdText(youden.threshold),
        `${fixed(sensitivity, 3)} (${intervalText(sensitivityInterval, 3)})`,
        `${fixed(specificity, 3)} (${intervalText(specificityInterval, 3)})`,
      ],
    ];
  });
  return rows.length === 0
    ? undefined
    : { heads: ['score', 'threshold', 'sensitivity', 'specificity'], rows };
}

/** Paired comparisons of the scores. */
export function comparisonTable({ comparisons, level }: RocResults): TextTable | undefined {
  if (comparisons.length === 0) return undefined;
  const p = (value: number): string => formatP(value, { undefinedText: '–' });
  return {
    heads: ['scores', 'difference', `${percentOf(level)} interval`, 'z', 'P', 'P (Holm)'],
    rows: comparisons.map((pair: Comparison) => [
      pair.scores.join(' − '),
      fixed(pair.difference, 3),
      intervalText(pair.interval, 3),
      fixed(pair.statistic, 2),
      p(pair.p),
      p(pair.adjustedP),
    ]),
  };
}

/** What the rows are. */
export function headLine({ label, positive, negative, rows, scores, cluster }: RocResults): string {
  const { positives = 0, negatives = 0, clusters } = scores[0] ?? {};
  const of = clusters === undefined ? '' : ` of ${clusters} clusters (${cluster})`;
  return `${label}: ${positive} (positive, ${positives}) against ${negative} (${negatives}); ${rows} rows${of}`;
}

/** How the numbers were made. */
export function methodLines({ scores, comparisons, cluster }: RocResults): string[] {
  const [first] = scores;
  const methods = [...new Set(comparisons.map(({ method }) => method))];
  const independent = cluster === null ? '' : '; these take rows as independent';
  return [
    ...(first === undefined ? [] : [`AUC: ${first.method}.`]),
    ...(scores.some(({ youden }) => youden !== undefined)
      ? [
          `Threshold: greatest Youden index, chosen and judged on the same rows, which flatters it. Its intervals are Wilson’s${independent}.`,
        ]
      : []),
    ...methods.map((method) => `Comparison: ${method}; P adjusted by Holm.`),
  ];
}

/** The result for a terminal. */
export function summaryLines(results: RocResults): string[] {
  const tables = [areaTable(results), thresholdTable(results), comparisonTable(results)];
  return [
    headLine(results),
    ...tables.flatMap((table) => (table === undefined ? [] : ['', ...aligned(table)])),
    '',
    ...methodLines(results),
  ];
}

function thresholdText(threshold: number): string {
  // The highest of equally good thresholds may be above all scores.
  if (threshold === Infinity) return 'above all scores';
  return `≥ ${Number(threshold.toPrecision(6))}`;
}

function percentOf(level: number): string {
  return `${Number((100 * level).toPrecision(12))} %`;
}

function aligned({ heads, rows }: TextTable): string[] {
  const lines = [heads, ...rows];
  const widths = heads.map((_, i) => Math.max(...lines.map((cells) => widthOf(cells[i]!))));
  return lines.map((cells) =>
    cells
      .map((cell, i) => cell + ' '.repeat(widths[i]! - widthOf(cell)))
      .join('   ')
      .trimEnd(),
  );
}

/** Columns of a terminal that a text takes: code points without marks. */
function widthOf(text: string): number {
  return Array.from(text.normalize('NFC').replaceAll(/\p{Mark}/gu, '')).length;
}
