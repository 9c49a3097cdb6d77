import {
  adjustPValues,
  type AucResult,
  delongTest,
  partialAuc,
  type Reason,
  type RocPlotData,
  rocPlotData,
  type YoudenThreshold,
} from '@steatosis/stats';
import type { RocOptions } from './options.js';
import type { ScoredRows } from './scored-rows.js';

/** What was found about one score. */
interface ScoreResult extends AucResult {
  name: string;
  /** The area up to the greatest false positive rate, where one was given. */
  partial?: { maxFpr: number; area: number; standardised: number };
  /** Undefined with weights, which proportions of counts do not know. */
  youden?: YoudenThreshold;
}

/** Two scores of the same rows. */
export interface Comparison {
  scores: [first: string, second: string];
  /** AUC of the first − AUC of the second. */
  difference: number;
  interval: [number, number];
  statistic: number;
  p: number;
  logP: number;
  /** By Holm over all pairs. */
  adjustedP: number;
  method: string;
  reason?: Reason;
}

/** Everything that the command prints. */
export interface RocResults {
  label: string;
  positive: string;
  negative: string;
  rows: number;
  leftOut: number;
  cluster: string | null;
  level: number;
  scores: ScoreResult[];
  comparisons: Comparison[];
}

/** The numbers, and the curve of each score for the picture. */
export interface RocAnalysis {
  results: RocResults;
  curves: RocPlotData[];
}

export function analyse(rows: ScoredRows, options: RocOptions): RocAnalysis {
  const { labels, scores, positive, negative, leftOut } = rows;
  const curves = scores.map(({ values }) => curveOf(values, rows, options));
  return {
    curves,
    results: {
      label: options.label,
      positive,
      negative,
      rows: labels.length,
      leftOut,
      cluster: options.cluster ?? null,
      level: options.level,
      scores: curves.map(({ area, operatingPoint }, i) => ({
        name: scores[i]!.name,
        ...area,
        ...partOf(scores[i]!.values, rows, options.maxFpr),
        ...(operatingPoint === undefined ? {} : { youden: operatingPoint }),
      })),
      comparisons: options.compare ? comparisonsOf(rows, options) : [],
    },
  };
}

function curveOf(
  values: Float64Array,
  { labels, clusters, weights }: ScoredRows,
  { interval, level, seed, replicates }: RocOptions,
): RocPlotData {
  return rocPlotData(labels, values, {
    interval,
    level,
    ...(clusters === undefined ? {} : { clusters }),
    ...(weights === undefined ? {} : { weights }),
    ...(interval === 'bootstrap' ? { seed, replicates } : {}),
  });
}

function partOf(
  values: Float64Array,
  { labels, weights }: ScoredRows,
  maxFpr: number | undefined,
): Pick<ScoreResult, 'partial'> {
  if (maxFpr === undefined) return {};
  const part = partialAuc(labels, values, {
    maxFpr,
    ...(weights === undefined ? {} : { weights }),
  });
  return { partial: { maxFpr, area: part.partialAuc, standardised: part.standardised } };
}

function comparisonsOf(
  { labels, scores, clusters }: ScoredRows,
  { level }: RocOptions,
): Comparison[] {
  const pairs = scores.flatMap((first, i) =>
    scores.slice(i + 1).map((second) => ({
      scores: [first.name, second.name] as [string, string],
      found: delongTest(labels, first.values, second.values, {
        level,
        ...(clusters === undefined ? {} : { clusters }),
      }),
    })),
  );
  const adjusted = adjustPValues(
    pairs.map(({ found }) => found.p),
    'holm',
  );
  return pairs.map(({ scores: names, found }, i) => ({
    scores: names,
    difference: found.difference,
    interval: found.interval,
    statistic: found.statistic,
    p: found.p,
    logP: found.logP,
    adjustedP: adjusted[i]!,
    method: found.method,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
  }));
}
